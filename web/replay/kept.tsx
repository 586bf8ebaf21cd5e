import { useId, useState } from 'react';
import type { ReplayCard } from '../../src/server/replays/wire.js';
import { linkTo } from '../address.js';
import { environments } from '../api.js';
import { Heading } from '../heading.js';
import { Show, useLoaded } from '../loaded.js';
import { amount } from '../table/amount.js';
import { HOW } from '../table/over.js';
import { Pages } from './file-list.js';
import { OpenFile } from './open-file.js';
import { listed } from './source.js';

/** The records the server lists, newest first, and the way to open any other. */
export function Kept() {
  const [environment, setEnvironment] = useState('');
  const [page, setPage] = useState(0);
  const { loaded } = useLoaded((signal) => listed(environment, page, signal), `${environment} ${page}`);
  const choose = (id: string) => {
    setEnvironment(id);
    setPage(0);
  };
  return (
    <>
      <Heading>Replays</Heading>
      <OpenFile />
      <Choice chosen={environment} onChoose={choose} />
      <Show loaded={loaded}>
        {({ replays, more }) => (
          <>
            {replays.length === 0 ? <Nothing /> : <Cards cards={replays} />}
            <Pages back={page > 0 ? () => setPage(page - 1) : null} on={more ? () => setPage(page + 1) : null} />
          </>
        )}
      </Show>
    </>
  );
}

function Nothing() {
  return (
    <p className="quiet">
      The server lists no records here. It lists those of the folders it was started with, as in{' '}
      <code>ludus serve --records runs</code>; games played here are found by the link at their end.
    </p>
  );
}

function Choice({ chosen, onChoose }: { readonly chosen: string; readonly onChoose: (id: string) => void }) {
  const id = useId();
  const { loaded } = useLoaded(environments, '');
  const all = loaded.is === 'ready' ? loaded.value : [];
  return (
    <div className="field narrow">
      <label htmlFor={id}>Game</label>
      <select id={id} value={chosen} onChange={(event) => onChoose(event.target.value)}>
        <option value="">all</option>
        {all.map((one) => (
          <option key={one.id} value={one.id}>
            {one.title}
          </option>
        ))}
      </select>
    </div>
  );
}

function Cards({ cards }: { readonly cards: readonly ReplayCard[] }) {
  return (
    <ul className="records">
      {cards.map((card) => (
        <li key={card.id}>
          <a href={linkTo('replays', card.id)}>{card.environment}</a> <span>{card.seats.join(', ')}</span>{' '}
          <span className="quiet">
            {resultOf(card)}; {card.steps} steps
            {card.parent === null ? '' : `; forked at step ${card.parent.step}`}
            {card.started === null ? '' : `; ${new Date(card.started).toLocaleString()}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** How a game ended, in one line. */
export function resultOf({ how, outcome, returns }: Pick<ReplayCard, 'how' | 'outcome' | 'returns'>): string {
  const ended = outcome ?? HOW[how];
  return returns === null ? ended : `${ended} (${returns.map(amount).join(', ')})`;
}
