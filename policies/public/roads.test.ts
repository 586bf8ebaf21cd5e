import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { Rng } from '../../src/core/rng.js';
import { solver } from '../found.js';
import { gameOf } from '../game.js';
import { nashConv } from '../grading/evaluator.js';
import type { Game, Road, Solving } from '../solver.js';
import type { Scheme } from '../tabular/kernel/scheme.js';
import { publicTree } from './grow.js';
import { inWasm } from './roads.js';
import { PublicSolving } from './solving.js';
import { WasmCfr } from './wasm-cfr.js';

const ROADS = ['flat', 'vector', 'wasm'] as const;
const FAMILY = ['cfr', 'cfr+', 'linear-cfr', 'dcfr', 'pcfr+'] as const;
const catalogue = new Catalogue();
const games = new Map<string, Game>();

/** Games are compiled once for all tests here. */
async function gameNamed(id: string, set: { readonly [path: string]: Json } = {}): Promise<Game> {
  const key = `${id} ${JSON.stringify(set)}`;
  const environment = await catalogue.environment(id);
  const game = games.get(key) ?? gameOf(environment, readConfig(environment.spec, { set }));
  games.set(key, game);
  return game;
}

async function open(id: string, road: string, game: Game, options: JsonObject = {}): Promise<Solving> {
  const { roads } = await solver(id);
  return (roads[road] as Road).open(game, options, new Rng([1, 2, 3, 4]));
}

function nashConvOf(game: Game, solving: Solving, iterations: number): number {
  solving.iterate(iterations - solving.iterations);
  return nashConv(game.tree(), solving.strategy().probabilities).nashConv;
}

/**
 * NashConv after 10, 100 and 1,000 iterations; null where it hangs on the order of sums.
 * SEE: OpenSpiel 2.0.1, its own solvers run on its own games (simultaneous, alternating, CFR+).
 */
const REFERENCE = [
  {
    id: 'kuhn-poker',
    algorithm: 'cfr',
    updates: 'simultaneous',
    after: [0.19241700040281, 0.0513494716938957, 0.0145382128171276],
  },
  {
    id: 'kuhn-poker',
    algorithm: 'cfr',
    updates: 'alternating',
    after: [0.137397587634315, 0.0164519546318304, 0.00187523329398592],
  },
  {
    id: 'kuhn-poker',
    algorithm: 'cfr+',
    updates: null,
    after: [0.0653741813366897, 0.00238880820222337, 0.000174730645041699],
  },
  { id: 'leduc-poker', algorithm: 'cfr', updates: 'simultaneous', after: [1.85403714393534, 0.346068623841653, null] },
  { id: 'leduc-poker', algorithm: 'cfr', updates: 'alternating', after: [1.77715796633754, 0.191432706009195, null] },
  { id: 'leduc-poker', algorithm: 'cfr+', updates: null, after: [1.22087780318081, 0.0268319899417957, null] },
] as const;

describe.each(REFERENCE)('$id, $algorithm $updates', ({ id, algorithm, updates, after }) => {
  it.each(['vector', 'wasm'])('the road %s falls as the reference does', async (road) => {
    const game = await gameNamed(id);
    const solving = await open(algorithm, road, game, updates === null ? {} : { updates });
    for (const [index, expected] of after.entries()) {
      if (expected !== null) expect(nashConvOf(game, solving, 10 ** (index + 1))).toBeCloseTo(expected, 10);
    }
  });
});

it.each(['vector', 'wasm'])('Leduc by CFR+ on the road %s is below 6e-4 after 1,000 iterations', async (road) => {
  const game = await gameNamed('leduc-poker');
  expect(nashConvOf(game, await open('cfr+', road, game), 1000)).toBeLessThan(6e-4);
});

const GAMES = [
  ['kuhn-poker', {}],
  ['leduc-poker', { suits: 'merged' }],
  ['leduc-poker', {}],
  ['liars-dice', { faces: 3 }],
  ['liars-dice', { faces: 2, dice: 2 }],
] as const;

describe.each(GAMES)('%s %s', (id, set) => {
  it.each(FAMILY)('%s gives the same strategy on every road', async (algorithm) => {
    const game = await gameNamed(id, set);
    const [flat, vector, wasm] = await Promise.all(ROADS.map((road) => open(algorithm, road, game)));
    for (const solving of [flat, vector, wasm] as Solving[]) solving.iterate(50);
    const [expected, found] = [(flat as Solving).strategy(), (vector as Solving).strategy()];
    expect(found.names).toEqual(expected.names);
    // NOTE: sums in another order differ by 1e-16 at first, and by a million times more every 40 iterations.
    expect(furthest(found.probabilities, expected.probabilities)).toBeLessThan(1e-7);
    for (const solving of [vector, wasm] as Solving[]) solving.iterate(50);
    const [before, after] = [(vector as Solving).strategy(), (wasm as Solving).strategy()];
    expect(furthest(after.probabilities, before.probabilities)).toBeLessThan(1e-9);
  });
});

function furthest(x: Float64Array, y: Float64Array): number {
  return x.reduce((most, number, at) => Math.max(most, Math.abs(number - (y[at] as number))), 0);
}

describe('checkpoints', () => {
  it.each(ROADS.flatMap((from) => ROADS.map((to) => [from, to] as const)))('of %s go on on %s', async (from, to) => {
    const game = await gameNamed('leduc-poker', { suits: 'merged' });
    const whole = await open('pcfr+', to, game);
    whole.iterate(30);
    const first = await open('pcfr+', from, game);
    first.iterate(17);
    const second = await open('pcfr+', to, game);
    second.restore(JSON.parse(JSON.stringify(first.save()), revived));
    second.iterate(13);
    expect(second.iterations).toBe(30);
    expect(furthest(second.strategy().probabilities, whole.strategy().probabilities)).toBeLessThan(1e-9);
  });

  it('of another game are refused', async () => {
    const [small, large] = [await gameNamed('kuhn-poker'), await gameNamed('leduc-poker')];
    const saved = (await open('cfr+', 'wasm', small)).save();
    const solving = await open('cfr+', 'vector', large);
    expect(() => solving.restore(saved)).toThrow(/another game/);
  });
});

/** NOTE: typed arrays go through JSON as objects with a field a number. */
function revived(_key: string, value: unknown): unknown {
  const isList = typeof value === 'object' && value !== null && '0' in value;
  return isList ? Float64Array.from(Object.values(value)) : value;
}

const CFR_PLUS: Scheme = { updates: 'alternating', averaging: 1, keep: 'positive', predictive: false };

describe('single precision', () => {
  it.each([
    ['kuhn-poker', {}, 1e-4],
    ['liars-dice', { faces: 3 }, 1e-4],
    ['leduc-poker', { suits: 'merged' }, 0.05],
  ] as const)('%s %s: NashConv after 100 iterations of CFR+ is off by at most %f of it', async (id, set, off) => {
    const game = await gameNamed(id, set);
    const double = nashConvOf(game, inWasm(game.tree(), CFR_PLUS), 100);
    const single = nashConvOf(game, inWasm(game.tree(), CFR_PLUS, 'f32'), 100);
    expect(Math.abs(single - double)).toBeLessThan(off * double);
    expect(single).not.toBe(double);
  });
});

it.each(['f64', 'f32'] as const)('entries that close ranks move between lanes of %s alike', async (precision) => {
  const game = await gameNamed('leduc-poker');
  const [closed, kept] = (['close', 'keep'] as const).map((entries) => {
    const grown = publicTree(game.tree(), entries);
    const solving = new PublicSolving(grown, CFR_PLUS, new WasmCfr(grown, CFR_PLUS, precision));
    solving.iterate(20);
    return solving.strategy().probabilities;
  }) as [Float64Array, Float64Array];
  expect(furthest(closed, kept)).toBeLessThan(precision === 'f64' ? 1e-12 : 1e-3);
});
