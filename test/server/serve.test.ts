import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServeOptions, serverOf } from '../../src/cli/serving.js';
import { register } from '../../src/cli/verbs/serve.js';
import { LIMITS } from '../../src/server/limits.js';
import { ask } from './served.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What the build takes. */
const BUILT = ['src', 'envs', 'agents', 'policies', 'replays'];

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ludus-serve-'));
  build(join(home, 'dist'));
});
afterAll(() => rmSync(home, { recursive: true }));

/** Strips the types of all that is built, as the build does, without checking them again. */
function build(to: string): void {
  for (const folder of BUILT) {
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || /\.(test|testing)\.ts$/.test(name)) continue;
      const file = join(to, folder, name.replace(/ts$/, 'js'));
      mkdirSync(dirname(file), { recursive: true });
      const { outputText } = ts.transpileModule(readFileSync(join(ROOT, folder, name), 'utf8'), {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true },
      });
      writeFileSync(file, outputText);
    }
  }
  mkdirSync(join(to, 'web/assets'), { recursive: true });
  writeFileSync(join(to, 'web/index.html'), '<!doctype html><title>Ludus</title>');
  cpSync(join(ROOT, 'package.json'), join(home, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
}

interface Started {
  readonly url: string;
  readonly out: () => string;
  readonly err: () => string;
  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts the built server under plain node, as whoever installed it would. */
async function start(...args: string[]): Promise<Started> {
  const main = join(home, 'dist/src/cli/main.js');
  const env = { ...process.env, NODE_ENV: 'production', OPERATOR: 'a-token-nobody-can-guess' };
  const child = spawn(process.execPath, [main, 'serve', ...args, '--port', '0'], { cwd: home, env });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()));
  const ended = end(child);
  await Promise.race([ended, seen(() => texts.out.includes('\n'))]);
  const url = /http:\/\/[\w.:[\]]+/.exec(texts.out)?.[0];
  if (url === undefined) throw new Error(`the server did not start: ${texts.out}${texts.err}`);
  return {
    url,
    out: () => texts.out,
    err: () => texts.err,
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

function end(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('close', resolve));
}

async function seen(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the built server under plain node, in production', () => {
  test('says where it is, answers, logs no token, and keeps its games over a stop', async () => {
    const first = await start('--environments', 'tic-tac-toe,kuhn-poker', '--json', '--operator-token-env', 'OPERATOR');
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

    const again = await start('--environments', 'tic-tac-toe,kuhn-poker');
    expect(again.out()).toMatch(/^Ludus serves at http.*\nOne game goes on where it was\.\nCtrl-C stops it\.\n$/);
    expect((await ask(again.url, `/games/kuhn-poker/${matchID}`)).body).toMatchObject({ state: 'playing' });
    const leave = { playerID: '0', credentials: playerCredentials };
    expect((await ask(again.url, `/games/kuhn-poker/${matchID}/leave`, leave)).status).toBe(200);
    expect(await again.stop('SIGINT')).toBe(0);
    const without = await start('--environments', 'tic-tac-toe');
    expect(without.out()).toContain('\nOne game is kept and cannot go on here: there is no game "kuhn-poker" here.\n');
    expect(without.out()).not.toContain(matchID);
    expect(await without.stop('SIGINT')).toBe(0);
    expect(again.out()).toMatch(/Stopped\. Games go on when it is started again\.\n$/);
  });

  test('warns when others can reach it, and keeps nothing when it is told so', async () => {
    const open = await start('--environments', 'tic-tac-toe', '--memory', '--host', '0.0.0.0');
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
    const server = await start(...words.slice(2));
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
    const options = { ...usual, memory: false, data: join(home, 'games'), port };
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
