import { useId, useState } from 'react';
import { linkTo } from '../address.js';
import { Heading } from '../heading.js';
import { Show, useLoaded } from '../loaded.js';
import type { LineHead } from './file-lines.js';
import { OpenFile } from './open-file.js';
import type { Opened } from './opened.js';

const PER_PAGE = 50;

/** The records of an opened file, to be narrowed by environment and seats. */
export function FileList({ opened }: { readonly opened: Opened }) {
  const { name, lines, complete, problem } = opened;
  const filter = useId();
  const [text, setText] = useState('');
  const [from, setFrom] = useState(0);
  const { places, more } = lines.find(text, from, PER_PAGE);
  const { loaded } = useLoaded(() => Promise.all(places.map((place) => lines.head(place))), places.join());
  const narrow = (next: string) => {
    setText(next);
    setFrom(0);
  };
  return (
    <>
      <Heading title={name}>{name}</Heading>
      <p role="status">
        {lines.count} {lines.count === 1 ? 'line' : 'lines'}
        {complete ? '' : `; ${Math.floor(100 * lines.done)} % of the file looked through`}
      </p>
      {problem === null ? null : <p className="notice wrong">{problem}</p>}
      <div className="field narrow">
        <label htmlFor={filter}>Only those with these words in environment or seats</label>
        <input id={filter} type="search" value={text} onChange={(event) => narrow(event.target.value)} />
      </div>
      <Show loaded={loaded}>{(heads) => <Heads heads={heads} />}</Show>
      <Pages
        back={from > 0 ? () => setFrom(from - PER_PAGE) : null}
        on={more ? () => setFrom(from + PER_PAGE) : null}
      />
      <OpenFile />
    </>
  );
}

function Heads({ heads }: { readonly heads: readonly LineHead[] }) {
  if (heads.length === 0) return <p className="quiet">No line fits.</p>;
  return (
    <ul className="records">
      {heads.map(({ place, environment, seats, id }) => (
        <li key={place}>
          <a href={linkTo('replays', 'file', String(place))}>
            {environment === '' ? `Line ${place + 1}, which may be no record` : environment}
          </a>{' '}
          <span>{seats.join(', ')}</span> <code className="quiet">{id}</code>
        </li>
      ))}
    </ul>
  );
}

/** The way to the pages before and after. */
export function Pages({ back, on }: { readonly back: (() => void) | null; readonly on: (() => void) | null }) {
  if (back === null && on === null) return null;
  return (
    <p className="row">
      <button type="button" disabled={back === null} onClick={() => back?.()}>
        Earlier in the list
      </button>
      <button type="button" disabled={on === null} onClick={() => on?.()}>
        Further on
      </button>
    </p>
  );
}
