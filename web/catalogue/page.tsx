import { linkTo } from '../address.js';
import { environments } from '../api.js';
import { Heading } from '../heading.js';
import { Show, useLoaded } from '../loaded.js';
import { Card } from './card.js';
import { factTags } from './facts.js';
import './catalogue.css';

/** The catalogue, or one environment of it. */
export default function Catalogue({ rest: [id] }: { readonly rest: readonly string[] }) {
  return id === undefined ? <All /> : <Card id={id} />;
}

function All() {
  const { loaded } = useLoaded(environments, '');
  return (
    <>
      <Heading>Catalogue</Heading>
      <p className="quiet">Every game and task of this server: its card, its rules as configured, its facts.</p>
      <Show loaded={loaded}>
        {(all) => (
          <ul className="shelf">
            {all.map(({ id, title, summary, facts }) => (
              <li key={id} className="card">
                <h2>
                  <a href={linkTo('catalogue', id)}>{title}</a>
                </h2>
                <p>{summary}</p>
                <p className="row small">
                  {factTags(facts).map((tag) => (
                    <span key={tag} className="tag">
                      {tag}
                    </span>
                  ))}
                </p>
              </li>
            ))}
          </ul>
        )}
      </Show>
    </>
  );
}
