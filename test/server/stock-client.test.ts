import { createRequire } from 'node:module';
import type * as StockClient from 'boardgame.io/client';
import type * as StockMultiplayer from 'boardgame.io/multiplayer';
import { afterAll, expect, test } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { stream } from '../../src/core/rng.js';
import { sample } from '../../src/core/space.js';
import type { TableView } from '../../src/server/rooms/wire.js';
import { openTables, type Tables } from './tables.js';

const require = createRequire(import.meta.url);
const { Client } = require('boardgame.io/client') as typeof StockClient;
const { SocketIO } = require('boardgame.io/multiplayer') as typeof StockMultiplayer;

/** A game as a stock client needs it: its name and its one move, and no rules. */
function thin(name: string) {
  const act = { move: () => {}, client: false };
  return { name, moves: { act }, turn: { stages: { act: { moves: { act } } } } };
}

const games = (await new Catalogue().all()).map(({ spec }) => spec.id);
let tables: Tables;

afterAll(() => tables.close());

test.each(games)('stock clients of boardgame.io finish a game of %s', async (game) => {
  tables ??= await openTables(games);
  const { id, tokens } = await tables.full(game);
  const environment = await new Catalogue().environment(game);
  const rng = stream('stock', game);
  const clients = tokens.map((credentials, seat) => {
    const client = Client({
      game: thin(game),
      multiplayer: SocketIO({ server: tables.url }),
      matchID: id,
      playerID: String(seat),
      credentials,
      debug: false,
    });
    let acted = -1;
    client.subscribe((state) => {
      const table = state?.G as TableView | undefined;
      if (table?.asked == null || acted === table.tick) return;
      acted = table.tick;
      const move = sample(environment.spec, table.asked.space, rng);
      setTimeout(() => client.moves.act?.(table.tick, move));
    });
    client.start();
    return client;
  });
  await expect
    .poll(() => clients.map((client) => client.getState()?.ctx.gameover !== undefined), { timeout: 30_000 })
    .toEqual(clients.map(() => true));
  for (const client of clients) client.stop();
  expect(tables.problems).toEqual([]);
  expect(tables.hall.match(id).over).toMatchObject({
    record: expect.stringMatching(/^\w+$/),
    gameover: { how: 'rules' },
  });
});
