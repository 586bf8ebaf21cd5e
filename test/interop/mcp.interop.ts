import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRecord } from '../../replays/read.js';
import { verify } from '../../replays/verify.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { built, type Home, type Started } from '../server/built.js';
import { missing, runPython } from './python.js';

interface Driven {
  readonly tools: readonly string[];
  readonly solved: object;
  readonly played: { readonly status: string; readonly record: object };
  readonly wrong: readonly [string, boolean];
}

const GAMES = ['--environments', 'kuhn-poker,calculator'];

describe.skipIf(missing('a client of the Model Context Protocol', 'mcp').length > 0)('the client of mcp', () => {
  let home: Home;
  let server: Started;
  let driven: { readonly [road in 'http' | 'stdio']: Driven };
  beforeAll(async () => {
    home = built();
    server = await home.start('--memory', ...GAMES, '--door', 'mcp');
    const command = [process.execPath, join(home.path, 'dist/src/cli/main.js'), 'mcp', ...GAMES];
    driven = runPython('mcp_client.py', { url: `${server.url}/mcp`, command });
  });
  afterAll(async () => {
    await server?.stop('SIGTERM');
    home?.remove();
  });

  it.each(['http', 'stdio'] as const)('solves a task and plays a game over %s', async (road) => {
    const { tools, solved, played, wrong } = driven[road];
    expect(tools).toContain('act');
    expect(solved).toMatchObject({ status: 'over', reward: 1 });
    const read = parseRecord(JSON.stringify(played.record));
    if ('problem' in read) throw new Error(read.problem);
    expect(verify(read.record, await new Catalogue().environment('kuhn-poker'))).toBeNull();
    expect(wrong).toEqual([expect.stringContaining('there is no session "none"'), true]);
  });
});
