import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLanguageAgent } from '../../agents/llm/open.js';
import { readRecords } from '../../replays/read.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { actorsOf } from '../../replays/steps.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { Spent } from '../../src/core/errors.js';
import { newLedger } from '../../src/llm/ledger.js';
import { Models } from '../../src/llm/open.js';
import { ludusIn } from '../command-line.js';
import { answers, after as later } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';
import { lastOf } from './obliging.js';
import { play } from './table.js';

const USED = { prompt: 400, completion: 10 };
const TOKENS = USED.prompt + USED.completion;

let home: string;
let server: ModelServer;
let models: Models;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'ludus-budget-'));
  server = await startModelServer();
  const prices = { 'compatible/toy': { input: 1_000, output: 10_000 } };
  writeFileSync(join(home, 'ludus.config.json'), JSON.stringify({ prices }));
  models = new Models({ env: {}, folder: home, post: { patience: { attempts: 1 } } });
});
beforeEach(() => server.play(() => later(2, answers({ text: '<answer>bet</answer>', usage: USED }))));
afterAll(async () => {
  await server.close();
  await models.close();
  rmSync(home, { recursive: true, force: true });
});

const folder: AgentFactory = () => ({
  manifest: { agent: 'folder' },
  act: ({ space }) => ({ move: space.kind === 'choice' ? (space.options[0]?.id as string) : '' }),
});

const name = (rest = '') => `compatible/toy@${server.origin}/v1,answers=words,maxTokens=16${rest}`;

/** Plays until the budget ends it. Gives the games that were finished. */
async function untilSpent(model: AgentFactory): Promise<number> {
  for (let games = 0; games < 200; games++) {
    const thrown = await play([model, folder], { seed: games }).then(
      () => null,
      (error: unknown) => error,
    );
    if (thrown !== null) {
      expect(thrown).toBeInstanceOf(Spent);
      return games;
    }
  }
  throw new Error('no budget ended it');
}

describe('a budget of an agent', () => {
  it('of money stops before it is exceeded', async () => {
    const games = await untilSpent(await openLanguageAgent(name(',budgetCost=5'), models));
    const cost = (USED.prompt * 1_000 + USED.completion * 10_000) / 1e6;
    expect(games).toBeGreaterThan(0);
    expect(server.received.length * cost).toBeGreaterThan(0);
    expect(server.received.length * cost).toBeLessThanOrEqual(5);
  });

  it('of money is refused where nobody knows the price', async () => {
    const opening = openLanguageAgent(`compatible/other@${server.origin}/v1,budgetCost=5`, models);
    await expect(opening).rejects.toThrow('has no price, so its cost cannot be limited');
  });

  it('of time calls nobody after it', async () => {
    const games = await untilSpent(await openLanguageAgent(name(',budgetMs=1'), models));
    expect(games).toBeLessThan(200);
    const before = server.received.length;
    const model = await openLanguageAgent(name(',budgetMs=100000'), models);
    await play([model, folder]);
    expect(server.received.length).toBeGreaterThan(before);
  });

  it('lets calls at once wait for each other instead of ending the run too early', async () => {
    const model = await openLanguageAgent(name(',budgetTokens=9000'), models);
    const played = await Promise.all([1, 2, 3, 4].map((seed) => play([model, folder], { seed })));
    expect(played.map(({ ending }) => ending.how)).toEqual(['rules', 'rules', 'rules', 'rules']);
  });

  it('is kept together by all agents of a run, beside their own', async () => {
    const spending = { tokens: 6_000, memory: newLedger() };
    const one = await openLanguageAgent(name(), models, spending);
    const other = await openLanguageAgent(name(',budgetTokens=1000000'), models, spending);
    await expect(
      (async () => {
        for (let seed = 0; ; seed++) await play([one, other], { seed });
      })(),
    ).rejects.toBeInstanceOf(Spent);
    expect(server.received.length * TOKENS).toBeLessThanOrEqual(6_000);
    expect(server.received.length * TOKENS).toBeGreaterThan(2_000);
  });
});

async function records(path: string): Promise<EpisodeRecord[]> {
  const found: EpisodeRecord[] = [];
  for await (const read of readRecords(path)) if ('record' in read) found.push(read.record);
  return found;
}

/** Calls in records; no try may have failed, for a spent budget is no failure of anybody's. */
function callsIn(all: readonly EpisodeRecord[]): number {
  const decided = all.flatMap(({ steps }) => steps.flatMap((step) => actorsOf(step).map(([, one]) => one)));
  expect(decided.flatMap(({ tries = [] }) => tries)).toEqual([]);
  return decided.flatMap(({ calls = [] }) => calls).length;
}

describe('a budget of a run', () => {
  const MOST = 90_000;
  it.each([
    [
      'tournament',
      'tournament goofspiel --agent one=A --agent two=A --no-anchors --blocks 8 --concurrency 3',
      16,
      'games',
    ],
    ['rollout on threads', 'rollout goofspiel --seat 0=A --seat 1=A -n 16 --workers 2 --concurrency 2', 16, 'episodes'],
  ])('%s: stops before it is exceeded, says what is left, and goes on', async (_, line, games, noun) => {
    server.play((asked) =>
      later(2, answers({ text: `<answer>${/- (bid \d+)/.exec(lastOf(asked))?.[1]}</answer>`, usage: USED })),
    );
    const path = line.split(' ')[0] as string;
    const whole = `${line.replaceAll('=A', `=llm:${name()}`)} --on-failure substitute --seed 7 --out ${path}`;
    const stopped = await ludusIn(home, `${whole} --budget-tokens ${MOST}`);
    expect(stopped.code, stopped.err).toBe(130);
    expect(stopped.err).toMatch(/the budget does not allow another call: \d+ of 90000 tokens are left/);
    expect(server.received.length * TOKENS).toBeLessThanOrEqual(MOST);
    expect(server.received.length * TOKENS).toBeGreaterThan(MOST / 2);
    const kept = await records(join(home, path));
    expect(kept.length).toBeGreaterThan(0);
    expect(stopped.err).toContain(`Stopped with ${games - kept.length} ${noun} left`);
    callsIn(kept);

    const resumed = await ludusIn(home, `${path} --resume ${path} --json`);
    expect(resumed.code, resumed.err).toBe(0);
    const all = await records(join(home, path));
    expect(new Set(all.map(({ seed, seats }) => JSON.stringify([seed, seats]))).size).toBe(games);
    expect(all).toHaveLength(games);
    expect(server.received.length - callsIn(all)).toBeLessThanOrEqual(2 * games);
    expect(readdirSync(join(home, path)).filter((file) => file.endsWith('.journal'))).toEqual([]);
  });

  it('a wrong key ends it too, in words, and is no interruption', async () => {
    const line = `rollout kuhn-poker --agents "(llm:${name()},fallback=false,memory=full)" -n 2 --workers 1 --out keyless`;
    server.play(() => (response) => {
      response.writeHead(401);
      response.end('no');
    });
    const ended = await ludusIn(home, line);
    expect(ended.code, ended.err).toBe(2);
    expect(ended.err).toContain('the key is missing, wrong or not allowed this');
    expect(ended.err).toContain('Stopped with 2 episodes left');
  });
});
