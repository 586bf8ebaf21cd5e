import { expect, it } from 'vitest';
import { stream } from '../../core/rng.js';
import { holm, pairedScores, permutationTest, signP, signTest } from './paired.js';
import { duel } from './results.testing.js';

/**
 * Heights of crossed over self-fertilised maize, in eighths of an inch. Of the 32,768 ways to exchange plants within pots,
 * 1,726 differ by as much. SEE: C. Darwin 1876; R. A. Fisher, "The Design of Experiments", 1935, section 21.
 */
const MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48].map((one) => ({ one, other: 0 }));

it("gives Fisher's figure for Darwin's maize", () => {
  const found = permutationTest(MAIZE, stream(1, 'unused'));
  expect(found).toMatchObject({ exact: true, pairs: 15, p: 1726 / 32768 });
  expect(found.difference).toBeCloseTo(314 / 15, 12);
});

it('counts signs exactly', () => {
  // 13 for, 2 against: 2 (1 + 15 + 105) / 2^15.
  expect(signTest(MAIZE)).toMatchObject({ better: 13, worse: 2, same: 0 });
  expect(signTest(MAIZE).p).toBeCloseTo(242 / 32768, 12);
  // 1 against 9, McNemar: 2 (1 + 10) / 2^10; and nothing learnt from pairs that agree.
  expect(signP(1, 9)).toBeCloseTo(22 / 1024, 12);
  expect(signP(4, 4)).toBe(1);
  expect(signTest([{ one: 1, other: 1 }])).toEqual({ better: 0, worse: 0, same: 1, p: 1 });
});

it('samples exchanges where they are too many, near the exact value', () => {
  const pairs = [...MAIZE, { one: 10, other: 0 }, { one: 0, other: 10 }];
  const found = permutationTest(pairs, stream(3, 'exchange'), 20_000);
  expect(found.exact).toBe(false);
  // The exact share of the 2^17 exchanges is counted by the sum's distribution.
  expect(Math.abs(found.p - exactShare(pairs.map(({ one, other }) => one - other)))).toBeLessThan(0.006);
});

/** By another road: the distribution of the sum, one whole number after another. */
function exactShare(gaps: readonly number[]): number {
  let sums = new Map([[0, 1]]);
  for (const gap of gaps) {
    const next = new Map<number, number>();
    for (const [sum, ways] of sums) for (const to of [sum + gap, sum - gap]) next.set(to, (next.get(to) ?? 0) + ways);
    sums = next;
  }
  const least = Math.abs(gaps.reduce((sum, gap) => sum + gap, 0));
  const extreme = [...sums].filter(([sum]) => Math.abs(sum) >= least).reduce((total, [, ways]) => total + ways, 0);
  return extreme / 2 ** gaps.length;
}

it('never gives a sample a p-value of 0', () => {
  const pairs = Array.from({ length: 100 }, () => ({ one: 1, other: 0 }));
  expect(permutationTest(pairs, stream(1, 'exchange'), 99).p).toBe(1 / 100);
});

it('corrects p-values for being several, as Holm does', () => {
  const corrected = holm([0.01, 0.04, 0.03, 0.005]);
  for (const [at, value] of [0.03, 0.06, 0.06, 0.02].entries()) expect(corrected[at]).toBeCloseTo(value, 12);
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

it('pairs two agents by blocks and leaves out blocks of one of them', () => {
  const games = [
    duel('a', 'x', 1, { block: 'deal 1' }),
    duel('x', 'a', 1, { block: 'deal 1' }),
    duel('b', 'x', 1, { block: 'deal 1' }),
    duel('x', 'b', 0.5, { block: 'deal 1' }),
    duel('a', 'x', 1, { block: 'deal 2' }),
    duel('a', 'b', 0),
  ];
  expect(pairedScores(games, 'a', 'b')).toEqual([
    { one: 0.5, other: 0.75 },
    { one: 0, other: 1 },
  ]);
});
