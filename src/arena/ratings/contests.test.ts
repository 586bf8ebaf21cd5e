import { expect, it } from 'vitest';
import { contestsOf, pairsOf, sidesOf } from './contests.js';
import type { GameResult } from './result.js';
import { duel, match } from './results.testing.js';

const own = (agent: string, score: number) => ({ agent, side: null, role: null, score });
const four: GameResult = { block: null, how: 'rules', seats: [own('a', 9), own('b', 5), own('c', 5), own('d', 1)] };

it('keeps seats of one label together and seats without one apart', () => {
  expect(sidesOf(match(['a', 'b'], ['c', 'd', 'a'], true)).map(({ label, seats }) => [label, seats.length])).toEqual([
    ['wolves', 2],
    ['village', 3],
  ]);
  expect(sidesOf(four)).toHaveLength(4);
});

it('counts every game once, however many seats it has', () => {
  for (const game of [duel('a', 'b', 1), four, match(['a', 'b'], ['c', 'd', 'e', 'f', 'g'], false)]) {
    for (const met of [contestsOf(game), pairsOf(game)]) {
      expect(met.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    }
  }
});

it('reduces teams to the pairs across both sides', () => {
  const pairs = pairsOf(match(['a', 'b'], ['c', 'd', 'e'], true));
  expect(pairs.map(({ one, other, score }) => `${one.agent}>${other.agent} ${score}`)).toEqual([
    'a>c 1',
    'a>d 1',
    'a>e 1',
    'b>c 1',
    'b>d 1',
    'b>e 1',
  ]);
});

it('takes equal scores for a draw, and the mean of a side for its score', () => {
  expect(contestsOf(four).map(({ score }) => score)).toEqual([1, 1, 1, 0.5, 1, 1]);
  const seats = [
    { agent: 'a', side: 'x', role: null, score: 0.1 },
    { agent: 'b', side: 'x', role: null, score: 0.2 },
    { agent: 'c', side: 'y', role: null, score: 0.15 },
  ];
  expect(contestsOf({ block: null, how: 'rules', seats })[0]?.score).toBe(0.5);
});
