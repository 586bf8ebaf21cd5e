import { expect, it } from 'vitest';
import type { Strategy } from './solver.js';
import { decodeTable, encodeTable, profileOf, strategyOf, Table } from './table.js';
import type { GameTree } from './tree/game-tree.js';

const strategy: Strategy = {
  names: ['0 aa', '0 bb', '1 ü\n"'],
  options: [
    ['check', 'bet'],
    ['check', 'bet'],
    ['left', 'right', 'stay'],
  ],
  offset: Int32Array.of(0, 2, 4, 7),
  probabilities: Float64Array.of(1 / 3, 2 / 3, 0, 1, 0.1, 0.2, 0.7),
};

/** As much of a tree as a profile is laid over. */
function treeOf(names: readonly string[], options: readonly (readonly string[])[]): GameTree {
  const offset = new Int32Array(names.length + 1);
  for (const [state, own] of options.entries()) offset[state + 1] = (offset[state] as number) + own.length;
  return {
    environment: 'sample',
    version: '1.0.0',
    config: {},
    seats: 2,
    zeroSum: true,
    size: 0,
    actor: new Int8Array(0),
    first: new Int32Array(0),
    children: new Int32Array(0),
    at: new Int32Array(0),
    chance: new Float64Array(0),
    returns: new Float64Array(0),
    states: { count: names.length, seat: new Uint8Array(names.length), offset, names, options },
  };
}

it('a table comes back from its bytes exactly', () => {
  expect(decodeTable(encodeTable(strategy))).toStrictEqual(strategy);
});

it('with half the bytes it comes back nearly, and every row still adds up to 1', () => {
  const exact = encodeTable(strategy);
  const half = encodeTable(strategy, 'float32');
  const { probabilities } = decodeTable(half);
  expect(half.length).toBeLessThan(exact.length);
  for (const [at, one] of strategy.probabilities.entries()) expect(probabilities[at]).toBeCloseTo(one, 7);
  expect(probabilities.slice(4).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 15);
});

it('lists of options that states share stand once', () => {
  const many = Array.from({ length: 1000 }, (_, at) => `state ${at}`);
  const alike: Strategy = {
    names: many,
    options: many.map(() => ['a rather long option', 'another rather long option']),
    offset: Int32Array.from({ length: 1001 }, (_, at) => 2 * at),
    probabilities: new Float64Array(2000).fill(0.5),
  };
  expect(encodeTable(alike).length).toBeLessThan(40 * 1000);
});

it('bytes that hold no table are refused by name', () => {
  const bytes = encodeTable(strategy);
  expect(() => decodeTable(bytes.subarray(0, 50), 'table.bin')).toThrow('table.bin is cut off');
  expect(() => decodeTable(Uint8Array.of(1, 2), 'table.bin')).toThrow('table.bin is no file of this kind');
});

it('a row is found by the name of its information state', () => {
  const table = new Table(strategy);
  expect(table.row('0 bb')).toEqual({ options: ['check', 'bet'], probabilities: Float64Array.of(0, 1) });
  expect(table.row('0 cc')).toBeUndefined();
});

it('laid over a tree, states the table lacks are uniform and counted, and options find their places', () => {
  const tree = treeOf(
    ['1 ü\n"', '0 new', '0 aa'],
    [
      ['stay', 'left', 'right'],
      ['a', 'b', 'c', 'd'],
      ['check', 'bet'],
    ],
  );
  const { profile, missing, foreign } = profileOf(tree, strategy);
  expect([...profile]).toEqual([0.7, 0.1, 0.2, 0.25, 0.25, 0.25, 0.25, 1 / 3, 2 / 3]);
  expect({ missing, foreign }).toEqual({ missing: 1, foreign: 1 });
  const back = profileOf(tree, decodeTable(encodeTable(strategyOf(tree, profile))));
  expect(back).toEqual({ profile, missing: 0, foreign: 0 });
});

it('a state whose options are others is refused with both lists', () => {
  const tree = treeOf(['0 aa'], [['check', 'raise']]);
  expect(() => profileOf(tree, strategy)).toThrow(
    'information state 0 aa with the options check, bet; here they are check, raise',
  );
});
