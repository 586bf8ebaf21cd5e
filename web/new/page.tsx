import { linkTo } from '../address.js';
import { agents, environment, environments } from '../api.js';
import { Heading } from '../heading.js';
import { Show, useLoaded } from '../loaded.js';
import { CreateForm } from './create-form.js';
import '../catalogue/catalogue.css';
import './new.css';

/** A new game: first of what, then how. */
export default function New({ rest: [id] }: { readonly rest: readonly string[] }) {
  return id === undefined ? <Choose /> : <Create id={id} />;
}

function Choose() {
  const { loaded } = useLoaded(environments, '');
  return (
    <>
      <Heading>New game</Heading>
      <Show loaded={loaded}>
        {(all) => (
          <ul className="shelf">
            {all.map(({ id, title, summary }) => (
              <li key={id} className="card">
                <h2>
                  <a href={linkTo('new', id)}>{title}</a>
                </h2>
                <p>{summary}</p>
              </li>
            ))}
          </ul>
        )}
      </Show>
    </>
  );
}

function Create({ id }: { readonly id: string }) {
  const { loaded } = useLoaded(async (signal) => {
    const [card, all] = await Promise.all([environment(id, signal), agents(signal)]);
    return { card, agents: all.filter(({ not }) => !not.includes(id)) };
  }, id);
  return (
    <>
      <p className="small">
        <a href={linkTo('new')}>New game</a>
      </p>
      <Show loaded={loaded}>
        {(known) => (
          <>
            <Heading title={`New game of ${known.card.title}`}>{known.card.title}</Heading>
            <p>
              {known.card.summary} <a href={linkTo('catalogue', id)}>More about it</a>
            </p>
            <CreateForm {...known} />
          </>
        )}
      </Show>
    </>
  );
}
