import { afterAll, beforeAll, expect, test } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import { type SweepPlan, sweep } from '../../src/server/lobby/sweep.js';
import { finish } from './served.js';
import { NO_CLOCK, openTables, type Tables } from './tables.js';

const GAME = 'tic-tac-toe';
const HOUR = 3_600_000;
let tables: Tables;
beforeAll(async () => {
  tables = await openTables([GAME]);
});
afterAll(() => tables.close());

/** Sweeps as it would be done so much later. */
function later(ms: number, change: Partial<SweepPlan> = {}): Promise<void> {
  return sweep({
    hall: tables.hall,
    patience: { openMs: HOUR, overMs: 2 * HOUR, idleMs: null },
    isWatched: () => false,
    lastSeen: () => undefined,
    problem: (error) => {
      throw error;
    },
    clock: () => Date.now() + ms,
    ...change,
  });
}

async function open(): Promise<string> {
  const { spec } = await new Catalogue().environment(GAME);
  const config = readConfig(spec);
  const made = { game: GAME, config, clock: NO_CLOCK, consent: false, standIn: null, agents: {}, unlisted: false };
  return (await tables.hall.create(made)).id;
}

const ids = () => tables.hall.matches.map(({ id }) => id);

test('lets go of matches that nobody joins, then of games that are over, and never of one that is played', async () => {
  const waiting = await open();
  const { id: over } = await tables.full(GAME);
  const { id: playing } = await tables.full(GAME);
  await finish(tables.hall, over);
  await later(HOUR / 2);
  expect(ids()).toEqual([waiting, over, playing]);
  await later(HOUR + 1000);
  expect(ids()).toEqual([over, playing]);
  await later(2 * HOUR + 1000, { isWatched: ({ id }) => id === over });
  expect(ids()).toEqual([over, playing]);
  await later(2 * HOUR + 1000);
  expect(ids()).toEqual([playing]);
  const idle = { openMs: HOUR, overMs: HOUR, idleMs: HOUR };
  await later(HOUR + 1000, { patience: idle, lastSeen: () => Date.now() + HOUR });
  expect(ids()).toEqual([playing]);
  await later(HOUR + 1000, { patience: idle });
  expect(ids()).toEqual([]);
  expect(() => tables.hall.match(playing)).toThrow('no such match');
});

test('whoever looks at a match that is let go of is sent away, and the server goes on', async () => {
  const { io } = await import('socket.io-client');
  const { id, tokens } = await tables.full(GAME);
  const socket = io(`${tables.url}/${GAME}`, { reconnection: false, forceNew: true });
  await new Promise<void>((resolve) => {
    socket.on('sync', () => resolve());
    socket.emit('sync', id, '0', tokens[0]);
  });
  const gone = new Promise<string>((resolve) => socket.on('disconnect', resolve));
  await tables.hall.forget(id);
  expect(await gone).toBe('io server disconnect');
  expect(tables.problems).toEqual([]);
  expect((await tables.full(GAME)).tokens).toHaveLength(2);
});
