import type { Seat } from '../../core/environment.js';
import type { MatchCard, SeatCard } from './match.js';

/** What a word about a pause changes. */
type Change = Pick<MatchCard, 'seats' | 'paused'>;

/** Whether a person sits there now: neither an agent nor somebody for whom one plays. */
export function isPresent({ kind, token, replacedBy }: SeatCard): boolean {
  return kind === 'person' && token !== undefined && replacedBy === undefined;
}

/** A person is for a pause. The table stands still once everybody who is at it is. */
export function wantPause({ seats, paused }: MatchCard, seat: Seat): Change {
  const wanted = seats.map((card, at) => (at === seat ? { ...card, pausing: true as const } : card));
  return { seats: wanted, paused: paused === true || isAgreed(wanted) };
}

/**
 * A person is for going on, and one is enough: nobody can hold the others up, whether by staying away or by saying
 * nothing.
 */
export function wantPlay({ seats, paused }: MatchCard, seat: Seat): Change {
  const free = seats.map((card, at) => (paused === true || at === seat ? without(card) : card));
  return { seats: free, paused: false };
}

/** Whether those at the table have agreed to a pause: everybody, and there is somebody. */
export function isAgreed(seats: readonly SeatCard[]): boolean {
  const there = seats.filter(isPresent);
  return there.length > 0 && there.every(({ pausing }) => pausing === true);
}

function without({ pausing: _pausing, ...card }: SeatCard): SeatCard {
  return card;
}
