import { expect, it } from 'vitest';
import { bradleyTerry } from './bradley-terry.js';
import { baseballWins } from './results.testing.js';

/** The same maximum found another way: Newton's method with the last strength at 0. */
function byNewton(wins: readonly (readonly number[])[]): number[] {
  const free = wins.length - 1;
  const theta = new Array<number>(wins.length).fill(0);
  for (let round = 0; round < 30; round++) {
    const system = Array.from({ length: free }, () => new Array<number>(free + 1).fill(0));
    for (let i = 0; i < free; i++) {
      for (let j = 0; j < wins.length; j++) {
        if (i === j) continue;
        const met = (wins[i]?.[j] ?? 0) + (wins[j]?.[i] ?? 0);
        const chance = 1 / (1 + Math.exp((theta[j] as number) - (theta[i] as number)));
        const row = system[i] as number[];
        row[free]! += (wins[i]?.[j] ?? 0) - met * chance;
        row[i]! += met * chance * (1 - chance);
        if (j < free) row[j]! -= met * chance * (1 - chance);
      }
    }
    for (const [i, step] of eliminated(system).entries()) theta[i]! += step;
  }
  return theta;
}

function eliminated(system: number[][]): number[] {
  const n = system.length;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const factor = (system[k]?.[i] as number) / (system[i]?.[i] as number);
      for (let j = i; j <= n; j++) system[k]![j]! -= factor * (system[i]?.[j] as number);
    }
  }
  return system.map((row, i) => (row[n] as number) / (row[i] as number));
}

it('agrees with Newton to 1e-6 on the baseball season of 1987, and with what Agresti prints', () => {
  const found = bradleyTerry(baseballWins());
  const over = found.map((value) => value - (found[6] as number));
  for (const [team, value] of byNewton(baseballWins()).entries())
    expect(Math.abs((over[team] as number) - value)).toBeLessThan(1e-6);
  // SEE: A. Agresti, "Categorical Data Analysis", 2nd ed. 2002, table 10.11, column 3.
  expect(over.map((value) => value.toFixed(2))).toEqual(['1.58', '1.44', '1.29', '1.25', '1.11', '0.68', '0.00']);
});

it('gives the log odds of two', () => {
  const [one = 0, other = 0] = bradleyTerry([
    [0, 7.5],
    [2.5, 0],
  ]);
  expect(one - other).toBeCloseTo(Math.log(3), 10);
});

it('refuses results without a finite maximum', () => {
  const refused = /no finite ratings/;
  expect(() =>
    bradleyTerry([
      [0, 3],
      [0, 0],
    ]),
  ).toThrow(refused);
  expect(() =>
    bradleyTerry(
      [
        [0, 1, 0, 0],
        [1, 0, 0, 0],
        [2, 2, 0, 1],
        [0, 0, 1, 0],
      ],
      { rounds: 20_000 },
    ),
  ).toThrow(refused);
});
