import { afterEach, expect, test } from 'vitest';
import { type ServeOptions, serverOf } from '../../src/cli/serving.js';
import type { OpenServer } from '../../src/server/serve.js';
import { ask } from '../server/served.js';
import { play } from '../server/storage/playing.js';
import { PASSWORD } from './cluster.js';
import { Database, withPostgres } from './database.js';

const OPTIONS: Omit<ServeOptions, 'database'> = {
  ...{ port: 0, host: '127.0.0.1', origin: [], data: 'nowhere', agent: ['scripted'] },
  ...{ environments: 'tic-tac-toe', records: [], pace: 0, limit: [] },
};
const SECRETS = [PASSWORD, encodeURIComponent(PASSWORD)];

let server: OpenServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function failure(database: string): Promise<string> {
  const error = await serverOf({ ...OPTIONS, database }, () => {}).catch((thrown: unknown) => thrown as Error);
  if (!(error instanceof Error)) throw new Error('the server started');
  expect(error.name).toBe('UserError');
  expect(error.cause).toBeUndefined();
  return error.message;
}

withPostgres('ludus serve --database', () => {
  test('keeps games there, shows them again by the id of their record, and tells its password to nobody', async () => {
    const database = await Database.make('served');
    const log: string[] = [];
    server = await serverOf({ ...OPTIONS, database: database.url }, (line) => void log.push(line));
    const { url, hall } = server;
    const made = (await ask(url, '/games/tic-tac-toe/create', { numPlayers: 2 })).body;
    const matchID = String(made.matchID);
    for (const playerName of ['Ann', 'Bob']) await ask(url, `/games/tic-tac-toe/${matchID}/join`, { playerName });
    await play(hall, matchID, 2);
    await database.cut();
    await play(hall, matchID);
    const [record = ''] = await database.records('ludus_private_records');
    const { id } = JSON.parse(record) as { id: string };
    expect(hall.match(matchID).over?.record).toBe(id);
    const replay = await fetch(`${url}/api/replays/${id}`);
    expect(await replay.json()).toMatchObject({ id });
    expect((await fetch(`${url}/api/replays/none`)).status).toBe(404);
    expect(log.join('\n')).toContain('the database was lost');
    for (const secret of SECRETS) expect(log.join('\n')).not.toContain(secret);
  });

  test('says what is wrong with an address, and nothing of what is secret in it', async () => {
    const { url } = await Database.make('refused');
    const address = (change: (url: URL) => void) => {
      const changed = new URL(url);
      change(changed);
      return changed.href;
    };
    const messages = [
      await failure(address((one) => (one.username = 'nobody'))),
      await failure(address((one) => (one.pathname = '/absent'))),
      await failure(address((one) => (one.pathname = encodeURIComponent(PASSWORD)))),
      await failure(address((one) => (one.port = '1'))),
      await failure(url.replace(/:(\d+)\/refused/, ':$1x/refused')),
      await failure(url.replace('postgres:', 'mysql:')),
    ];
    expect(messages).toEqual([
      expect.stringContaining('password authentication failed for user "nobody"'),
      expect.stringContaining('database "absent" does not exist'),
      expect.stringContaining('database "***" does not exist'),
      expect.stringContaining('ECONNREFUSED'),
      expect.stringContaining('--database takes an address as in postgres://user@host:5432/name'),
      expect.stringContaining('--database takes an address that begins with postgres://'),
    ]);
    for (const secret of SECRETS) expect(messages.join('\n')).not.toContain(secret);
  });
});
