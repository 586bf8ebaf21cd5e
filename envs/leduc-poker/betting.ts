import type { OverTurn, Turn } from '../../src/core/environment.js';
import { choice } from '../../src/core/space.js';

/** Chips of one raise, by round. */
export const RAISES = [2, 4] as const;
/** Raises allowed in a round, both seats together; the first bet counts as one. */
export const MOST_RAISES = 2;
export const ANTE = 1;

const OPEN = choice(['check', 'raise']);
const FACING = choice(['fold', 'call', 'raise']);
const CAPPED = choice(['fold', 'call']);
const FOLDED: OverTurn = { kind: 'over', outcome: 'fold', truncated: false };
const SHOWDOWN: OverTurn = { kind: 'over', outcome: 'showdown', truncated: false };

/** All that follows from the actions alone. */
export interface Situation {
  /** The letters of each round; null for a second round that has not begun. */
  readonly rounds: readonly [string, string | null];
  /** The seat that acts, or would act once the board is dealt. */
  readonly seat: 0 | 1;
  /** Chips each seat has put in. */
  readonly put: readonly [number, number];
  /** What happens next, apart from dealing. */
  readonly turn: Turn;
}

/** NOTE: there are fewer than 200 sequences of actions, so each is worked out once. */
const situations = new Map<string, Situation>();

export function situation(actions: string): Situation {
  let known = situations.get(actions);
  if (known === undefined) {
    known = workOut(actions);
    situations.set(actions, known);
  }
  return known;
}

/** A round is closed by two checks or by a call. */
const CLOSED = /^(?:kk|k?r+c)/;

function workOut(actions: string): Situation {
  const first = CLOSED.exec(actions)?.[0];
  const rounds = first === undefined ? ([actions, null] as const) : ([first, actions.slice(first.length)] as const);
  const bets = rounds[1] ?? rounds[0];
  const seat = bets.length % 2 === 0 ? 0 : 1;
  const chips = (who: number) => ANTE + share(rounds[0], RAISES[0], who) + share(rounds[1] ?? '', RAISES[1], who);
  return { rounds, seat, put: [chips(0), chips(1)], turn: turnOf(bets, rounds[1] !== null, seat) };
}

function turnOf(bets: string, last: boolean, seat: number): Turn {
  if (bets.endsWith('f')) return FOLDED;
  if (last && CLOSED.test(bets)) return SHOWDOWN;
  const space = !bets.endsWith('r') ? OPEN : raisesIn(bets) < MOST_RAISES ? FACING : CAPPED;
  return { kind: 'act', spaces: { [seat]: space } };
}

/** What a seat put in during one round. The last raise is still to be answered unless it was called. */
function share(bets: string, raise: number, seat: number): number {
  const raises = raisesIn(bets);
  const met = raises === 0 || bets.endsWith('c') || bets.lastIndexOf('r') % 2 === seat;
  return raise * (met ? raises : raises - 1);
}

function raisesIn(bets: string): number {
  return bets.split('r').length - 1;
}
