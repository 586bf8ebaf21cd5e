import { expect } from 'vitest';
import kuhn from '../../../envs/kuhn-poker/index.js';
import ticTacToe from '../../../envs/tic-tac-toe/index.js';
import { readConfig } from '../../../src/core/config.js';
import type { Environment } from '../../../src/core/environment.js';
import { Hall, type HallEvents } from '../../../src/server/matches/hall.js';
import type { MatchStore } from '../../../src/server/matches/store.js';
import { NO_CLOCK } from '../tables.js';

const NOBODY: HallEvents = { patch: () => {}, card: () => {}, left: () => {}, gone: () => {} };

/** A hall on a store, with nobody connected. */
export function hallOn(
  store: MatchStore,
  environments: readonly Environment[] = [ticTacToe, kuhn],
  events: Partial<HallEvents> = {},
): Hall {
  return new Hall({
    environments: new Map(environments.map((one) => [one.spec.id, one])),
    agents: new Map(),
    store,
    events: { ...NOBODY, ...events },
  });
}

/** A match with people in all seats. */
export async function seated(hall: Hall, environment: Environment, consent = true): Promise<string> {
  const game = environment.spec.id;
  const made = { clock: NO_CLOCK, consent, standIn: null, agents: {}, unlisted: false };
  const { id, seats } = await hall.create({ ...made, game, config: readConfig(environment.spec) });
  for (const seat of seats.keys()) await hall.join(id, game, { name: `p${seat}`, seat });
  await turnOver();
  return id;
}

/** Plays first options, until the end or so many moves. Gives how many were made. */
export async function play(hall: Hall, id: string, most = Number.POSITIVE_INFINITY): Promise<number> {
  let moves = 0;
  while (moves < most && hall.match(id).over === undefined) {
    for (const seat of hall.match(id).seats.keys()) {
      const { asked, tick } = hall.state(id, seat).G;
      if (asked?.space.kind !== 'choice' || moves >= most) continue;
      expect(await hall.act(id, seat, tick, asked.space.options[0]?.id ?? '')).toMatchObject({ ok: true });
      moves++;
    }
    await turnOver();
  }
  return moves;
}

export function turnOver(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
