import type { Moves, Turn } from '../../src/core/environment.js';
import type { Role } from './config.js';
import { announce, type Draft, drawn, enter, movesOf, pay, record, tell } from './draft.js';
import { predictTurn } from './predict.js';
import { largest, last, list, type Seats, size } from './seats.js';
import { askAll, drawTurn, targetOf, voteSpace, voteTurn } from './spaces.js';
import { living, roundOf, shownOf, teamOf } from './table.js';
import type { State } from './types.js';

/** The vote. Each `play...` gives true when it is settled. */

export function beginVote(draft: Draft): void {
  announce(draft, 'vote');
  enter(draft, draft.state.config.predict ? 'predict' : 'vote');
}

export function predictionTurn(state: State): Turn {
  return predictTurn(state.config, living(state));
}

export function playPredict(draft: Draft, moves: Moves): false {
  for (const [seat, roles] of movesOf(moves)) tell(draft, { to: [seat], kind: 'predicted', seat, roles });
  enter(draft, 'vote');
  return false;
}

export function ballotTurn(state: State): Turn {
  const { mode, abstain } = state.config.vote;
  const alive = living(state);
  if (mode === 'simultaneous') return voteTurn(alive, abstain);
  const next = list(alive).find((seat) => !(seat in roundOf(state).votes)) as number;
  return askAll(1 << next, (seat) => voteSpace(alive, seat, abstain));
}

export function playVote(draft: Draft, moves: Moves): boolean {
  const votes: { [seat: number]: number | null } = { ...roundOf(draft.state).votes };
  const cast: [number, number][] = [];
  for (const [seat, move] of movesOf(moves)) {
    const target = targetOf(move);
    votes[seat] = target < 0 ? null : target;
    cast.push([seat, target]);
    payVoter(draft, seat, target);
  }
  record(draft, { votes });
  tell(draft, { to: 'all', kind: 'votes', votes: cast });
  return Object.keys(votes).length < size(living(draft.state)) ? false : count(draft);
}

/** A villager's vote for a wolf is good, for anybody else bad. */
function payVoter(draft: Draft, seat: number, target: number): void {
  const { roles } = draft.state;
  if (target < 0 || roles[seat] === 'werewolf') return;
  pay(draft, seat, 'vote', roles[target] === 'werewolf' ? 1 : -1);
}

function count(draft: Draft): boolean {
  const { state } = draft;
  const { majority, tie } = state.config.vote;
  const { leaders, most } = tally(state);
  if (size(leaders) > 1 && majority === 'plurality' && tie === 'random') {
    enter(draft, 'tie');
    return false;
  }
  const enough = majority === 'plurality' || most * 2 > size(living(state));
  if (size(leaders) === 1 && enough) return dismiss(draft, last(leaders), []);
  return dismiss(draft, null, size(leaders) > 1 ? list(leaders) : []);
}

/** Who has most votes, and how many. Abstentions never count. */
function tally(state: State): { leaders: Seats; most: number } {
  const { votes } = roundOf(state);
  const counts = new Map<number, number>();
  for (const target of Object.values(votes)) if (target !== null) counts.set(target, (counts.get(target) ?? 0) + 1);
  const leaders = largest(counts);
  return { leaders, most: leaders === 0 ? 0 : (counts.get(last(leaders)) as number) };
}

export function tieTurn(state: State): Turn {
  return drawTurn(tally(state).leaders);
}

export function playTie(draft: Draft, moves: Moves): boolean {
  return dismiss(draft, drawn(moves), list(tally(draft.state).leaders));
}

/** Tells who is out, if anybody, and pays for it. */
function dismiss(draft: Draft, out: number | null, tied: readonly number[]): true {
  const { state } = draft;
  if (out === null) {
    tell(draft, { to: 'all', kind: 'out', target: -1, tied, shown: null });
    return true;
  }
  payForElimination(draft, out);
  record(draft, { out });
  tell(draft, { to: 'all', kind: 'out', target: out, tied, shown: shownOf(state, out, 'day') });
  return true;
}

/** Paid to those alive; the one who is out pays by itself. */
function payForElimination(draft: Draft, out: number): void {
  const { state } = draft;
  const team = teamOf(state.roles[out] as Role);
  for (const seat of list(living(state))) {
    if (seat === out) pay(draft, seat, 'votedOut', -1);
    else pay(draft, seat, 'elimination', teamOf(state.roles[seat] as Role) === team ? -1 : 1);
  }
}
