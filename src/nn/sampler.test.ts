import { afterAll, describe, expect, it } from 'vitest';
import { stream } from '../core/rng.js';
import { decoderLm } from './decoder.js';
import { lively, logSoftmax, plainDecoder, plainLogps } from './decoder.testing.js';
import { Chooser } from './sampler/choose.js';
import { type LmPolicyOptions, lmPolicy, type Sampled, type SampleOptions } from './sampler.js';

const net = decoderLm({ vocab: 13, context: 12, layers: 2, width: 8, heads: 2 });
const params = lively(net);
const PROMPTS = [[1], [2, 3, 4, 5, 6], [7, 8], [9, 10, 11, 12, 0, 1, 2], [3, 3, 3]];

const policies: Record<string, ReturnType<typeof lmPolicy>> = {
  'weights fed': lmPolicy(net, params),
  'weights baked in': lmPolicy(net, params, { baked: true }),
  'two at a time': lmPolicy(net, params, { batch: 2 }),
};
afterAll(() => Promise.all(Object.values(policies).map((policy) => policy.close())));

const rng = (seed = 1) => stream(seed, 'sampling');

async function sampleWith(
  prompts: readonly number[][],
  options: Partial<SampleOptions>,
  how: LmPolicyOptions = {},
): Promise<Sampled[]> {
  const policy = lmPolicy(net, params, how);
  const sampled = await policy.sample(prompts, { maxTokens: 6, rng: rng(), ...options });
  await policy.close();
  return sampled;
}

describe.each(Object.keys(policies))('sampling with a cache, %s', (name) => {
  const policy = policies[name] as ReturnType<typeof lmPolicy>;

  it('takes the tokens that a whole pass at each step takes', async () => {
    const sampled = await policy.sample(PROMPTS, { maxTokens: 5, temperature: 0, rng: rng() });
    expect(sampled.map(({ tokens }) => tokens)).toEqual(PROMPTS.map((prompt) => greedy(prompt, 5)));
  });

  it('gives the log probabilities of plain loops, for prompts of every length', async () => {
    const sampled = await policy.sample(PROMPTS, { maxTokens: 5, rng: rng() });
    sampled.forEach(({ tokens, logps }, row) => {
      const prompt = PROMPTS[row] as number[];
      const plain = plainLogps(net.config, params, [...prompt, ...tokens]).slice(prompt.length - 1);
      expect(farthest(logps, plain)).toBeLessThan(1e-5);
    });
  });

  it('judges as it writes', async () => {
    const sampled = await policy.sample(PROMPTS, { maxTokens: 5, rng: rng() });
    const sequences = sampled.map(({ tokens }, row) => [...(PROMPTS[row] as number[]), ...tokens]);
    const judged = await policy.logps(sequences);
    judged.forEach((logps, row) => {
      expect(logps).toHaveLength((sequences[row] as number[]).length - 1);
      expect(farthest(logps, plainLogps(net.config, params, sequences[row] as number[]))).toBeLessThan(1e-5);
      const start = (PROMPTS[row] as number[]).length - 1;
      expect(farthest(logps.slice(start), (sampled[row] as Sampled).logps)).toBeLessThan(1e-5);
    });
  });
});

describe('an answer', () => {
  it('does not depend on the rows beside it', async () => {
    const all = await sampleWith(PROMPTS, {});
    const some = await sampleWith(PROMPTS.slice(0, 3), {});
    expect(some.map(({ tokens }) => tokens)).toEqual(all.slice(0, 3).map(({ tokens }) => tokens));
    const other = await sampleWith(PROMPTS, { rng: rng(2) });
    expect(other.map(({ tokens }) => tokens)).not.toEqual(all.map(({ tokens }) => tokens));
  });

  it('ends with a stop token, while others go on', async () => {
    const prompts = Array.from({ length: 12 }, (_, i) => [i]);
    const free = await sampleWith(prompts, { maxTokens: 8 });
    const stop = [2, 7];
    const stopped = await sampleWith(prompts, { maxTokens: 8, stop });
    const lengths = new Set(stopped.map(({ tokens }) => tokens.length));
    expect(lengths.size).toBeGreaterThan(3);
    stopped.forEach(({ tokens, ended }, row) => {
      const whole = (free[row] as Sampled).tokens;
      const at = whole.findIndex((token) => stop.includes(token));
      expect(tokens).toEqual(at < 0 ? whole : whole.slice(0, at + 1));
      expect(ended).toBe(at < 0 ? 'length' : 'stop');
    });
  });

  it('ends where the context does, and others go on', async () => {
    // Three rows, so that the one that has ended stays beside the others for a while.
    const [long, short, other] = await sampleWith([Array<number>(12).fill(4), [1], [2]], { maxTokens: 12 });
    expect([long?.tokens.length, long?.ended]).toEqual([1, 'length']);
    expect([short?.tokens.length, other?.tokens.length]).toEqual([12, 12]);
  });

  it('holds allowed tokens only, and its draws are out of those', async () => {
    const asked: string[] = [];
    const allowed = (row: number, soFar: readonly number[]) => {
      asked.push(`${row}:${soFar.length}`);
      return row === 0 ? undefined : [soFar.length, 12];
    };
    const [, second] = (await sampleWith([[1], [2]], { maxTokens: 3, allowed })) as [Sampled, Sampled];
    expect(asked).toEqual(['0:0', '1:0', '0:1', '1:1', '0:2', '1:2']);
    second.tokens.forEach((token, t) => {
      expect([t, 12]).toContain(token);
      const logs = logSoftmax(plainDecoder(net.config, params, [2, ...second.tokens.slice(0, t)]).at(-1) as number[]);
      const both = Math.log(Math.exp(logs[t] as number) + Math.exp(logs[12] as number));
      expect(second.logps[t]).toBeCloseTo(logs[token] as number, 4);
      expect(second.drawnLogps[t]).toBeCloseTo((logs[token] as number) - both, 4);
    });
    await expect(sampleWith([[1]], { allowed: () => [] })).rejects.toThrow('allowed: no token is left');
    await expect(sampleWith([[1]], { allowed: () => [13] })).rejects.toThrow(
      'allowed: 13 is no token; ids are 0 to 12',
    );
  });

  it('follows training at once, or after refresh where weights are baked in', async () => {
    const moving = params.clone();
    const fed = lmPolicy(net, moving);
    const baked = lmPolicy(net, moving, { baked: true });
    const sequence = [[1, 2, 3, 4]];
    const before = await baked.logps(sequence);
    expect(farthest((await fed.logps(sequence)).flat(), before.flat())).toBeLessThan(1e-5);
    moving.average(lively(net, 2), 0.5);
    const plain = plainLogps(net.config, moving, sequence[0] as number[]);
    expect(farthest((await fed.logps(sequence)).flat(), plain)).toBeLessThan(1e-5);
    expect(await baked.logps(sequence)).toEqual(before);
    await baked.refresh();
    expect(farthest((await baked.logps(sequence)).flat(), plain)).toBeLessThan(1e-5);
    await Promise.all([fed.close(), baked.close()]);
  });

  it('is refused for what is no prompt', async () => {
    await expect(sampleWith([[1], []], {})).rejects.toThrow('prompt 1 has 0 tokens; it takes 1 to 12');
    await expect(sampleWith([Array<number>(13).fill(1)], {})).rejects.toThrow('prompt 0 has 13 tokens');
    await expect(sampleWith([[13]], {})).rejects.toThrow('prompt 0 holds 13, which is no token: ids are 0 to 12');
    expect(await sampleWith([], {})).toEqual([]);
  });
});

describe('choosing', () => {
  const logits = Float32Array.of(1, 0, 2, -1, 0.5);
  const shares = (kept: readonly number[], temperature = 1): number[] => {
    const weights = [...logits].map((x, i) => (kept.includes(i) ? Math.exp(x / temperature) : 0));
    const total = weights.reduce((a, b) => a + b);
    return weights.map((x) => x / total);
  };

  it.each([
    { how: {}, expected: shares([0, 1, 2, 3, 4]) },
    { how: { temperature: 0.5 }, expected: shares([0, 1, 2, 3, 4], 0.5) },
    { how: { topK: 2 }, expected: shares([0, 2]) },
    { how: { topP: 0.6 }, expected: shares([0, 2]) },
    { how: { topK: 3, temperature: 2, topP: 0.99 }, expected: shares([0, 2, 4], 2) },
    { how: { temperature: 0 }, expected: [0, 0, 1, 0, 0] },
    { how: {}, allowed: [4, 1, 4], expected: shares([1, 4]) },
  ])('draws in proportion: $how $allowed', ({ how, allowed, expected }) => {
    const chooser = new Chooser(5, how);
    const draws = 20_000;
    const counts = [0, 0, 0, 0, 0];
    const dice = rng(3);
    for (let i = 0; i < draws; i++) {
      const { token, logp, drawnLogp } = chooser.choose(logits, allowed, dice);
      counts[token] = (counts[token] as number) + 1;
      if (counts[token] > 1) continue;
      expect(logp).toBeCloseTo(Math.log(shares([0, 1, 2, 3, 4])[token] as number), 6);
      expect(drawnLogp).toBeCloseTo(Math.log(expected[token] as number), 6);
    }
    // Four standard deviations.
    counts.forEach((count, i) => {
      const p = expected[i] as number;
      expect(Math.abs(count / draws - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / draws));
    });
  });

  it('refuses settings that mean nothing', () => {
    expect(() => new Chooser(5, { temperature: -1 })).toThrow('temperature is a number from 0, not -1');
    expect(() => new Chooser(5, { topK: 0 })).toThrow('topK is a whole number from 1, not 0');
    expect(() => new Chooser(5, { topP: 0 })).toThrow('topP is above 0 and at most 1, not 0');
  });
});

function greedy(prompt: readonly number[], count: number): number[] {
  const sequence = [...prompt];
  for (let i = 0; i < count; i++) {
    const logits = plainDecoder(net.config, params, sequence).at(-1) as number[];
    sequence.push(logits.indexOf(Math.max(...logits)));
  }
  return sequence.slice(prompt.length);
}

function farthest(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return Math.max(...a.map((x, i) => Math.abs(x - (b[i] as number))));
}
