import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { Json } from '../../src/core/json.js';
import { choice } from '../../src/core/space.js';
import { asks, asksAll, draws, paying, telling, written } from '../../test/written-game.js';
import { compile } from '../tree/compile.js';
import { actionsOf, type GameTree } from '../tree/game-tree.js';
import { publicTree } from './grow.js';
import { lay } from './hands.js';
import { fromPublic, toPublic } from './public-tree.js';

const catalogue = new Catalogue();

async function treeOf(id: string, set: { readonly [path: string]: Json }): Promise<GameTree> {
  const environment = await catalogue.environment(id);
  return compile(environment, readConfig(environment.spec, { set }), { knowledge: true });
}

/**
 * Situations are the lines of public play after which a seat decides. Kuhn: start, check, bet, check-bet. Leduc: six in
 * a round, and six in the second round for each of the five ways to end the first and each card on the table. Liar's
 * dice: every set of rising bids.
 */
const GAMES = [
  { id: 'kuhn-poker', set: {}, situations: 4, hands: 3 },
  { id: 'leduc-poker', set: {}, situations: 6 + 5 * 6 * 6, hands: 6 },
  { id: 'leduc-poker', set: { suits: 'merged' }, situations: 6 + 5 * 3 * 6, hands: 3 },
  { id: 'liars-dice', set: { faces: 3 }, situations: 2 ** 6, hands: 3 },
] as const;

describe.each(GAMES)('$id $set', ({ id, set, situations, hands }) => {
  it.each(['close', 'keep'] as const)('has the situations of its public play, entries %s', async (entries) => {
    const grown = publicTree(await treeOf(id, set), entries);
    expect(grown.size).toBe(situations);
    expect(grown.hands[0][0]).toBe(hands);
    expect(grown.hands[1][0]).toBe(hands);
  });

  it.each(['close', 'keep'] as const)('holds each action of the flat tree once, entries %s', async (entries) => {
    const tree = await treeOf(id, set);
    const grown = publicTree(tree, entries);
    const held = [...grown.action].filter((action) => action >= 0).sort((x, y) => x - y);
    expect(held).toEqual(Array.from({ length: actionsOf(tree) }, (_, action) => action));
    const profile = Float64Array.from({ length: actionsOf(tree) }, (_, action) => action + 0.5);
    expect(fromPublic(grown, toPublic(grown, profile))).toEqual(profile);
  });

  it('pays, over all ends together, what chance weighs the returns of the ends by', async () => {
    const tree = await treeOf(id, set);
    const { end, payoffs } = publicTree(tree);
    const total = [...end].reduce((sum, at) => sum + (payoffs[at]?.weights.reduce((all, one) => all + one, 0) ?? 0), 0);
    expect(total).toBeCloseTo(weighedReturns(tree), 10);
  });
});

/** Returns of seat 0 by the probability that chance alone leads to them. */
function weighedReturns({ size, first, children, chance, actor, at, returns }: GameTree): number {
  const weight = new Float64Array(size).fill(1);
  let total = 0;
  for (let history = 0; history < size; history++) {
    const [own, start] = [weight[history] as number, first[history] as number];
    for (let child = start; child < start + (children[history] as number); child++) {
      weight[child] = own * (chance[child] as number);
    }
    if (actor[history] === -2) total += own * (returns[2 * (at[history] as number)] as number);
  }
  return total;
}

it('a card on the table is no hand: entries close ranks, or one of six stands empty', async () => {
  const tree = await treeOf('leduc-poker', {});
  const [closed, kept] = [publicTree(tree, 'close'), publicTree(tree, 'keep')];
  expect(closed.hands[0].at(-1)).toBe(5);
  expect(kept.hands[0].at(-1)).toBe(6);
  expect(kept.from[0].at(-1)).toBeNull();
  const moved = closed.from[0].filter((origin) => origin?.length === 5);
  const gone = moved.map((origin) => [0, 1, 2, 3, 4, 5].filter((hand) => !origin?.includes(hand)));
  expect(gone.flat().sort()).toEqual([0, 1, 2, 3, 4, 5].flatMap((hand) => [hand, hand, hand, hand, hand]));
  expect([...closed.action]).not.toContain(-1);
});

it('payoffs that are alike are kept once', async () => {
  const { payoffs, end } = publicTree(await treeOf('liars-dice', { faces: 3 }));
  // NOTE: a call is on one of six bids by one of two seats, but the lowest bid is never called by the seat that starts.
  expect([...end].filter((at) => at >= 0).length).toBe(2 ** 6 - 1);
  expect(payoffs.length).toBeLessThanOrEqual(12);
});

describe('games without a public form are refused by name', () => {
  it.each([
    ['goofspiel', { cards: 3 }, /player_0's move at ".*" is not public/],
    ['rpsls', {}, /player_0's move at ".*" is not public/],
    ['kuhn-poker', { players: 3 }, /kuhn-poker has 3 seats/],
  ] as const)('%s %s', async (id, set, reason) => {
    const tree = await treeOf(id, set);
    expect(() => publicTree(tree)).toThrow(reason);
  });

  const end = (amount: number) => paying(amount, -amount);

  it('a sum that is not zero', () => {
    const game = written(2, asks(0, { l: paying(1, 0), r: paying(0, 0) }));
    expect(() => publicTree(compile(game, {}, { knowledge: true }))).toThrow(/need not lose/);
  });

  it('turns that depend on a card', () => {
    const turn = (seat: number) => asks(seat, { l: end(1), r: end(2) });
    const game = written(2, draws([0.5, telling(turn(0), [[0], 'yours'])], [0.5, telling(turn(1), [[1], 'yours'])]));
    expect(() => publicTree(compile(game, {}, { knowledge: true }))).toThrow(/whose turn it is at ".*" is not public/);
  });

  it('options that depend on a card', () => {
    const few = asks(0, { l: end(1), r: end(2) });
    const many = asks(0, { l: end(1), m: end(0), r: end(2) });
    const game = written(2, draws([0.5, telling(few, [[0], 'few'])], [0.5, telling(many, [[0], 'many'])]));
    expect(() => publicTree(compile(game, {}, { knowledge: true }))).toThrow(
      /options of player_0 at ".*" are not public/,
    );
  });

  it('moves at once', () => {
    const space = choice(['l', 'r']);
    const game = written(
      2,
      asksAll({ 0: space, 1: space }, (x, y) => end(x === y ? 1 : -1)),
    );
    expect(() => publicTree(compile(game, {}, { knowledge: true }))).toThrow(/player_0's move at/);
  });
});

it('a move that is told to all is public, whoever knows what else', () => {
  const told = (seat: number, word: string) =>
    telling(asks(seat, { l: paying(1, -1), r: paying(-1, 1) }), ['all', word]);
  const first = asks(0, { l: told(1, 'l'), r: told(1, 'r') });
  const game = written(2, draws([0.25, telling(first, [[0], 'low'])], [0.75, telling(first, [[0], 'high'])]));
  const grown = publicTree(compile(game, {}, { knowledge: true }));
  expect([grown.size, ...grown.hands[0], ...grown.hands[1]]).toEqual([3, 2, 2, 2, 1, 1, 1]);
});

it('a tree compiled without what everybody knows is no user error', async () => {
  const environment = await catalogue.environment('kuhn-poker');
  expect(() => publicTree(compile(environment, readConfig(environment.spec)))).toThrow(TypeError);
});

it('one thing known that comes of two things known before was forgotten', () => {
  expect(
    lay(
      [
        [7, 0],
        [8, 1],
        [7, 0],
      ],
      2,
      false,
    )?.at,
  ).toEqual([0, 1, 0]);
  expect(
    lay(
      [
        [7, 0],
        [8, 1],
        [7, 1],
      ],
      2,
      false,
    ),
  ).toBeNull();
});
