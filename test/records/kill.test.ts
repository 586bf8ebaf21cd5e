import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readJournal } from '../../replays/journal.js';
import { readRecords } from '../../replays/read.js';
import { verify } from '../../replays/verify.js';
import { Catalogue, Rng } from '../../src/index.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** NOTE: more than a fast machine plays within all the lives together, so that every kill hits a run at work. */
const EPISODES = 10_000;
const KILLS = 20;

function start(args: readonly string[]): ChildProcess {
  const main = join(ROOT, 'src/cli/main.ts');
  return spawn(process.execPath, ['--import', 'tsx', main, 'rollout', ...args], { cwd: ROOT, stdio: 'ignore' });
}

function exit(process: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => process.once('exit', (code) => resolve(code)));
}

function journals(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.journal'))
    .map((name) => join(folder, name));
}

/** Whether an episode in progress lies in a journal: some steps done, the end not reached. */
function isHalfDone(file: string): boolean {
  return (readJournal(file)?.past.steps.length ?? 0) > 0;
}

/** Waits until workers are at work, so that a kill hits play and not start-up. */
async function untilPlaying(folder: string, since: number): Promise<void> {
  // NOTE: the run may move a journal away between listing it and looking at it.
  const touched = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const fresh = (file: string) => file.includes('slot-') && touched(file) > since;
  for (let tries = 0; tries < 4000; tries++) {
    if (existsSync(folder) && journals(folder).some(fresh)) return;
    await sleep(5);
  }
  throw new Error('the rollout never began to play');
}

it(`${KILLS} kills of a rollout lose no episode and double none`, { timeout: 600_000 }, async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'ludus-')), 'run');
  const rng = new Rng([1, 2, 3, 4]);
  const args = [
    'werewolf',
    '-n',
    String(EPISODES),
    '--workers',
    '2',
    '--seed',
    '3',
    '--clock',
    'fixed',
    '--out',
    folder,
  ];
  let half = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const since = Date.now();
    const running = start(kill === 0 ? args : ['--resume', folder, '--workers', '2']);
    const gone = exit(running);
    await untilPlaying(folder, since);
    await sleep(rng.below(60));
    running.kill('SIGKILL');
    expect(await gone).toBeNull();
    if (journals(folder).some(isHalfDone)) half++;
  }
  expect(await exit(start(['--resume', folder, '--workers', '2']))).toBe(0);
  const environment = await new Catalogue().environment('werewolf');
  const seeds = new Map<string, number>();
  for await (const read of readRecords(folder)) {
    if ('problem' in read) throw new Error(`${read.file}:${read.line}: ${read.problem}`);
    expect(verify(read.record, environment)).toBeNull();
    seeds.set(read.record.seed, (seeds.get(read.record.seed) ?? 0) + 1);
  }
  console.log(`kills: ${KILLS}, of which ${half} hit an episode half done; episodes: ${seeds.size}`);
  expect(seeds.size).toBe(EPISODES);
  expect([...seeds.values()].every((count) => count === 1)).toBe(true);
  expect(half).toBeGreaterThanOrEqual(10);
  expect(journals(folder)).toEqual([]);
});
