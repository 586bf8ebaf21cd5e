import { expect, it } from 'vitest';
import { headToHead } from './head-to-head.js';
import { normalBelow, normalQuantile, tQuantile } from './normal.js';
import { duel, match, times } from './results.testing.js';
import { recordsByRole, wilson } from './shares.js';

/** SEE: R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3. */
const NEWCOMBE = [
  [81, 263, '0.2553', '0.3662'],
  [15, 148, '0.0624', '0.1605'],
  [0, 20, '0.0000', '0.1611'],
  [1, 29, '0.0061', '0.1718'],
] as const;

it.each(NEWCOMBE)("Wilson's interval of %i of %i", (hits, of, low, high) => {
  const found = wilson(hits, of);
  expect([found?.low.toFixed(4), found?.high.toFixed(4)]).toEqual([low, high]);
});

it('has no share of nothing', () => {
  expect(wilson(0, 0)).toBeNull();
});

it('knows the normal distribution and t', () => {
  // SEE: M. Abramowitz, I. Stegun, tables 26.1 and 26.10.
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 8);
  expect(normalQuantile(0.8)).toBeCloseTo(0.841621234, 8);
  expect(normalBelow(-1)).toBeCloseTo(0.158655254, 9);
  expect(normalBelow(4)).toBeCloseTo(0.999968329, 9);
  expect(tQuantile(0.975, 10)).toBeCloseTo(2.228, 3);
  expect(tQuantile(0.975, 30)).toBeCloseTo(2.042, 3);
  expect(() => normalQuantile(1)).toThrow(RangeError);
});

it('keeps records apart by side and role, a team mate of the same agent being the same case', () => {
  const games = [match(['a', 'b'], ['c', 'c', 'c'], true), match(['a', 'b'], ['c', 'c', 'c'], false)];
  const records = recordsByRole(games);
  expect(records.map(({ agent, side, role, won, lost }) => [agent, side, role, won, lost])).toEqual([
    ['a', 'wolves', 'leader', 1, 1],
    ['b', 'wolves', 'plain', 1, 1],
    ['c', 'village', 'leader', 1, 1],
    ['c', 'village', 'plain', 1, 1],
  ]);
});

it('counts who met whom, both ways alike', () => {
  const { agents, cells } = headToHead([...times(3, duel('b', 'a', 1)), duel('a', 'b', 0.5), duel('c', 'a', 0)]);
  expect(agents).toEqual(['a', 'b', 'c']);
  expect(cells[0]?.[1]).toMatchObject({ games: 4, won: 0, drawn: 1, lost: 3, share: { share: 0.125, of: 4 } });
  expect(cells[1]?.[0]).toMatchObject({ games: 4, won: 3, drawn: 1, lost: 0 });
  expect(cells[1]?.[2]).toBeNull();
  expect(cells[0]?.[0]).toBeNull();
});

it('gives a mixed game of teams by the share of its pairs', () => {
  const { cells } = headToHead([match(['a', 'b'], ['a', 'b'], true)]);
  expect(cells[0]?.[1]).toMatchObject({ games: 1, won: 0.25, lost: 0.25 });
});
