import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import policyAgent from '../../agents/policy.js';
import randomAgent from '../../agents/random.js';
import scriptedAgent from '../../agents/scripted.js';
import werewolf from '../../envs/werewolf/index.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { Json } from '../../src/core/json.js';
import { runEpisode } from '../../src/core/play.js';
import { stream } from '../../src/core/rng.js';
import { ACTOR_CRITIC } from '../../src/nn/actor-critic.js';
import { readNet } from '../../src/nn/export.js';
import { profileByAsking } from '../ask.js';
import { readPolicy, writePolicy } from '../folder.js';
import { policyKind } from '../found.js';
import { gameOf } from '../game.js';
import { Evaluator } from '../grading/evaluator.js';
import type { Learning, Supplies } from '../learner.js';
import { probabilitiesOf } from '../networks.js';
import type { Game } from '../solver.js';
import { type Profile, uniformProfile } from '../tree/game-tree.js';
import { TreeWalk } from './deep/tree-walk.js';
import ppo from './ppo.js';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ludus-ppo-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const AGENTS: { readonly [spec: string]: AgentFactory | Promise<AgentFactory> } = {
  random: randomAgent.open(''),
  scripted: scriptedAgent.open(''),
};
const supplies: Supplies = {
  agent: async (spec) => AGENTS[spec] as AgentFactory,
  async *records() {},
};
const SMALL = { episodes: 200, batch: 128, learningRate: 3e-3, hidden: [32, 32] };

async function game(id: string, set: { readonly [path: string]: Json } = {}): Promise<Game> {
  const environment = await new Catalogue({ environments: [], agents: [] }).environment(id);
  return gameOf(environment, readConfig(environment.spec, { set }));
}

async function trained(on: Game, options: object, iterations: number, seed = '1'): Promise<Learning> {
  const learning = await ppo.open(on, { ...options }, stream(seed, 'test'), supplies);
  for (let at = 0; at < iterations; at++) await learning.iterate();
  return learning;
}

/** What the network that a policy holds plays, at all seats, whatever part of the table it is meant for. */
async function networkProfile(learning: Learning, { environment, config, tree }: Game): Promise<Profile> {
  const folder = join(home, 'network');
  writePolicy(folder, await learning.policy());
  const { seat } = await (await policyKind('network')).open(readPolicy(folder));
  return profileByAsking(tree(), environment, config, (place) => seat(place));
}

/** What a seat expects against uniform play, and the most it could. */
async function against(learning: Learning, on: Game, seat: number): Promise<{ value: number; best: number }> {
  const tree = on.tree();
  const evaluator = new Evaluator(tree);
  const uniform = uniformProfile(tree);
  const profile = uniform.slice();
  const own = await networkProfile(learning, on);
  for (let state = 0; state < tree.states.count; state++) {
    if (tree.states.seat[state] !== seat) continue;
    const [from, to] = [tree.states.offset[state] as number, tree.states.offset[state + 1] as number];
    profile.set(own.subarray(from, to), from);
  }
  const value = evaluator.expectedReturns(profile)[seat] as number;
  return { value, best: evaluator.bestResponse(uniform, seat).value };
}

describe('best responses', () => {
  it.each([0, 1])('Kuhn poker, seat %i: within 0.05 of the exact best response to random play', async (seat) => {
    const on = await game('kuhn-poker');
    const learning = await trained(on, { ...SMALL, learns: seat, others: 'random' }, 25);
    const { value, best } = await against(learning, on, seat);
    expect(value).toBeGreaterThan(best - 0.05);
    expect(value).toBeLessThanOrEqual(best + 1e-6);
    await learning.close();
  });

  it('Kuhn poker: a network that learnt nothing is not', async () => {
    const on = await game('kuhn-poker');
    for (const seat of [0, 1]) {
      const { value, best } = await against(await trained(on, SMALL, 0), on, seat);
      expect(value).toBeLessThan(best - 0.05);
    }
  });
});

describe('what it hands over', () => {
  it('plays with the probabilities that its weights give by hand', async () => {
    const on = await game('leduc-poker');
    const learning = await trained(on, SMALL, 2);
    const { files } = await learning.policy();
    const { params } = readNet(ACTOR_CRITIC, files['policy.onnx'] as Uint8Array);
    const profile = await networkProfile(learning, on);
    const affine = (x: readonly number[], name: string): number[] => {
      const [w, b] = [params.get(`${name}.w`), params.get(`${name}.b`)];
      return Array.from(b, (bias, to) =>
        x.reduce((sum, one, from) => sum + one * (w[from * b.length + to] ?? 0), bias),
      );
    };
    const bend = (x: readonly number[]): number[] => x.map((one) => Math.max(0, one));
    const walk = new TreeWalk(on);
    for (const [state, information] of walk.informations.entries()) {
      const top = bend(affine(bend(affine([...information.features], 'h0')), 'h1'));
      const expected = probabilitiesOf('logits', Float32Array.from(affine(top, 'logits')), information);
      const from = on.tree().states.offset[state] as number;
      for (const [at, one] of expected.entries())
        expect(Math.abs((profile[from + at] as number) - one)).toBeLessThan(1e-6);
    }
    await learning.close();
  });

  it('goes on from a saved state as if it had never stopped', async () => {
    const on = await game('kuhn-poker');
    const whole = await trained(on, SMALL, 4);
    const before = await trained(on, SMALL, 2);
    const after = await trained(on, SMALL, 0, 'other');
    await after.restore(await before.save());
    for (let at = 0; at < 2; at++) await after.iterate();
    expect(after.iterations).toBe(4);
    expect((await after.save()).files).toEqual((await whole.save()).files);
    expect((await after.policy()).files).toEqual((await whole.policy()).files);
    for (const learning of [whole, before, after]) await learning.close();
  });
});

describe('a part of a table', () => {
  const config = readConfig(werewolf.spec);
  const WOLVES = { learns: 'role=werewolf', speaker: 'scripted', others: 'scripted', episodes: 8, batch: 64 };

  it('is learnt by seats of a role, with a speaker for what is no choice, and sits at a table like that', async () => {
    const learning = await trained(await game('werewolf'), { ...WOLVES, advice: true }, 1);
    const folder = join(home, 'wolves');
    writePolicy(folder, await learning.policy());
    const agent = await policyAgent.open(folder);
    const agents = new Array<AgentFactory>(7).fill(agent);
    let chosen = 0;
    const ending = await runEpisode({ environment: werewolf, config, seed: 1, agents, tries: 1 }, (told) => {
      if (told.kind !== 'step') return;
      for (const decided of Object.values(told.step.seats ?? {})) {
        expect(decided.substituted).toBeUndefined();
        if (decided.candidates !== undefined) chosen++;
      }
    });
    expect(ending.how).toBe('rules');
    expect(chosen).toBeGreaterThan(0);
    await learning.close();
  });

  it('is mostly played as advised by a network that learnt nothing', async () => {
    const learning = await trained(await game('werewolf'), { ...WOLVES, advice: true }, 0);
    const folder = join(home, 'advised');
    writePolicy(folder, await learning.policy());
    const opened = await (await policyKind('network')).open(readPolicy(folder));
    const advised = (await policyAgent.open(folder)) satisfies AgentFactory;
    let most = 0;
    let all = 0;
    for (let seed = 0; seed < 20; seed++) {
      const agents = new Array<AgentFactory>(7).fill(advised);
      await runEpisode({ environment: werewolf, config, seed, agents }, (told) => {
        if (told.kind !== 'step') return;
        for (const { candidates } of Object.values(told.step.seats ?? {})) {
          const chances = ((candidates ?? []) as { readonly probability: number }[]).map((one) => one.probability);
          if (chances.length < 3) continue;
          all++;
          if (Math.max(...chances) > 2 / chances.length) most++;
        }
      });
    }
    expect(opened.playsPart?.part.advice).toBe(true);
    expect(most / all).toBeGreaterThan(0.9);
    await learning.close();
  });

  it.each([
    [{ ...WOLVES, speaker: null }, /does not play a turn of kind text, and no agent is named that does/],
    [{ ...WOLVES, learns: 'role=wolf' }, /no seat that learns \("role=wolf"\) had a choice.*view has: you, role/],
    [{ ...WOLVES, learns: 9 }, /seats from 0 to 6 here/],
    [{ ...WOLVES, learns: 'wolves' }, /seats from 0 to 6 here/],
    [{ ...WOLVES, speaker: null, advice: true }, /name one/],
    [{ ...WOLVES, advice: true, hidden: [8] }, /a unit for each of the \d+ actions, not 8/],
    [{ ...WOLVES, rate: 1 }, /option rate: there is no such field/],
  ])('refuses %j', async (options, message) => {
    await expect(game('werewolf').then((on) => trained(on, options, 1))).rejects.toThrow(message);
  });

  it('is refused elsewhere where nobody is named to play the rest', async () => {
    const on = await game('kuhn-poker');
    const learning = await trained(on, { ...SMALL, learns: 0, others: 'random' }, 0);
    const saved = await learning.policy();
    const details = { ...saved.manifest.details, part: { learns: 0 } };
    const folder = join(home, 'alone');
    writePolicy(folder, { ...saved, manifest: { ...saved.manifest, details } });
    const agent = await policyAgent.open(folder);
    const place = { environment: on.environment, config: on.config, rng: stream(1, 'seat') };
    expect(() => agent({ ...place, seat: 0 })).not.toThrow();
    expect(() => agent({ ...place, seat: 1 })).toThrow('the policy plays player_0, not player_1');
  });

  it('needs a way to open agents', async () => {
    const opening = ppo.open(await game('kuhn-poker'), { learns: 0, others: 'random' }, stream(1, 'test'));
    await expect(opening).rejects.toThrow('to play with "random" the learner must be handed a way to open agents');
  });
});
