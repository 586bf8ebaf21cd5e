import { describe, expect, it } from 'vitest';
import { stream } from '../core/rng.js';
import { decoderLm } from './decoder.js';
import { dpoLoss, grpoLoss } from './lm-losses.js';
import { initParams } from './params.js';
import { lmPolicy, type Sampled } from './sampler.js';
import { trainer } from './train.js';

type Rows = readonly (readonly number[])[];

describe('training', () => {
  const model = decoderLm({ vocab: 16, context: 12, layers: 1, width: 32, heads: 2 });

  it('on preferred answers raises the margin of pairs it has not seen', async () => {
    const params = initParams(model.params, stream(1, 'dpo'));
    const sizes = { batch: 32, seq: 9 };
    const training = await trainer({ net: model, params, ...dpoLoss({ beta: 0.5 }), sizes, adam: { lr: 3e-3 } });
    const before = lmPolicy(model, params.clone());
    const unseen = await pairs(before, 16, 99);
    expect(await training.measure(unseen)).toMatchObject({
      loss: near(Math.log(2)),
      metrics: { margin: near(0) },
    });
    for (let step = 0; step < 40; step++) await training.step(await pairs(before, 16, step));
    const { metrics } = await training.measure(unseen);
    expect(metrics.margin).toBeGreaterThan(2);
    expect(metrics.accuracy).toBeGreaterThan(0.9);
    await Promise.all([training.close(), before.close()]);
  });

  it('on rewards raises them, from a ratio of 1 on', async () => {
    const params = initParams(model.params, stream(1, 'grpo'));
    const policy = lmPolicy(model, params, { batch: 64 });
    const first = lmPolicy(model, params.clone(), { batch: 64 });
    const sizes = { batch: 64, seq: 10 };
    const training = await trainer({ net: model, params, ...grpoLoss(), sizes, adam: { lr: 5e-3 } });
    const rng = stream(1, 'rewards');
    const rewards: number[] = [];
    for (let iteration = 0; iteration < 40; iteration++) {
      const prompts = Array.from({ length: 4 }, () => [rng.below(16), rng.below(16)]).flatMap((prompt) =>
        Array<number[]>(16).fill(prompt),
      );
      const answers = await policy.sample(prompts, { maxTokens: 9, rng });
      const earned = answers.map(({ tokens }, row) => climbs([...(prompts[row] as number[]), ...tokens]));
      rewards.push(meanOf(earned));
      const report = await training.step(await rows(first, prompts, answers, advantages(earned, 16)));
      if (iteration > 0) continue;
      expect(report.metrics).toMatchObject({ kl: near(0), clipped: 0 });
      expect(Math.abs(report.loss)).toBeLessThan(1e-5);
    }
    expect(meanOf(rewards.slice(0, 3))).toBeLessThan(0.1);
    expect(meanOf(rewards.slice(-3))).toBeGreaterThan(0.2);
    await Promise.all([training.close(), policy.close(), first.close()]);
  });

  /** Prompts of 3 tokens with an answer of 4 even ones, which is chosen, and one of odd ones. */
  async function pairs(reference: ReturnType<typeof lmPolicy>, count: number, seed: number) {
    const rng = stream(seed, 'pairs');
    const sequences = Array.from({ length: count }, () => Array.from({ length: 3 }, () => rng.below(16))).flatMap(
      (prompt) => [0, 1].map((parity) => [...prompt, ...Array.from({ length: 4 }, () => 2 * rng.below(8) + parity)]),
    );
    const logps = await reference.logps(sequences);
    const place = (values: readonly number[]): number[] => Array.from({ length: 9 }, (_, t) => values[t] ?? 0);
    return {
      ids: Int32Array.from(sequences.flatMap((sequence) => place(sequence.slice(0, -1)))),
      targets: Int32Array.from(sequences.flatMap((sequence) => place(sequence.slice(1)))),
      mask: Float32Array.from(sequences.flatMap(() => place([0, 0, 1, 1, 1, 1]))),
      reference: Float32Array.from(logps, (row) => row.slice(2).reduce((a, b) => a + b, 0)),
    };
  }

  async function rows(
    first: ReturnType<typeof lmPolicy>,
    prompts: Rows,
    answers: readonly Sampled[],
    advantage: readonly number[],
  ) {
    const sequences = answers.map(({ tokens }, row) => [...(prompts[row] as number[]), ...tokens]);
    const reference = await first.logps(sequences);
    return {
      ids: Int32Array.from(sequences.flatMap((sequence) => sequence.slice(0, -1))),
      targets: Int32Array.from(sequences.flatMap((sequence) => sequence.slice(1))),
      mask: Float32Array.from(answers.flatMap(({ tokens }) => [0, ...tokens.map(() => 1)])),
      advantage: Float32Array.from(
        answers.flatMap(({ tokens }, row) => [0, ...tokens.map(() => advantage[row] as number)]),
      ),
      old: Float32Array.from(answers.flatMap(({ logps }) => [0, ...logps])),
      reference: Float32Array.from(reference.flat()),
    };
  }
});

/** How many tokens are the one after the token before, as a share. */
function climbs(sequence: readonly number[]): number {
  const answer = sequence.slice(2);
  return answer.filter((token, i) => token === ((sequence[i + 1] as number) + 1) % 16).length / answer.length;
}

/** Rewards less the mean of their group, over its deviation. */
function advantages(rewards: readonly number[], group: number): number[] {
  return rewards.map((reward, row) => {
    const start = row - (row % group);
    const others = rewards.slice(start, start + group);
    const mean = meanOf(others);
    return (reward - mean) / (Math.sqrt(meanOf(others.map((x) => (x - mean) ** 2))) + 1e-4);
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function near(value: number): unknown {
  return expect.closeTo(value, 6);
}
