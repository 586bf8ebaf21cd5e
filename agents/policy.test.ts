import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import goofspiel from '../envs/goofspiel/index.js';
import kuhn from '../envs/kuhn-poker/index.js';
import { writePolicy } from '../policies/folder.js';
import { savedTable } from '../policies/kinds/table.js';
import type { Strategy } from '../policies/solver.js';
import { strategyOf } from '../policies/table.js';
import { compile } from '../policies/tree/compile.js';
import { actionsOf, type GameTree } from '../policies/tree/game-tree.js';
import type { AgentFactory } from '../src/core/agent.js';
import { readConfig } from '../src/core/config.js';
import type { Environment } from '../src/core/environment.js';
import type { JsonObject } from '../src/core/json.js';
import { type PlayedStep, runEpisode } from '../src/core/play.js';
import { episodeSeed, stream } from '../src/core/rng.js';
import policy from './policy.js';
import random from './random.js';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ludus-seated-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A strategy in which every probability is another one, so that a row taken for another shows. */
function oddStrategy(tree: GameTree): Strategy {
  const profile = new Float64Array(actionsOf(tree));
  const rng = stream(1, 'odd');
  const { count, offset } = tree.states;
  for (let state = 0; state < count; state++) {
    const row = profile.subarray(offset[state], offset[state + 1]);
    for (let at = 0; at < row.length; at++) row[at] = 0.1 + rng.float();
    const sum = row.reduce((total, one) => total + one, 0);
    for (let at = 0; at < row.length; at++) row[at] = (row[at] as number) / sum;
  }
  return strategyOf(tree, profile);
}

async function seated(
  name: string,
  environment: Environment,
  config: JsonObject,
  strategy: Strategy,
): Promise<AgentFactory> {
  const folder = join(home, name);
  const { id, version } = environment.spec;
  const algorithm = { id: 'odd', options: {}, seed: '1', iterations: 3 };
  writePolicy(folder, savedTable(strategy, { environment: { id, version, config }, algorithm, metrics: {} }));
  return policy.open(folder);
}

/** Plays episodes with one policy in all seats. Gives every decision. */
async function decisionsOf(environment: Environment, config: JsonObject, agent: AgentFactory, episodes: number) {
  const { seats } = environment.spec.facts(config);
  const agents = new Array<AgentFactory>(seats).fill(agent);
  const decided: NonNullable<PlayedStep['seats']>[number][] = [];
  for (let index = 0; index < episodes; index++) {
    const seed = episodeSeed(5, index);
    await runEpisode({ environment, config, agents, seed }, (progress) => {
      if (progress.kind === 'step') decided.push(...Object.values(progress.step.seats ?? {}));
    });
  }
  return decided;
}

describe('a saved table at the table', () => {
  it.each([
    ['kuhn-poker', kuhn, readConfig(kuhn.spec)],
    ['goofspiel', goofspiel, readConfig(goofspiel.spec, { set: { cards: 3 } })],
  ] as const)('plays its own rows in %s, and meets nearly all of them', async (name, environment, config) => {
    const tree = compile(environment, config);
    const strategy = oddStrategy(tree);
    const decided = await decisionsOf(environment, config, await seated(name, environment, config, strategy), 600);
    const met = new Set(decided.map(({ candidates }) => JSON.stringify(candidates)));
    const rows = strategy.options.map((options, state) =>
      options.map((id, at) => ({ id, probability: strategy.probabilities[(strategy.offset[state] as number) + at] })),
    );
    const known = new Set(rows.map((row) => JSON.stringify(row)));
    expect([...met].filter((row) => !known.has(row))).toEqual([]);
    expect(met.size).toBeGreaterThan(0.8 * known.size);
  });

  it('draws as often as its rows say', async () => {
    const config = { players: 2 };
    const agent = await seated('often', kuhn, config, oddStrategy(compile(kuhn, config)));
    const decided = await decisionsOf(kuhn, config, agent, 3000);
    const count = new Map<string, { times: number; first: number }>();
    for (const { move, candidates } of decided) {
      const [first] = candidates as unknown as { id: string }[];
      const seen = count.get(JSON.stringify(candidates)) ?? { times: 0, first: 0 };
      count.set(JSON.stringify(candidates), { times: seen.times + 1, first: seen.first + Number(move === first?.id) });
    }
    for (const [text, { times, first }] of count) {
      const [{ probability: p }] = JSON.parse(text) as [{ probability: number }];
      expect(Math.abs(first - times * p)).toBeLessThan(4.5 * Math.sqrt(times * p * (1 - p)));
    }
  });

  it('crashes in words where it does not know the state, and never plays on by chance', async () => {
    const config = { players: 2 };
    const { names, options, offset, probabilities } = oddStrategy(compile(kuhn, config));
    const last = names.length - 1;
    const short = { names: names.slice(0, last), options: options.slice(0, last), offset: offset.slice(0, last + 1) };
    const agent = await seated('short', kuhn, config, {
      ...short,
      probabilities: probabilities.slice(0, offset[last]),
    });
    const reasons: string[] = [];
    for (let index = 0; index < 60; index++) {
      const ending = await runEpisode({
        environment: kuhn,
        config,
        agents: [agent, agent],
        seed: episodeSeed(1, index),
      });
      reasons.push(...Object.values(ending.forfeits ?? {}).flatMap((tries) => tries.map(({ reason }) => reason)));
    }
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toContain(`knows 11 information states, but not ${names[last]}`);
  });

  it('refuses another game when it is seated', async () => {
    const config = { players: 2 };
    const agent = await seated('two', kuhn, config, oddStrategy(compile(kuhn, config)));
    const factory = await random.open('');
    const play = runEpisode({ environment: kuhn, config: { players: 3 }, agents: [factory, agent, factory], seed: 1 });
    await expect(play).rejects.toThrow('made for kuhn-poker with players = 2, and here it is 3');
  });

  it('a path where nothing lies is refused in words', async () => {
    await expect(policy.open('')).rejects.toThrow('no file or folder ""');
    await expect(policy.open(home)).rejects.toThrow('is no policy folder');
  });
});
