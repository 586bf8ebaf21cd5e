import { seatName } from '../../src/core/environment.js';
import type { Match } from '../../src/server/lobby/wire.js';
import type { PlayerCard } from '../../src/server/wire/wire.js';
import { linkTo } from '../address.js';
import { keptSeat } from '../kept.js';
import { clockWords } from '../new/clock.js';

/** One game of the list: what it is, who sits there, and the way in. */
export function MatchRow({ match, title }: { readonly match: Match; readonly title: string }) {
  const { matchID, gameName, players, state, clock } = match;
  const mine = keptSeat(matchID) !== null;
  return (
    <li className="card game">
      <div>
        <h3>{title}</h3>
        <p className="small">{players.map(nameOf).join(', ')}</p>
        <p className="quiet small">{clockWords(clock)}</p>
      </div>
      <a
        className="button"
        href={linkTo('table', gameName, matchID)}
        aria-label={`${verbOf(state, mine)}: ${title}, ${players.map(nameOf).join(', ')}`}
      >
        {verbOf(state, mine)}
      </a>
    </li>
  );
}

function verbOf(state: Match['state'], mine: boolean): string {
  if (state === 'over') return 'Result';
  if (mine) return 'Go on';
  return state === 'open' ? 'Join' : 'Watch';
}

/** What a seat is called by whoever sits there. */
export function nameOf({ id, name, data }: PlayerCard): string {
  return name ?? data.agent ?? (data.kind === 'open' ? 'open seat' : seatName(id));
}
