import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { MAIN } from '../../bench/served.js';
import { UNLIMITED } from '../../bench/tables/served.js';
import type { Move } from '../../src/core/space.js';
import { ask } from './served.js';
import { Sitter } from './sitting.js';

const GAME = 'tic-tac-toe';
const FILES = 1024;
/** More than there may be files. */
const MATCHES = 1100;
const AT_ONCE = 20;
/** In every so-many-th match a move is made. */
const MOVED = 50;

const home = mkdtempSync(join(tmpdir(), 'ludus-few-files-'));
const running: ChildProcess[] = [];

afterAll(() => {
  for (const server of running) server.kill('SIGKILL');
  rmSync(home, { recursive: true });
});

interface Running {
  readonly url: string;
  readonly resumed: number;
  kill(): Promise<void>;
}

/** `ludus serve` on a folder, in a process that may have few files open. */
async function serveWithFewFiles(): Promise<Running> {
  const options = [
    '--port',
    '0',
    '--json',
    '--environments',
    GAME,
    '--agent',
    'random',
    '--pace',
    '0',
    '--data',
    home,
    ...UNLIMITED,
  ];
  const command = ['-c', `ulimit -n ${FILES} && exec "$0" "$@"`, process.execPath, '--import', 'tsx', MAIN, 'serve'];
  const server = spawn('bash', [...command, ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
  running.push(server);
  const [line] = (await once(createInterface(server.stdout as Readable), 'line')) as [string];
  const kill = async () => {
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  return { ...(JSON.parse(line) as { url: string; resumed: number }), kill };
}

interface Seated {
  readonly id: string;
  readonly token: string;
}

/** A match against an agent, waiting for the first move. */
async function seated(url: string): Promise<Seated> {
  const wanted = { unlisted: true, setupData: { agents: { 1: 'random' } } };
  const id = String((await ask(url, `/games/${GAME}/create`, wanted)).body.matchID);
  const taken = await ask(url, `/games/${GAME}/${id}/join`, { playerName: 'Ann' });
  return { id, token: String(taken.body.playerCredentials) };
}

async function inTurns<T>(count: number, what: (at: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < count; at = next++) done[at] = await what(at);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return done;
}

async function sit(url: string, { id, token }: Seated): Promise<Sitter> {
  const sitter = new Sitter(url, GAME, id, 0, token);
  expect(await sitter.sync()).toMatchObject({ ok: true });
  return sitter;
}

test('more games than files may be open go on where they were after kill -9, with all that was said', async () => {
  const first = await serveWithFewFiles();
  const matches = await inTurns(MATCHES, () => seated(first.url));
  const moved = matches.filter((_, at) => at % MOVED === 0);
  const moves = new Map<string, readonly Move[]>();
  for (const match of moved) {
    const sitter = await sit(first.url, match);
    expect(await sitter.first()).toMatchObject({ ok: true });
    expect(await sitter.say(`of ${match.id}`)).toMatchObject({ ok: true });
    await expect.poll(() => sitter.view.moves).toHaveLength(1);
    moves.set(match.id, sitter.view.moves);
    sitter.leave();
  }
  await first.kill();

  const again = await serveWithFewFiles();
  expect(again.resumed).toBe(MATCHES);
  for (const match of moved) {
    const sitter = await sit(again.url, match);
    expect(sitter.view.moves).toEqual(moves.get(match.id));
    await expect.poll(() => sitter.chat.map(({ payload }) => payload)).toEqual([`of ${match.id}`]);
    await expect.poll(() => sitter.view.asked, { timeout: 20_000 }).not.toBeNull();
    expect(await sitter.first()).toMatchObject({ ok: true });
    sitter.leave();
  }
  await again.kill();
}, 240_000);
