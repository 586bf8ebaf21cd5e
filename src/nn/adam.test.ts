import { describe, expect, it } from 'vitest';
import { UserError } from '../core/errors.js';
import { Adam } from './adam.js';
import { Params } from './params.js';
import { constant, cosine, linear, warmup } from './schedules.js';

function matrix(...data: number[]): Params {
  return new Params([['w', { dims: [1, data.length], data: Float32Array.from(data) }]]);
}

describe('Adam', () => {
  it('follows the paper, written out in doubles', () => {
    const [lr, beta, gamma, eps, decay] = [0.1, 0.8, 0.95, 1e-3, 0.02];
    const params = matrix(1, -2);
    const adam = new Adam(params, { lr, betas: [beta, gamma], eps, weightDecay: decay });
    const plain = [1, -2].map((w) => ({ w, m: 0, v: 0 }));
    for (let t = 1; t <= 20; t++) {
      const gradient = plain.map(({ w }, i) => Math.sin(t + i) + w);
      adam.update(matrix(...gradient));
      plain.forEach((one, i) => {
        const g = gradient[i] as number;
        one.m = beta * one.m + (1 - beta) * g;
        one.v = gamma * one.v + (1 - gamma) * g * g;
        const [m, v] = [one.m / (1 - beta ** t), one.v / (1 - gamma ** t)];
        one.w -= (lr * m) / (Math.sqrt(v) + eps) + lr * decay * one.w;
      });
      plain.forEach(({ w }, i) => {
        expect(params.get('w')[i]).toBeCloseTo(w, 5);
      });
    }
  });

  it('shortens all gradients together to the longest allowed, and tells how long they were', () => {
    const [short, long] = [matrix(0, 0), matrix(0, 0)];
    const clipped = new Adam(long, { lr: 0.1, eps: 1, clipNorm: 1 });
    expect(clipped.update(matrix(30, 40))).toBeCloseTo(50, 4);
    expect(new Adam(short, { lr: 0.1, eps: 1, clipNorm: 1 }).update(matrix(0.6, 0.8))).toBeCloseTo(1, 6);
    long.get('w').forEach((w, i) => {
      expect(w).toBeCloseTo(short.get('w')[i] as number, 6);
    });
  });

  it('refuses gradients that are not finite, and changes nothing', () => {
    const params = matrix(1, 2);
    const adam = new Adam(params, { lr: 1 });
    expect(() => adam.update(matrix(Number.NaN, 1))).toThrow('the gradients of step 1 are not finite');
    expect([...params.get('w'), ...adam.mean.get('w'), adam.step]).toEqual([1, 2, 0, 0, 0]);
  });

  it('lets matrices decay and leaves vectors alone', () => {
    const params = new Params([
      ['w', { dims: [1, 1], data: Float32Array.of(1) }],
      ['b', { dims: [1], data: Float32Array.of(1) }],
    ]);
    const still = new Params([...params].map(([name, { dims }]) => [name, { dims, data: new Float32Array(1) }]));
    new Adam(params, { lr: 0.5, weightDecay: 0.5 }).update(still);
    expect([...params.get('w'), ...params.get('b')]).toEqual([0.75, 1]);
  });
});

describe('schedules', () => {
  const at = (schedule: (step: number) => number, ...steps: number[]) =>
    steps.map((step) => Number(schedule(step).toFixed(6)));
  it.each<[string, (step: number) => number, number[], number[]]>([
    ['constant', constant(3), [1, 100], [3, 3]],
    ['linear', linear(1, 0, 11), [1, 2, 6, 11, 50], [1, 0.9, 0.5, 0, 0]],
    ['cosine', cosine(1, 0, 13), [1, 5, 7, 13, 50], [1, 0.75, 0.5, 0, 0]],
    ['warmup', warmup(4, linear(1, 0, 11)), [1, 2, 4, 5, 6, 15], [0.25, 0.5, 1, 1, 0.9, 0]],
  ])('%s', (_, schedule, steps, values) => {
    expect(at(schedule, ...steps)).toEqual(values);
  });
});

describe('weights', () => {
  it('copy, average and stay apart', () => {
    const [a, b] = [matrix(1, 2), matrix(3, 6)];
    const copy = a.clone();
    a.average(b, 0.25);
    expect([...a.get('w'), ...copy.get('w')]).toEqual([1.5, 3, 1, 2]);
    copy.copyFrom(b);
    expect([...copy.get('w'), copy.size]).toEqual([3, 6, 2]);
    expect(copy.get('w')).not.toBe(b.get('w'));
  });

  it.each<[string, () => unknown, string]>([
    ['no such name', () => matrix(1).get('v'), 'there is no parameter "v"'],
    ['other dims', () => matrix(1, 2).copyFrom(matrix(1)), 'parameter "w" is [1, 1], where [1, 2] is expected'],
    ['one too many', () => new Params([]).copyFrom(matrix(1)), 'there is no place for a parameter "w"'],
    [
      'other length',
      () => new Params([['w', { dims: [3], data: new Float32Array(2) }]]),
      'parameter "w" [3] takes 3 numbers, got 2',
    ],
  ])('%s is refused', (_, act, message) => {
    expect(act).toThrow(UserError);
    expect(act).toThrow(message);
  });
});
