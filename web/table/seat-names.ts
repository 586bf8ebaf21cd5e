import { seatName } from '../../src/core/environment.js';
import type { PlayerCard } from '../../src/server/wire/wire.js';

/** What seats are called on the page: as in the game's own words, and by whoever sits there. */
export function namesOf(players: readonly PlayerCard[]): string[] {
  return players.map(({ id, name, data }) => {
    const who = name ?? data.agent;
    return who === undefined ? seatName(id) : `${seatName(id)} (${who})`;
  });
}
