import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { expectedReturns, uniform } from '../../test/best-response.js';
import { growTree } from '../../test/tree.js';
import { asks, draws, paying, written } from '../../test/written-game.js';
import { compile } from './compile.js';
import { continuationsOf } from './continuations.js';
import { RandomPlay } from './playout.js';

const catalogue = new Catalogue({ environments: [], agents: [] });

/** SEE: OpenSpiel, expected_game_score_test.py, for Kuhn and Leduc; the others are computed on the plain tree. */
const UNIFORM: readonly (readonly [string, JsonObject, readonly number[] | null])[] = [
  ['kuhn-poker', {}, [1 / 8, -1 / 8]],
  ['leduc-poker', {}, [-0.078125, 0.078125]],
  ['leduc-poker', { suits: 'merged' }, [-0.078125, 0.078125]],
  ['kuhn-poker', { players: 3 }, null],
  ['goofspiel', { cards: 4, order: 'random', reveal: 'bids', returns: 'total_points' }, null],
];

describe('random games pay on average what they must', () => {
  it.each(UNIFORM)('%s %j', async (id, set, known) => {
    const environment = await catalogue.environment(id);
    const config = readConfig(environment.spec, { set });
    const exact = known ?? expectedReturns(growTree(environment, config), uniform);
    const { games, mean, error } = new RandomPlay(compile(environment, config)).play(1_000_000, stream('play', id));
    expect(games).toBe(1_000_000);
    for (const [seat, value] of exact.entries()) {
      expect(Math.abs((mean[seat] as number) - value)).toBeLessThan(4 * (error[seat] as number));
      expect(error[seat]).toBeLessThan(0.01);
    }
  });

  it('chance takes its outcomes as often as they are likely, the first and the last too', () => {
    const outcomes = [0.05, 0.6, 0, 0.3, 0.05];
    const ends = outcomes.map(
      (chance, at) => [chance, paying(...outcomes.map((_, seat) => (seat === at ? 1 : 0)))] as const,
    );
    const tree = compile(written(5, draws(...ends)), {});
    const { mean, error } = new RandomPlay(tree).play(1_000_000, stream('play', 'chance'));
    for (const [at, chance] of outcomes.entries()) {
      expect(Math.abs((mean[at] as number) - chance)).toBeLessThan(4 * (error[at] as number) + 1e-12);
      expect(error[at]).toBeCloseTo(Math.sqrt((chance * (1 - chance)) / 1e6), 5);
    }
  });

  it('a decision of more options than a byte counts takes each alike', () => {
    const ways = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`way ${at}`, paying(at)]));
    const { mean, error } = new RandomPlay(compile(written(1, asks(0, ways)), {})).play(
      1_000_000,
      stream('play', 'many'),
    );
    expect(Math.abs((mean[0] as number) - 149.5)).toBeLessThan(4 * (error[0] as number));
    expect(error[0]).toBeCloseTo(Math.sqrt((300 ** 2 - 1) / 12 / 1e6), 3);
  });

  it('the same seed plays the same games, another others', async () => {
    const kuhn = await catalogue.environment('kuhn-poker');
    const play = new RandomPlay(compile(kuhn, readConfig(kuhn.spec)));
    const first = play.play(1000, stream(1, 'play'));
    expect(play.play(1000, stream(1, 'play'))).toEqual(first);
    expect(play.play(1000, stream(2, 'play'))).not.toEqual(first);
  });
});

describe('subtrees that are alike are kept once', () => {
  it('those that pay or weigh otherwise are not merged', () => {
    const bit = (first: number, second: number, a: number, b: number) => draws([first, paying(a)], [second, paying(b)]);
    const scenes = [
      bit(0.5, 0.5, 0, 1),
      bit(0.5, 0.5, 1, 0),
      bit(0.25, 0.75, 0, 1),
      bit(0.75, 0.25, 0, 1),
      bit(0.5, 0.5, 0, 1),
    ];
    const ways = Object.fromEntries(scenes.map((scene, at) => [`way ${at}`, { scene }]));
    const { code, root, endings } = continuationsOf(compile(written(1, asks(0, ways)), {}));
    const blocks = [...code.subarray(root + 1, root + 6)];
    expect(new Set(blocks).size).toBe(4);
    expect(blocks[4]).toBe(blocks[0]);
    expect(endings.map(([amount]) => amount).sort()).toEqual([0, 1]);
  });
});
