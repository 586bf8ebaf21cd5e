import { expect, it } from 'vitest';
import { coverageOf, SIMULATIONS, type Simulation } from '../../../bench/simulated-tournaments.js';

/**
 * The short form of `npm run bench -- coverage`: few tournaments, so the band is wide. Ratings of one tournament lean on
 * each other, so 240 intervals say about as much as 150: a standard error of 2 points of 100 at 95.
 */
const TOURNAMENTS = 60;
const REPLICATES = 120;

const cover = (name: string, tournaments = TOURNAMENTS) =>
  coverageOf(SIMULATIONS[name] as Simulation, tournaments, REPLICATES);

it.each(['round robin', 'paired deals', 'free for all'])('95 %% intervals hold the truth: %s', (name) => {
  const { ratings, advantage } = cover(name);
  expect(ratings).toBeGreaterThan(0.9);
  expect(ratings).toBeLessThan(0.99);
  expect(advantage ?? 0.95).toBeGreaterThan(0.86);
});

it('95 % intervals hold the truth: mixed teams', () => {
  const { ratings, advantage } = cover('teams', 20);
  expect(ratings).toBeGreaterThan(0.87);
  expect(advantage).toBeGreaterThan(0.75);
});

it('notices intervals that are wrong: games of one deal taken for games of their own', () => {
  expect(cover('deals as games').advantage).toBeLessThan(0.8);
});
