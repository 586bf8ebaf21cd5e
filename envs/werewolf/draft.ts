import type { Event, Moves, Seat } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import type { Move } from '../../src/core/space.js';
import { list } from './seats.js';
import { lineUp, living, roundOf } from './table.js';
import type { Round, Stage, State } from './types.js';

/** A step in the making: the stages of the rules write the next state, the events and the pay into it. */
export interface Draft {
  state: State;
  readonly events: Event[];
  rewards?: { [seat: number]: { [part: string]: number } };
}

export function change(draft: Draft, part: Partial<State>): void {
  draft.state = { ...draft.state, ...part };
}

export function enter(draft: Draft, stage: Stage, chosen: number | null = null): void {
  draft.state = { ...draft.state, stage, chosen };
}

/** Writes into the round that is going on. */
export function record(draft: Draft, part: Partial<Round>): void {
  const { state } = draft;
  const rounds = state.rounds.slice(0, -1);
  // NOTE: assigning to one copy is several times faster than spreading a second object.
  rounds.push(Object.assign({ ...roundOf(state) }, part));
  draft.state = { ...state, rounds };
}

export function tell(draft: Draft, event: Event): void {
  draft.events.push(event);
}

export function pay(draft: Draft, seat: Seat, part: string, amount: number): void {
  draft.rewards ??= {};
  const purse = draft.rewards[seat] ?? {};
  purse[part] = (purse[part] ?? 0) + amount;
  draft.rewards[seat] = purse;
}

/** Tells everybody that a phase begins. */
export function announce(draft: Draft, phase: 'night' | 'discussion' | 'vote'): void {
  const { state } = draft;
  const heard = { to: 'all', kind: 'phase', phase, round: state.rounds.length, alive: list(living(state)) } as const;
  tell(draft, phase === 'night' ? heard : { ...heard, order: lineUp(state, phase) });
}

/** The moves of the seats as [seat, move]. */
export function movesOf(moves: Moves): [Seat, Move][] {
  const seats = 'seats' in moves ? moves.seats : {};
  return Object.keys(seats).map((seat) => [Number(seat), seats[Number(seat)] as Move]);
}

/** The seat that chance drew. */
export function drawn(moves: Moves): number {
  return 'chance' in moves ? (moves.chance as number) : -1;
}

/** What the one seat asked has played. */
export function onlyMove(moves: Moves): [Seat, Json] {
  return movesOf(moves)[0] as [Seat, Json];
}
