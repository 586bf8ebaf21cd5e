import { describe, expect, it } from 'vitest';
import { advantagesOf, normalise } from './advantages.js';

describe('advantagesOf', () => {
  const decisions = [
    { value: 0.5, reward: 0 },
    { value: 1.25, reward: 1 },
    { value: -0.25, reward: 2 },
  ];

  // By hand. With gamma 1 the surprises are 0 + 1.25 - 0.5, 1 - 0.25 - 1.25 and 2 + 0.25; with gamma 0.5 the first two
  // are 0.125 and -0.375. Each advantage is its surprise and gamma lambda times the next advantage.
  it.each([
    { gamma: 1, lambda: 1, advantage: [2.5, 1.75, 2.25] },
    { gamma: 1, lambda: 0, advantage: [0.75, -0.5, 2.25] },
    { gamma: 0.5, lambda: 0.5, advantage: [0.171875, 0.1875, 2.25] },
  ])('gamma $gamma, lambda $lambda', ({ gamma, lambda, advantage }) => {
    const found = advantagesOf(decisions, gamma, lambda);
    expect([...found.advantage]).toEqual(advantage);
    expect([...found.target]).toEqual(advantage.map((one, at) => one + (decisions[at]?.value as number)));
  });

  it('takes a seat that decided nothing', () => {
    expect(advantagesOf([], 1, 1).advantage).toHaveLength(0);
  });
});

describe('normalise', () => {
  it('gives mean 0 and deviation 1', () => {
    const numbers = Float64Array.of(1, 2, 3, 10);
    normalise(numbers);
    expect(numbers.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 9);
    expect(numbers.reduce((sum, one) => sum + one * one, 0)).toBeCloseTo(4, 6);
  });

  it('takes numbers that are all the same', () => {
    const same = Float64Array.of(5, 5);
    normalise(same);
    expect([...same]).toEqual([0, 0]);
  });
});
