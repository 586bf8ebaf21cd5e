import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServeOptions, serverOf } from '../../src/cli/serving.js';
import { register } from '../../src/cli/verbs/serve.js';
import { LIMITS } from '../../src/server/limits.js';
import { built, type Home } from './built.js';
import { ask } from './served.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let home: Home;
beforeAll(() => {
  home = built({ OPERATOR: 'a-token-nobody-can-guess' });
});
afterAll(() => home.remove());

describe('the built server under plain node, in production', () => {
  test('says where it is, answers, logs no token, and keeps its games over a stop', async () => {
    const first = await home.start(
      '--environments',
      'tic-tac-toe,kuhn-poker',
      '--json',
      '--operator-token-env',
      'OPERATOR',
    );
    expect(first.out()).toMatch(/^\{"url":"http:\/\/127\.0\.0\.1:\d+","resumed":0,"kept":0\}\n$/);
    expect(await (await fetch(first.url)).text()).toContain('<title>Ludus</title>');
    expect((await ask(first.url, '/games')).body).toEqual(['tic-tac-toe', 'kuhn-poker']);
    const { matchID } = (await ask(first.url, '/games/kuhn-poker/create', { unlisted: true })).body;
    const join = (playerName: string) => ask(first.url, `/games/kuhn-poker/${matchID}/join`, { playerName });
    const { playerCredentials } = (await join('Ann')).body;
    await join('Bob');
    expect(await first.stop('SIGTERM')).toBe(0);
    expect(first.err()).toMatch(/^match made: kuhn-poker, unlisted \(open, open\)\n$/);
    expect(first.err() + first.out()).not.toContain(String(playerCredentials));

    const again = await home.start('--environments', 'tic-tac-toe,kuhn-poker');
    expect(again.out()).toMatch(/^Ludus serves at http.*\nOne game goes on where it was\.\nCtrl-C stops it\.\n$/);
    expect((await ask(again.url, `/games/kuhn-poker/${matchID}`)).body).toMatchObject({ state: 'playing' });
    const leave = { playerID: '0', credentials: playerCredentials };
    expect((await ask(again.url, `/games/kuhn-poker/${matchID}/leave`, leave)).status).toBe(200);
    expect(await again.stop('SIGINT')).toBe(0);
    const without = await home.start('--environments', 'tic-tac-toe');
    expect(without.out()).toContain('\nOne game is kept and cannot go on here: there is no game "kuhn-poker" here.\n');
    expect(without.out()).not.toContain(matchID);
    expect(await without.stop('SIGINT')).toBe(0);
    expect(again.out()).toMatch(/Stopped\. Games go on when it is started again\.\n$/);
  });

  test('warns when others can reach it, and keeps nothing when it is told so', async () => {
    const open = await home.start('--environments', 'tic-tac-toe', '--memory', '--host', '0.0.0.0');
    expect(open.out()).toContain('Whoever can reach 0.0.0.0 can play');
    expect(await open.stop('SIGINT')).toBe(0);
    expect(open.out()).toMatch(/Stopped\.\n$/);
  });
});

describe('docs/server.md', () => {
  const text = readFileSync(join(ROOT, 'docs/server.md'), 'utf8');
  const commands = /^```sh\n([\s\S]*?)^```/m.exec(text)?.[1]?.trim().split('\n') ?? [];

  test('shows commands', () => expect(commands.length).toBeGreaterThan(3));

  test.each(commands)('%s', async (command) => {
    const words = command.split(' ');
    expect(words.slice(0, 2)).toEqual(['ludus', 'serve']);
    const server = await home.start(...words.slice(2));
    expect((await fetch(`${server.url}/games`)).status).toBe(200);
    expect(await server.stop('SIGINT')).toBe(0);
    expect(server.err()).toBe('');
  });

  test('names every option and every limit', async () => {
    const help = new Command();
    register(help);
    const options = help.commands[0]?.options.map(({ long }) => long) ?? [];
    for (const name of [...options, ...Object.keys(LIMITS)]) expect(text).toContain(`\`${name}`);
  });
});

describe('what the server is asked to be', () => {
  const usual: ServeOptions = {
    ...{ port: 0, host: '127.0.0.1', data: 'runs/server', memory: true, pace: 0 },
    ...{ origin: [], agent: [], records: [], limit: [], environments: 'tic-tac-toe' },
  };

  test.each([
    [{ environments: 'tic-tac-to' }, 'did you mean tic-tac-toe'],
    [{ agent: ['human'] }, 'needs this terminal'],
    [{ agent: ['deep=mtcs'] }, 'did you mean mcts'],
    [{ agent: ['a=random', 'a=scripted'] }, 'two agents are named "a"'],
    [{ agent: ['=random'] }, '--agent takes a name and an agent'],
    [{ origin: ['games.example'] }, '--origin takes an address of pages'],
    [{ limit: ['match=3'] }, 'did you mean matches'],
    [{ limit: ['matches=0'] }, '--limit matches= takes a whole number'],
    [{ operatorTokenEnv: 'NOT_SET_ANYWHERE' }, 'the variable NOT_SET_ANYWHERE is not set'],
    [{ operatorTokenEnv: 'HOME' }, 'is too easy'],
    [{ host: '203.0.113.1' }, 'this machine has no address 203.0.113.1'],
  ])('refuses %j', async (options, reason) => {
    await expect(serverOf({ ...usual, ...options }, () => undefined)).rejects.toThrow(reason);
  });

  test('says so when the port is taken, and leaves the games to whoever has it', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const options = { ...usual, memory: false, data: join(home.path, 'games'), port };
    await expect(serverOf(options, () => undefined)).rejects.toThrow(`port ${port} is taken by another program`);
    const other = await serverOf({ ...options, port: 0 }, () => undefined);
    await expect(serverOf({ ...options, port: 0 }, () => undefined)).rejects.toThrow(/another server|taken/);
    await other.close();
    taken.close();
  });

  test('offers the agents of the package that need no network, no file and no terminal', async () => {
    const server = await serverOf(usual, () => undefined);
    const { body } = await ask(server.url, '/api/agents');
    const names = (body as unknown as { name: string }[]).map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual(['scripted', 'random']);
    expect(names).toContain('mcts');
    for (const name of ['human', 'llm', 'policy', 'replay']) expect(names).not.toContain(name);
    await server.close();
  });
});
