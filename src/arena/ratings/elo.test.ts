import { expect, it } from 'vitest';
import { elo, expectedScore } from './elo.js';
import { duel, match } from './results.testing.js';

it('moves by K times what was scored over what was expected', () => {
  expect(expectedScore(400, 0)).toBeCloseTo(10 / 11, 12);
  // By hand: +8 and -8; then a draw, where 16 points above expect 0.523010...: 16 * (0.5 - 0.5230...) = -0.368...
  const expected = 1 / (1 + 10 ** (-16 / 400));
  const ratings = elo([duel('a', 'b', 1), duel('a', 'b', 0.5)], { k: 16 });
  expect(ratings.get('a')).toBeCloseTo(8 + 16 * (0.5 - expected), 12);
  expect(ratings.get('a')).toBeCloseTo(7.6318, 3);
  expect(ratings.get('b')).toBeCloseTo(-7.6318, 3);
});

it('depends on the order of games, not on the order of seats', () => {
  const [win, loss] = [duel('a', 'b', 1), duel('a', 'b', 0)];
  expect(elo([win, loss]).get('a')).not.toBe(elo([loss, win]).get('a'));
  expect(elo([win, loss]).get('a')).toBeCloseTo(elo([duel('b', 'a', 0), duel('b', 'a', 1)]).get('a') as number, 12);
});

it('shares what a game moves among the seats of a side, and leaves anchors where they are', () => {
  const ratings = elo([match(['a', 'b'], ['c', 'd', 'e', 'f'], true)], { k: 16, anchors: { c: 0 } });
  expect(Object.fromEntries(ratings)).toEqual({ a: 4, b: 4, c: 0, d: -2, e: -2, f: -2 });
});
