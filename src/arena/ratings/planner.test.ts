import { expect, it } from 'vitest';
import { UserError } from '../../core/errors.js';
import { binomial } from './normal.js';
import { correlations, gamesToTell, pairsToTell } from './planner.js';

it('needs about 2,000 games an arm to tell .73 from .69', () => {
  expect(gamesToTell(0.73, 0.69)).toBe(2019);
  expect(gamesToTell(0.69, 0.73)).toBe(2019);
  expect(gamesToTell(0.73, 0.69, { power: 0.9 })).toBe(2703);
});

/** How often the test of two proportions finds the difference, summed over every outcome. */
function power(one: number, other: number, games: number): number {
  let found = 0;
  for (let a = 0; a <= games; a++) {
    const chance = binomial(a, games, one);
    for (let b = 0; b <= games; b++) {
      const middle = (a + b) / (2 * games);
      const error = Math.sqrt((2 * middle * (1 - middle)) / games);
      if (error > 0 && Math.abs(a - b) / games / error > 1.959964) found += chance * binomial(b, games, other);
    }
  }
  return found;
}

it.each([
  [0.8, 0.6],
  [0.6, 0.4],
  [0.75, 0.45],
])('gives the power it promises for %f against %f', (one, other) => {
  const games = gamesToTell(one, other);
  expect(Math.abs(power(one, other, games) - 0.8)).toBeLessThan(0.02);
  expect(power(one, other, Math.round(games / 2))).toBeLessThan(0.6);
});

it('needs fewer pairs the more both results hang on the deal', () => {
  expect(pairsToTell(0.73, 0.69, 0)).toBe(2022);
  expect(pairsToTell(0.73, 0.69, 0.5)).toBe(1015);
  expect(pairsToTell(0.73, 0.69, -0.3)).toBeGreaterThan(2500);
});

/** How often McNemar's test finds the difference, summed over every number of pairs for and against. */
function pairedPower(better: number, worse: number, pairs: number): number {
  let found = 0;
  for (let discordant = 1; discordant <= pairs; discordant++) {
    const chance = binomial(discordant, pairs, better + worse);
    for (let a = 0; a <= discordant; a++) {
      if (Math.abs(2 * a - discordant) / Math.sqrt(discordant) > 1.959964) {
        found += chance * binomial(a, discordant, better / (better + worse));
      }
    }
  }
  return found;
}

it.each([0, 0.3, 0.5])('gives paired deals the power it promises at a correlation of %f', (correlation) => {
  const both = 0.7 * 0.6 + correlation * Math.sqrt(0.7 * 0.3 * 0.6 * 0.4);
  expect(Math.abs(pairedPower(0.7 - both, 0.6 - both, pairsToTell(0.7, 0.6, correlation)) - 0.8)).toBeLessThan(0.025);
});

it('refuses what cannot be', () => {
  const [low, high] = correlations(0.73, 0.69);
  expect(low).toBeCloseTo(-0.4076, 3);
  expect(high).toBeCloseTo(0.9073, 3);
  expect(() => pairsToTell(0.73, 0.69, 0.95)).toThrow(/from -0.408 to 0.907, not 0.95/);
  expect(() => gamesToTell(0.5, 0.5)).toThrow(UserError);
  expect(() => gamesToTell(1.2, 0.5)).toThrow(/between 0 and 1, got 1.2/);
});
