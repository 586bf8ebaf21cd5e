import type { Moves, Turn } from '../../src/core/environment.js';
import { announce, type Draft, drawn, enter, movesOf, onlyMove, record, tell } from './draft.js';
import { largest, last, type Seats, size, without } from './seats.js';
import { bidOf, bidTurn, drawTurn, speechTurn } from './spaces.js';
import { lineUp, living, roundOf } from './table.js';
import type { State } from './types.js';

/** The discussion. Each `play...` gives true when all has been said. */

/** True when nobody may speak at all. */
export function beginDay(draft: Draft): boolean {
  if (speechesToday(draft.state) === 0) return true;
  announce(draft, 'discussion');
  return nextSpeech(draft);
}

function speechesToday(state: State): number {
  const { order, rounds, turns } = state.config.talk;
  return order === 'bidding' ? turns : rounds * size(living(state));
}

/** Finds who speaks next, or how that is found. */
function nextSpeech(draft: Draft): boolean {
  const { state } = draft;
  const spoken = roundOf(state).speeches.length;
  if (spoken >= speechesToday(state)) return true;
  switch (state.config.talk.order) {
    case 'bidding':
      enter(draft, 'bid');
      break;
    case 'random': {
      const waiting = silent(state);
      if (size(waiting) > 1) enter(draft, 'order');
      else enter(draft, 'talk', last(waiting));
      break;
    }
    default: {
      const order = lineUp(state, 'discussion');
      enter(draft, 'talk', order[spoken % order.length] as number);
    }
  }
  return false;
}

/** Those who have not spoken yet in this round of speeches. */
function silent(state: State): Seats {
  const { speeches } = roundOf(state);
  const alive = living(state);
  const begun = speeches.length - (speeches.length % size(alive));
  return speeches.slice(begun).reduce((set, { seat }) => without(set, seat), alive);
}

export function orderTurn(state: State): Turn {
  return drawTurn(silent(state));
}

/** Chance has chosen the speaker: in a random order, or among the highest bids. */
export function playOrder(draft: Draft, moves: Moves): false {
  enter(draft, 'talk', drawn(moves));
  return false;
}

export function bidsTurn(state: State): Turn {
  return bidTurn(living(state));
}

export function playBid(draft: Draft, moves: Moves): false {
  const bids: { [seat: number]: number } = {};
  for (const [seat, move] of movesOf(moves)) bids[seat] = bidOf(move);
  record(draft, { bids: [...roundOf(draft.state).bids, bids] });
  tell(draft, {
    to: 'all',
    kind: 'bids',
    bids: Object.keys(bids).map((seat) => [Number(seat), bids[Number(seat)] ?? 0]),
  });
  const eager = keenest(draft.state);
  if (size(eager) > 1) enter(draft, 'first');
  else enter(draft, 'talk', last(eager));
  return false;
}

/** Who bid most. */
function keenest(state: State): Seats {
  const bids = roundOf(state).bids.at(-1) ?? {};
  return largest(Object.keys(bids).map((seat) => [Number(seat), bids[Number(seat)] ?? 0]));
}

export function firstTurn(state: State): Turn {
  return drawTurn(keenest(state));
}

export function talkTurn(state: State): Turn {
  return speechTurn(state.chosen as number, state.config.talk.maxChars);
}

export function playTalk(draft: Draft, moves: Moves): boolean {
  const [seat, move] = onlyMove(moves);
  const text = move as string;
  record(draft, { speeches: [...roundOf(draft.state).speeches, { seat, text }] });
  tell(draft, { to: 'all', kind: 'said', seat, text });
  return nextSpeech(draft);
}
