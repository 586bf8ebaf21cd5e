import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readJournal } from '../../replays/journal.js';
import { readRecords } from '../../replays/read.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { actorsOf } from '../../replays/steps.js';
import { verify } from '../../replays/verify.js';
import type { ModelCall } from '../../src/core/agent.js';
import { Catalogue } from '../../src/core/catalogue.js';
import type { Decided } from '../../src/core/decide.js';
import { Rng } from '../../src/core/rng.js';
import { type Finished, ludusIn } from '../command-line.js';
import { lastOf } from '../llm-agents/obliging.js';
import { answers, after as later } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';

/** Models at tables at once, so that no kill can lose more than so many calls that were under way. */
const AT_ONCE = 6;
const KILLS = 4;
const BLOCKS = 6;

let home: string;
let server: ModelServer;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'ludus-killed-'));
  const rng = new Rng([1, 2, 3, 4]);
  // NOTE: each answer says in its usage which request it answers, so that a paid call is known again in a record.
  server = await startModelServer((asked) =>
    later(rng.below(15), answers({ text: '<answer>1</answer>', usage: { prompt: 1, completion: asked.index } })),
  );
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

function ludus(line: string, killWhen?: () => boolean): Promise<Finished> {
  return ludusIn(home, `tournament ${line}`, killWhen === undefined ? {} : { killWhen });
}

type Usage = { readonly calls?: readonly Pick<ModelCall, 'usage'>[] };

/** The requests that a decision paid for, failed tries included. */
function paid({ calls = [], tries = [] }: Usage & { readonly tries?: readonly Usage[] }): number[] {
  return [...calls, ...tries.flatMap((one) => one.calls ?? [])].map(({ usage }) => Number(usage?.completionTokens));
}

function paidIn(record: EpisodeRecord): number[] {
  return record.steps.flatMap((step) => actorsOf(step).flatMap(([, decided]) => paid(decided)));
}

async function records(folder: string): Promise<EpisodeRecord[]> {
  const found: EpisodeRecord[] = [];
  if (!readdirSync(folder).some((name) => name.endsWith('.jsonl'))) return found;
  for await (const read of readRecords(folder)) {
    if ('record' in read) found.push(read.record);
    else if (!read.torn) throw new Error(read.problem);
  }
  return found;
}

/** The requests whose turns are finished and on disk. */
async function safe(folder: string): Promise<number[]> {
  const journals = readdirSync(folder).filter((name) => name.endsWith('.journal'));
  const steps = journals.flatMap((name) => readJournal(join(folder, name))?.past.steps ?? []);
  const decided = steps.flatMap(({ seats }) => Object.values(seats ?? {}) as Decided[]);
  return [...(await records(folder)).flatMap(paidIn), ...decided.flatMap(paid)];
}

it(`${KILLS} kills lose no game, double none, and pay for no finished turn again`, async () => {
  const folder = join(home, 'cup');
  const rng = new Rng([5, 6, 7, 8]);
  const agents = ['one', 'two'].map((name) => `--agent ${name}=llm:compatible/toy@${server.origin}/v1,answers=words`);
  const limit = `--limit compatible@${server.origin}/v1=${AT_ONCE}`;
  const plan = `goofspiel ${agents.join(' ')} --no-anchors --blocks ${BLOCKS} --on-failure substitute --tries 1`;
  const kept = new Set<number>();
  for (let kill = 0; kill < KILLS; kill++) {
    const until = server.received.length + 5 + rng.below(25);
    const what = kill === 0 ? `${plan} --seed 7 --out cup` : '--resume cup';
    const killed = await ludus(`${what} ${limit}`, () => server.received.length >= until);
    expect(killed.code, killed.err).toBeNull();
    for (const request of await safe(folder)) kept.add(request);
  }
  const finished = await ludus(`--resume cup ${limit} --json`);
  expect(finished.code, finished.err).toBe(0);
  expect(JSON.parse(finished.out)).toMatchObject({ games: 2 * BLOCKS });
  const goofspiel = await new Catalogue().environment('goofspiel');
  const all = await records(folder);
  for (const record of all) expect(verify(record, goofspiel)).toBeNull();
  expect(new Set(all.map(({ id }) => id)).size).toBe(2 * BLOCKS);
  expect(all).toHaveLength(2 * BLOCKS);
  const used = all.flatMap(paidIn);
  expect(new Set(used).size).toBe(used.length);
  expect(kept.size).toBeGreaterThan(KILLS * 5);
  expect([...kept].filter((request) => !used.includes(request))).toEqual([]);
  expect(server.received.length - used.length).toBeLessThanOrEqual(KILLS * AT_ONCE);
  expect(readdirSync(folder).filter((name) => name.endsWith('.journal'))).toEqual([]);
});

it('after a kill each model is asked, byte for byte, what an undisturbed run asks it', async () => {
  const agents = ['one', 'two'].map(
    (name, at) => `--agent ${name}=llm:compatible/toy@${server.origin}/v1,answers=words,seed=${at},memory=window:3`,
  );
  const plan = `goofspiel ${agents.join(' ')} --no-anchors --blocks 2 --on-failure substitute --tries 3 --seed 7`;
  const dice = new Rng([9, 8, 7, 6]);
  // NOTE: now and then an answer that fails once, by the request alone.
  server.play((asked) => {
    const options = [...asked.raw.matchAll(/- (bid \d+)/g)].map(([, bid]) => bid);
    const fails = asked.raw.length % 5 === 0 && !lastOf(asked).includes('tries are left');
    return later(dice.below(15), answers(`<answer>${fails ? 'nothing' : options.at(-1)}</answer>`));
  });
  const received = (from: number) => [...new Set(server.received.slice(from).map(({ raw }) => raw))].sort();
  let from = server.received.length;
  const whole = await ludus(`${plan} --out whole`);
  expect(whole.code, whole.err).toBe(0);
  const undisturbed = received(from);
  from = server.received.length;
  const until = from + 40 + dice.below(40);
  const killed = await ludus(`${plan} --out killed`, () => server.received.length >= until);
  expect(killed.code, killed.err).toBeNull();
  const resumed = await ludus('--resume killed');
  expect(resumed.code, resumed.err).toBe(0);
  expect(undisturbed.length).toBeGreaterThan(100);
  expect(received(from).filter((raw) => !undisturbed.includes(raw))).toEqual([]);
  expect(received(from)).toHaveLength(undisturbed.length);
});
