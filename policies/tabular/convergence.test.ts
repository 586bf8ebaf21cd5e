import { expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import leduc from '../../envs/leduc-poker/index.js';
import type { Environment } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { nashConv as plainNashConv } from '../../test/best-response.js';
import { plainPredictive } from '../../test/solving/plain-predictive.js';
import { growTree } from '../../test/tree.js';
import { solver } from '../found.js';
import { Evaluator } from '../grading/evaluator.js';
import type { Game, Solver } from '../solver.js';
import { compile } from '../tree/compile.js';

/** Iterations, NashConv of the average strategies after them, and how closely. */
type Point = readonly [iterations: number, nashConv: number, within: number];

/**
 * SEE: OpenSpiel 2.0.1 as run by us; the lines of dcfr and linear-cfr come from an independent program of ours that gives
 * OpenSpiel's figures elsewhere. What follows depends on the order of additions in Leduc at 1,000 iterations.
 */
const table: readonly (readonly [Environment, string, JsonObject, readonly Point[]])[] = [
  [kuhn, 'cfr', {}, digits(0.19241700040281, 0.0513494716938957, 0.0145382128171276)],
  [kuhn, 'cfr', { updates: 'alternating' }, digits(0.137397587634315, 0.0164519546318304, 0.00187523329398592)],
  [kuhn, 'cfr+', {}, digits(0.0653741813366897, 0.00238880820222337, 0.000174730645041699)],
  [kuhn, 'linear-cfr', {}, digits(0.0425014612243312, 0.00217805473010407)],
  [kuhn, 'dcfr', {}, digits(0.0455575678515275, 0.00333268394075947)],
  [leduc, 'cfr', {}, [...digits(1.85403714393534, 0.346068623841653), [1000, 0.07962661, 1e-6]]],
  [leduc, 'cfr', { updates: 'alternating' }, [...digits(1.77715796633754, 0.191432706009195), [1000, 0.023636, 1e-5]]],
  [leduc, 'cfr+', {}, [...digits(1.22087780318081, 0.0268319899417957), [1000, 0.0005, 1e-4]]],
  [leduc, 'dcfr', {}, [...digits(1.55760409399241), [100, 0.0155, 1e-4], [1000, 0.0003, 1e-4]]],
  [leduc, 'linear-cfr', {}, [...digits(1.44213031141449), [100, 0.069, 1e-4]]],
];

/** After 10, 100 and 1,000 iterations, as far as programs that add up in another order agree. */
function digits(...values: readonly number[]): Point[] {
  return values.map((value, index) => [10 ** (index + 1), value, 1e-9]);
}

const games = new Map(
  [kuhn, leduc].map((environment) => {
    const config = environment.spec.config.parse({});
    const tree = compile(environment, config, { knowledge: true });
    const game: Game = { environment, config, tree: () => tree };
    return [environment, { game, evaluator: new Evaluator(tree) }] as const;
  }),
);

/** NashConv of the averages after so many iterations, which may only grow from call to call. */
function convergence(environment: Environment, { id, roads }: Solver, road: string, options: JsonObject) {
  const at = games.get(environment);
  const solving = at === undefined ? undefined : roads[road]?.open(at.game, options, stream(id, road));
  if (at === undefined || solving === undefined)
    throw new Error(`${id} does not solve ${environment.spec.id} by ${road}`);
  return (iterations: number): number => {
    solving.iterate(iterations - solving.iterations);
    return at.evaluator.nashConv(solving.strategy().probabilities).nashConv;
  };
}

for (const [environment, id, options, points] of table) {
  it(`${id} ${JSON.stringify(options)} on ${environment.spec.id} has the published NashConv on every road`, async () => {
    const found = await solver(id);
    for (const road of Object.keys(found.roads)) {
      const nashConv = convergence(environment, found, road, options);
      for (const [iterations, value, within] of points) {
        const off = Math.abs(nashConv(iterations) - value);
        expect(off, `${road} after ${iterations}`).toBeLessThan(within);
      }
    }
  });
}

it('pcfr+ does what its paper says', async () => {
  const found = await solver('pcfr+');
  const tree = growTree(kuhn, { players: 2 });
  const expected = plainNashConv(tree, plainPredictive(tree, 10));
  for (const road of Object.keys(found.roads)) {
    const nashConv = convergence(kuhn, found, road, {});
    expect(nashConv(10), road).toBeCloseTo(expected, 12);
    expect(nashConv(1000), road).toBeLessThan(1e-7);
  }
});

it('Leduc poker comes to NashConv 1e-3, and how long that takes', async () => {
  for (const [id, road] of [
    ['cfr+', 'flat'],
    ['cfr+', 'payoffs'],
    ['cfr+', 'wasm'],
    ['dcfr', 'payoffs'],
  ] as const) {
    const nashConv = convergence(leduc, await solver(id), road, {});
    let iterations = 0;
    while (nashConv(iterations) > 1e-3 && iterations < 2000) iterations += 10;
    expect(nashConv(iterations)).toBeLessThan(1e-3);
    const again = convergence(leduc, await solver(id), road, {});
    const before = process.cpuUsage();
    again(iterations);
    const { user } = process.cpuUsage(before);
    console.log(`leduc-poker, ${id} by ${road}: ${iterations} iterations, ${(user / 1000).toFixed(1)} ms`);
  }
});
