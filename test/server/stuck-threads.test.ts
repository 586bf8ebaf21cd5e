import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { parseRecord } from '../../replays/read.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { Threads } from '../../src/server/threads/threads.js';
import { openTables, type Tables } from './tables.js';

const GAME = 'kuhn-poker';
/** What a thread may take up, in megabytes. */
const MEMORY = 64;
const SOUND = 'ismcts:40';

const catalogue = new Catalogue();
const folder = mkdtempSync(join(tmpdir(), 'ludus-threads-'));
const threads = new Threads(1, MEMORY);
const open: Tables[] = [];

afterEach(async () => {
  for (const tables of open.splice(0)) await tables.close();
});
afterAll(() => {
  threads.close();
  rmSync(folder, { recursive: true });
});

/** The agent of a policy that does something as soon as it is to choose. */
async function doing(what: string) {
  const file = join(folder, `policy-${what.length}.mjs`);
  writeFileSync(file, `export default { manifest: { agent: 'bad' }, probabilities() { ${what} } };`);
  return inThread(`policy:${file}`);
}

async function inThread(spec: string) {
  return threads.factory(spec, await catalogue.agent(spec));
}

/** Plays a game between two agents, and gives how it ended and whose moves the table had to make. */
async function played(tables: Tables, agents: { readonly [seat: number]: string }) {
  const { id } = await tables.full(GAME, undefined, { agents });
  await expect.poll(() => tables.hall.match(id).over?.record, { timeout: 20_000 }).toMatch(/^\w+$/);
  const read = parseRecord((await tables.store.record(id)) as string);
  if ('problem' in read) throw new Error(read.problem);
  const made = read.record.steps.flatMap(({ seats = {} }) =>
    Object.entries(seats).map(([seat, { substituted = false, tries = [] }]) => ({ seat, substituted, tries })),
  );
  return { how: read.record.end.how, made };
}

test.each([
  ['never returns', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);', 'no answer within 1500 ms'],
  ['ends its thread', 'process.exit(3);', 'has ended'],
  ['uses up all memory', 'const all = []; for (;;) all.push(new Array(10_000).fill(all.length));', 'memory limit'],
])(
  'an agent that %s costs its own seat its moves, and nobody else anything',
  async (_what, what, reason) => {
    const seated = [['bad', await doing(what)] as const, ['sound', await inThread(SOUND)] as const];
    const tables = await openTables([GAME], { seated, hall: { agentMs: 1500 } });
    open.push(tables);
    const { how, made } = await played(tables, { 0: 'bad', 1: 'sound' });
    expect(how).toBe('rules');
    const bad = made.filter(({ seat }) => seat === '0');
    expect(bad.map(({ substituted }) => substituted)).not.toContain(false);
    expect(bad[0]?.tries[0]?.reason).toContain(reason);
    expect(made.filter(({ seat }) => seat === '1').map(({ substituted }) => substituted)).not.toContain(true);
    const after = await played(tables, { 0: 'sound', 1: 'sound' });
    expect(after.made.map(({ substituted }) => substituted)).not.toContain(true);
    expect(tables.problems).toEqual([]);
  },
  60_000,
);
