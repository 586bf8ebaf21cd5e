import { afterAll, expect, test } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { stream } from '../../src/core/rng.js';
import { sample } from '../../src/core/space.js';
import type { TableView } from '../../src/server/wire/wire.js';
import { stockClient } from './stock-client.js';
import { openTables, type Tables } from './tables.js';

const games = (await new Catalogue().all()).map(({ spec }) => spec.id);
let tables: Tables;

afterAll(() => tables.close());

test.each(games)('stock clients of boardgame.io finish a game of %s', async (game) => {
  tables ??= await openTables(games);
  const { id, tokens } = await tables.full(game);
  const environment = await new Catalogue().environment(game);
  const rng = stream('stock', game);
  const clients = tokens.map((token, seat) => {
    const { client } = stockClient({ url: tables.url, game, id, seat, token });
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
    gameover: { how: expect.stringMatching(/^(rules|horizon)$/) },
  });
});
