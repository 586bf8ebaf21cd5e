import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { gameOf } from '../game.js';
import { Evaluator } from '../grading/evaluator.js';
import type { Learner } from '../learner.js';
import type { Game } from '../solver.js';
import { TreeWalk } from './deep/tree-walk.js';
import deepCfr from './deep-cfr.js';
import dream from './dream.js';
import { networkProfile } from './learned.testing.js';
import sdCfr from './sd-cfr.js';

const SMALL = { traversals: 300, hidden: [32, 32], batch: 256, memory: 50_000, steps: 150 };
/** Leduc poker in a tenth of the published work. */
const LEDUC = { traversals: 500, hidden: [64, 64], batch: 256, memory: 200_000, steps: 400, strategySteps: 1500 };

async function game(id: string): Promise<Game> {
  const environment = await new Catalogue({ environments: [], agents: [] }).environment(id);
  return gameOf(environment, readConfig(environment.spec));
}

/** Exploitability of the average-strategy network and of the mixture of advantage networks after some iterations. */
async function trained(on: Game, options: object, iterations: number): Promise<{ network: number; mixture: number }> {
  const learning = await deepCfr.open(on, { ...options }, stream('1', 'test'));
  let mixture = Number.NaN;
  for (let i = 0; i < iterations; i++) {
    mixture = (await learning.iterate())['exploitability of the networks'] as number;
  }
  const { files } = await learning.policy();
  const profile = networkProfile(new TreeWalk(on), files['policy.onnx'] as Uint8Array);
  return { network: new Evaluator(on.tree()).nashConv(profile).exploitability, mixture };
}

describe('gates', () => {
  // SEE: Steinberger 2019, figure of Leduc poker: exploitability .705 at iteration 10, in antes.
  it('Leduc poker: at or below the published curve at iteration 10', async () => {
    const { network, mixture } = await trained(await game('leduc-poker'), LEDUC, 10);
    expect(network).toBeLessThanOrEqual(0.705);
    expect(mixture).toBeLessThanOrEqual(0.705);
  });

  it('Leduc poker: networks that learnt nothing fail it', async () => {
    const { network, mixture } = await trained(await game('leduc-poker'), { ...LEDUC, steps: 0, strategySteps: 0 }, 10);
    expect(network).toBeGreaterThan(0.705);
    expect(mixture).toBeGreaterThan(0.705);
  });

  it('Kuhn poker: under .05 within 100 iterations', async () => {
    const { network, mixture } = await trained(await game('kuhn-poker'), { ...SMALL, strategySteps: 1000 }, 25);
    expect(network).toBeLessThan(0.05);
    expect(mixture).toBeLessThan(0.05);
  });

  it('Kuhn poker: networks that learnt nothing fail it', async () => {
    const { network, mixture } = await trained(await game('kuhn-poker'), { ...SMALL, steps: 0, strategySteps: 0 }, 25);
    expect(network).toBeGreaterThan(0.05);
    expect(mixture).toBeGreaterThan(0.05);
  });
});

describe('DREAM', () => {
  const options = { traversals: 1000, hidden: [32, 32], batch: 256, memory: 100_000, baselineSteps: 100 };

  async function reached(iterations: number, steps: number): Promise<number> {
    const learning = await dream.open(await game('kuhn-poker'), { ...options, steps }, stream('1', 'test'));
    let exploitability = Number.NaN;
    for (let i = 0; i < iterations; i++) exploitability = (await learning.iterate()).exploitability as number;
    await learning.close();
    return exploitability;
  }

  it('Kuhn poker: under .1 after 10 iterations, where networks that learnt nothing are not', async () => {
    expect(await reached(10, 150)).toBeLessThan(0.1);
    expect(await reached(10, 0)).toBeGreaterThan(0.1);
  });
});

const SHORT = { ...SMALL, traversals: 40, steps: 20 };
const LEARNERS: readonly { readonly learner: Learner; readonly options: JsonObject }[] = [
  { learner: deepCfr, options: { ...SHORT, strategySteps: 50 } },
  { learner: sdCfr, options: SHORT },
  { learner: dream, options: { ...SHORT, baselineSteps: 10, baselineMemory: 100 } },
];

describe.each(LEARNERS)('$learner.id', ({ learner, options }) => {
  it('goes on from a saved state as if it had never stopped', async () => {
    const on = await game('kuhn-poker');
    const whole = await learner.open(on, options, stream('2', 'test'));
    for (let i = 0; i < 4; i++) await whole.iterate();
    const before = await learner.open(on, options, stream('2', 'test'));
    for (let i = 0; i < 2; i++) await before.iterate();
    const after = await learner.open(on, options, stream('other', 'test'));
    await after.restore(await before.save());
    for (let i = 0; i < 2; i++) await after.iterate();
    expect(after.iterations).toBe(4);
    expect((await after.save()).files).toEqual((await whole.save()).files);
    expect((await after.policy()).files).toEqual((await whole.policy()).files);
  });

  it('learns the same through the rules as on the compiled game', async () => {
    const on = await game('kuhn-poker');
    const [tree, contract] = await Promise.all(
      ['tree', 'contract'].map((road) => learner.open(on, { ...options, road }, stream('3', 'test'))),
    );
    for (let i = 0; i < 3; i++) {
      await tree?.iterate();
      await contract?.iterate();
    }
    expect((await contract?.save())?.files).toEqual((await tree?.save())?.files);
  });

  it('names what it does not take', async () => {
    await expect(learner.open(await game('kuhn-poker'), { traversal: 3 }, stream('4', 'test'))).rejects.toThrow(
      /option traversal: there is no such field; did you mean "?traversals/,
    );
    await expect(learner.open(await game('calculator'), {}, stream('4', 'test'))).rejects.toThrow(/calculator/);
  });
});
