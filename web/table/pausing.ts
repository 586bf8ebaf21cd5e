import type { PlayerCard } from '../../src/server/wire/wire.js';

/** Where the wish for a pause stands among the people at a table. */
export interface Pausing {
  /** Seats of people who are for a pause. */
  readonly wanted: readonly number[];
  /** Seats of people who have not said so, and are there to be asked. */
  readonly awaited: readonly number[];
}

/** NOTE: agents are not asked, nor is somebody for whom one plays: they cannot answer. */
export function pausingOf(players: readonly PlayerCard[]): Pausing {
  const people = players.filter(({ data }) => data.kind === 'person' && data.replacedBy === undefined);
  const seatsOf = (cards: readonly PlayerCard[]) => cards.map(({ id }) => id);
  return {
    wanted: seatsOf(people.filter(({ data }) => data.pausing === true)),
    awaited: seatsOf(people.filter(({ data }) => data.pausing !== true)),
  };
}
