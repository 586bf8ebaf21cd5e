import { describe, expect, it } from 'vitest';
import scriptedAgent from '../../../agents/scripted.js';
import werewolf from '../../../envs/werewolf/index.js';
import type { AgentFactory } from '../../../src/core/agent.js';
import { readConfig } from '../../../src/core/config.js';
import { episodeSeed, stream } from '../../../src/core/rng.js';
import { actorCritic } from '../../../src/nn/actor-critic.js';
import { toOnnx } from '../../../src/nn/export.js';
import { initParams } from '../../../src/nn/params.js';
import { BatchedNetwork } from '../../batched.js';
import { encoderOf } from '../../encoding.js';
import { gameOf } from '../../game.js';
import { openPart, type Part } from '../../part.js';
import { type Playing, playEpisodes } from './episodes.js';

const config = readConfig(werewolf.spec, { preset: 'lspo-7' });
const scripted = scriptedAgent.open('') as AgentFactory;
const SEEDS = Array.from({ length: 40 }, (_, at) => episodeSeed(1, at));

async function playing(given: Partial<Part> = {}): Promise<Playing> {
  const encoder = encoderOf(werewolf, config);
  const actions = encoder.vocabulary.length;
  const net = actorCritic({ in: encoder.width, hidden: [16], actions });
  const file = toOnnx(net, initParams(net.params, stream(1, 'net')));
  const network = await BatchedNetwork.open(file, { in: encoder.width, out: { logits: actions, value: 1 } });
  const told = { learns: 'all', speaker: 'scripted', advice: false, others: null, ...given } as const;
  const part = await openPart(told, werewolf.spec.facts(config), async () => scripted);
  return { game: gameOf(werewolf, config), network, encoder, part, scale: 560 };
}

describe('playEpisodes', () => {
  it('pays each seat its whole return, and what is told at the end only then', async () => {
    const trajectories = await playEpisodes(await playing(), SEEDS);
    expect(trajectories.length).toBeGreaterThan(5 * SEEDS.length);
    const before = new Set<number>();
    for (const { decisions, returned } of trajectories) {
      const paid = decisions.map(({ reward }) => Math.round(reward * 560 * 1e6) / 1e6);
      expect(paid.reduce((sum, one) => sum + one, 0)).toBeCloseTo(returned, 4);
      for (const between of paid.slice(0, -1)) before.add(between);
    }
    // NOTE: before the end only a round that was survived is told: votes and eliminations would tell who is a wolf.
    expect(before).toEqual(new Set([0, 5]));
    expect(new Set(trajectories.map(({ returned }) => returned)).size).toBeGreaterThan(20);
  });

  it('writes down what was played: legal, with its probability', async () => {
    for (const { decisions } of await playEpisodes(await playing(), SEEDS.slice(0, 5))) {
      for (const { legal, action, logp, features } of decisions) {
        expect(legal).toContain(action);
        expect(logp).toBeLessThanOrEqual(0);
        expect(features[features.length - 1]).toBeDefined();
      }
    }
  });

  it('does the same whatever else is played beside it', async () => {
    const together = await playEpisodes(await playing(), SEEDS);
    const alone = [];
    for (const seed of SEEDS.slice(0, 5)) alone.push(...(await playEpisodes(await playing(), [seed])));
    expect(together.slice(0, alone.length)).toEqual(alone);
  });

  it('is learnt from by those who learn alone', async () => {
    const wolves = await playEpisodes(await playing({ learns: 'role=werewolf', others: 'scripted' }), SEEDS);
    expect(wolves).toHaveLength(2 * SEEDS.length);
    const seated = await playEpisodes(await playing({ learns: [2, 4], others: 'scripted' }), SEEDS.slice(0, 5));
    expect(new Set(seated.map(({ seat }) => seat))).toEqual(new Set([2, 4]));
  });
});
