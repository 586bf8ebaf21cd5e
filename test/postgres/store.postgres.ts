import { expect, test } from 'vitest';
import ticTacToe from '../../envs/tic-tac-toe/index.js';
import { parseRecord } from '../../replays/read.js';
import { verify } from '../../replays/verify.js';
import { openStore } from '../../src/server/storage/open.js';
import { Address } from '../../src/server/storage/postgres/link.js';
import { Session } from '../../src/server/storage/postgres/session.js';
import { PostgresStore } from '../../src/server/storage/postgres/store.js';
import { FLUSH } from '../../src/server/storage/postgres/tables.js';
import { Work, type Writer } from '../../src/server/storage/postgres/work.js';
import { storeContract } from '../server/storage/contract.js';
import { hallOn, play, seated, turnOver } from '../server/storage/playing.js';
import { Database, withPostgres } from './database.js';

let made = 0;
const fresh = () => Database.make(`store_${made++}`);

withPostgres('matches in PostgreSQL', () => {
  storeContract(async () => {
    const database = await fresh();
    return {
      open: () => openStore(database.url),
      said: async () => (await database.rows('SELECT * FROM ludus_chat')).length,
      records: (which) => database.records(which === 'open' ? 'ludus_records' : 'ludus_private_records'),
    };
  });

  test('a connection that is cut under play is made anew, and no move is lost or there twice', async () => {
    const database = await fresh();
    const told: string[] = [];
    const hall = hallOn(await PostgresStore.open(database.url, { told: (notice) => told.push(notice) }));
    const ids: string[] = [];
    let isOver = false;
    const cutting = database.cut(20).then(() => {
      isOver = true;
    });
    while (!isOver) {
      const games = await Promise.all(Array.from({ length: 5 }, () => seated(hall, ticTacToe)));
      await Promise.all(games.map((id) => play(hall, id)));
      ids.push(...games);
    }
    await cutting;
    await hall.close();
    expect(told.filter((notice) => notice === 'the database is there again').length).toBeGreaterThan(3);
    const records = (await database.records()).map((line) => parseRecord(line));
    expect(records).toHaveLength(ids.length);
    for (const read of records) {
      if ('problem' in read) throw new Error(read.problem);
      expect(verify(read.record, ticTacToe)).toBeNull();
    }
    expect(await database.rows('SELECT * FROM ludus_lines')).toEqual([]);
  });

  test('a batch that is sent again, because its answer was lost, changes nothing', async () => {
    const database = await fresh();
    const session = await Session.open(new Address(database.url));
    const writer: Writer = { match: 'm', failed: false, fail: () => {} };
    const work = new Work();
    work.line(writer, 4, '{"journal":{}}');
    work.finish(writer, { line: '{"ludus":1,"id":"r"}', isPrivate: false });
    const tables = async () => [
      await database.rows('SELECT * FROM ludus_lines'),
      await database.rows('SELECT * FROM ludus_records'),
    ];
    await session.query(FLUSH, work.values());
    const once = await tables();
    expect(once).toMatchObject([[{ match: 'm', n: '4', line: '{"journal":{}}' }], [{ id: 'r', match: 'm' }]]);
    await session.query(FLUSH, work.values());
    expect(await tables()).toEqual(once);
    await session.close();
  });

  test('while the database is gone nobody sees a move, and when it is given up the table says so', async () => {
    const database = await fresh();
    const patched: string[] = [];
    const store = await PostgresStore.open(database.url, { patienceMs: 300 });
    const hall = hallOn(store, undefined, {
      patch: (_match, _looker, patch) => void patched.push(JSON.stringify(patch)),
    });
    const id = await seated(hall, ticTacToe);
    await play(hall, id, 2);
    await turnOver();
    const lines = await database.rows('SELECT * FROM ludus_lines');
    const { events } = hall.state(id, 1).G;
    await database.open(false);
    await database.cut();
    patched.length = 0;
    const { asked, tick } = hall.state(id, 0).G;
    if (asked?.space.kind !== 'choice') throw new Error('a choice is asked');
    const move = asked.space.options[0]?.id ?? '';
    expect(await hall.act(id, 0, tick, move)).toMatchObject({ error: 'internal' });
    expect(patched.join()).not.toContain(`"square":"${move}"`);
    expect(hall.state(id, 1).G).toMatchObject({ events, over: { how: 'crashed', record: null } });
    await expect(seated(hall, ticTacToe)).rejects.toThrow();
    await hall.close();
    await database.open(true);
    expect(await database.rows('SELECT * FROM ludus_lines')).toEqual(lines);
    const again = hallOn(await PostgresStore.open(database.url));
    expect(await again.resume()).toBe(1);
    await turnOver();
    expect(again.state(id, 1).G.events).toEqual(events);
    await again.close();
  });

  test('a server whose matches another one took up while it was cut off writes nothing more', async () => {
    const database = await fresh();
    const told: string[] = [];
    const first = hallOn(await PostgresStore.open(database.url, { told: (notice) => told.push(notice) }));
    const id = await seated(first, ticTacToe);
    await play(first, id, 2);
    await database.cut();
    const second = hallOn(await PostgresStore.open(database.url));
    expect(await second.resume()).toBe(1);
    await turnOver();
    await play(second, id, 1);
    await second.close();
    const lines = await database.rows('SELECT * FROM ludus_lines');
    await expect(play(first, id, 1)).rejects.toThrow();
    await first.close();
    expect(told.at(-1)).toContain('another server has taken the matches up');
    expect(await database.rows('SELECT * FROM ludus_lines')).toEqual(lines);
  });

  test('what one table cannot write is lost to it alone', async () => {
    const database = await fresh();
    const hall = hallOn(await PostgresStore.open(database.url));
    const [broken, fine] = [await seated(hall, ticTacToe), await seated(hall, ticTacToe)];
    await database.rows(`ALTER TABLE ludus_lines ADD CHECK (match <> '${broken}') NOT VALID`);
    await expect(play(hall, broken, 1)).rejects.toThrow("error: 'internal'");
    expect(hall.match(broken).over?.problem).toContain('violates check constraint');
    await play(hall, fine);
    expect(hall.match(fine).over?.record).toMatch(/^\w+$/);
    await hall.close();
    expect(await database.records()).toHaveLength(1);
  });

  test('moves that come together go in one round trip', async () => {
    const database = await fresh();
    const store = await PostgresStore.open(database.url);
    const keepers = Array.from({ length: 500 }, (_, match) => store.keeper(`m${match}`));
    for (const keeper of keepers) keeper.append('{"journal":{}}\n');
    await Promise.all(keepers.map((keeper) => keeper.settled()));
    expect(keepers.map((keeper) => keeper.settled())).toEqual(keepers.map(() => null));
    const count = 'SELECT count(DISTINCT xmin::text)::int AS batches, count(*)::int AS lines FROM ludus_lines';
    expect(await database.rows(count)).toEqual([{ batches: 1, lines: 500 }]);
    await store.close();
  });
});
