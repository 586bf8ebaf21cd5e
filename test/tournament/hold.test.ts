import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecords } from '../../replays/read.js';
import { holdFolder } from '../../src/arena/hold.js';
import { type Finished, ludusIn } from '../command-line.js';
import { after, answers } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';

let home: string;
let server: ModelServer;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'ludus-held-'));
  server = await startModelServer(() => after(20, answers('<answer>1</answer>')));
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

/** What holds a folder: a file for each run that is writing there, or was killed there. */
function holds(folder: string): string[] {
  return readdirSync(join(home, folder)).filter((name) => name.endsWith('.lock'));
}

async function recordsIn(folder: string): Promise<number> {
  const ids = new Set<string>();
  let count = 0;
  for await (const read of readRecords(join(home, folder))) {
    if ('problem' in read) throw new Error(read.problem);
    ids.add(read.record.id);
    count++;
  }
  expect(ids.size).toBe(count);
  return count;
}

const BLOCKS = 5;

describe.each([
  {
    verb: 'tournament',
    folder: 'cup',
    begin: (model: string) => `goofspiel --agent one=${model} --agent two=${model} --no-anchors --blocks ${BLOCKS}`,
    planned: 2 * BLOCKS,
  },
  {
    verb: 'rollout',
    folder: 'many',
    begin: (model: string) => `goofspiel --seat 0=${model} --seat 1=${model} -n ${BLOCKS} --workers 1`,
    planned: BLOCKS,
  },
])('a folder of a $verb', ({ verb, folder, begin, planned }) => {
  const more = '--on-failure substitute --tries 1 --seed 7';
  const resumed = (killWhen?: () => boolean): Promise<Finished> =>
    ludusIn(home, `${verb} --resume ${folder} --json`, killWhen === undefined ? {} : { killWhen });

  it('is left to the next by a process that was killed', async () => {
    const model = `llm:compatible/toy@${server.origin}/v1,answers=words`;
    const until = server.received.length + 5;
    const plan = `${verb} ${begin(model)} ${more} --out ${folder}`;
    const killed = await ludusIn(home, plan, { killWhen: () => server.received.length >= until });
    expect(killed.code, killed.err).toBeNull();
    expect(holds(folder)).toHaveLength(1);
    const again = server.received.length + 5;
    expect((await resumed(() => server.received.length >= again)).code).toBeNull();
    expect(holds(folder)).toHaveLength(1);
  });

  it('is taken by one of two processes, and the other says by whom', async () => {
    const both = await Promise.all([resumed(), resumed()]);
    const [won, lost] = both.sort((a, b) => Number(a.code) - Number(b.code)) as [Finished, Finished];
    expect([won.code, lost.code], won.err + lost.err).toEqual([0, 2]);
    expect(lost.err).toMatch(new RegExp(`^ludus: ${folder} is in use: process \\d+ on \\S+ writes there since`));
    expect(holds(folder)).toEqual([]);
    expect(await recordsIn(folder)).toBe(planned);
  });
});

/** A holder's file: this process, unless said otherwise. */
function held(other: object): string {
  return JSON.stringify({ pid: process.pid, host: hostname(), born: null, since: 'yesterday', ...other });
}

it('tells a process from a later one of the same number', async () => {
  const folder = join(home, 'reused');
  const file = join(folder, 'in-use-x.lock');
  mkdirSync(folder);
  writeFileSync(file, held({}));
  await expect(holdFolder(folder)).rejects.toThrow(`process ${process.pid} on ${hostname()}`);
  // NOTE: where there is no /proc, a number in use is all that can be known.
  if (!existsSync('/proc/self/stat')) return;
  writeFileSync(file, held({ born: '1' }));
  const release = await holdFolder(folder);
  expect(existsSync(file)).toBe(false);
  await expect(holdFolder(folder)).rejects.toThrow('is in use');
  release();
  expect(readdirSync(folder)).toEqual([]);
});

it('says which file to remove where the holder cannot be looked at', async () => {
  const folder = 'elsewhere';
  const begun = await ludusIn(home, `rollout kuhn-poker -n 1 --workers 1 --seed 1 --out ${folder} --json`);
  expect(begun.code, begun.err).toBe(0);
  const file = join(home, folder, 'in-use-x.lock');
  writeFileSync(file, held({ host: 'another machine' }));
  const { code, err } = await ludusIn(home, `rollout --resume ${folder}`);
  expect(code).toBe(2);
  expect(err).toContain('on another machine writes there since yesterday');
  expect(err).toContain(`remove ${join(folder, 'in-use-x.lock')}`);
  expect(existsSync(file)).toBe(true);
});
