import { describe, expect, it } from 'vitest';
import { stream } from '../../core/rng.js';
import { decoderLm } from '../decoder.js';
import { lively } from '../decoder.testing.js';
import { type LmPolicy, lmPolicy, type Sampled } from '../sampler.js';
import { firstTokens, Prefixes } from './prefixes.js';

const net = decoderLm({ vocab: 13, context: 32, layers: 2, width: 8, heads: 2 });
const params = lively(net);
const answer = async (policy: LmPolicy, prompt: readonly number[]): Promise<Sampled> => {
  const [sampled] = await policy.sample([prompt], { maxTokens: 4, rng: stream(3, 'answer') });
  return sampled as Sampled;
};

describe('a policy that remembers', () => {
  it('answers as one that reads every prompt anew, however prompts share beginnings', async () => {
    const remembering = lmPolicy(net, params, { batch: 1, baked: true, remembers: true });
    const fresh = lmPolicy(net, params, { batch: 1, baked: true });
    const first = await answer(remembering, [1, 2, 3, 4]);
    const turn = [1, 2, 3, 4, ...first.tokens, 5, 6];
    const prompts = [turn, [1, 2, 9, 9, 9], turn, [1], [1, 2, 3], [7, 7], [...turn, 8]];
    const remembered: number[] = [];
    for (const prompt of prompts) {
      const [ours, plain] = [await answer(remembering, prompt), await answer(fresh, prompt)];
      expect(ours.tokens).toEqual(plain.tokens);
      ours.logps.forEach((logp, at) => {
        expect(logp).toBeCloseTo(plain.logps[at] as number, 5);
      });
      expect(plain.remembered).toBe(0);
      remembered.push(ours.remembered);
    }
    expect(remembered).toEqual([7, 2, 9, 0, 2, 0, 10]);
    await Promise.all([remembering.close(), fresh.close()]);
  });

  it('forgets what it read when the weights change, and refuses what it cannot keep apart', async () => {
    const policy = lmPolicy(net, params, { batch: 1, baked: true, remembers: true });
    await answer(policy, [1, 2, 3]);
    await policy.refresh();
    expect((await answer(policy, [1, 2, 3])).remembered).toBe(0);
    await policy.close();
    expect(() => lmPolicy(net, params, { batch: 2, baked: true, remembers: true })).toThrow('batch 1');
    expect(() => lmPolicy(net, params, { batch: 1, remembers: true })).toThrow('baked');
  });
});

describe('prefixes', () => {
  /** Two heads of one number a token: its id, and its id with 100 added. */
  const prefix = (...ids: number[]) => ({
    ids,
    past: { key: { dims: [1, 2, ids.length, 1], data: Float32Array.from([...ids, ...ids.map((id) => id + 100)]) } },
  });
  const made = (most?: number) =>
    new Prefixes<ReturnType<typeof prefix>['past']['key']>(
      ({ data, dims }, tokens) => firstTokens(data, dims, tokens),
      most,
    );

  it('are cut to what two sequences share, and to less than the prompt', () => {
    const prefixes = made();
    prefixes.keep(prefix(1, 2, 3));
    expect(prefixes.find([1, 2, 9])).toEqual(prefix(1, 2));
    expect(prefixes.find([1, 2, 3])).toEqual(prefix(1, 2));
    expect(prefixes.find([1, 2, 3, 4])).toEqual(prefix(1, 2, 3));
    expect(prefixes.find([9, 1])).toBeNull();
    expect(prefixes.find([1])).toBeNull();
  });

  it('are dropped when there is no more room, the oldest first, and when a longer one begins so', () => {
    const prefixes = made(40);
    prefixes.keep(prefix(1, 2));
    prefixes.keep(prefix(1, 2, 3));
    prefixes.keep(prefix(4, 5));
    expect(prefixes.find([1, 2, 3, 9])).toEqual(prefix(1, 2, 3));
    prefixes.keep(prefix(6, 7));
    expect(prefixes.find([1, 2, 3, 9])).toBeNull();
    expect(prefixes.find([4, 5, 9])).toEqual(prefix(4, 5));
  });
});
