import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../src/core/catalogue.js';
import { readConfig } from '../../../src/core/config.js';
import { stream } from '../../../src/core/rng.js';
import type { Information } from '../../encoding.js';
import { gameOf } from '../../game.js';
import { actionValues } from '../../grading/action-values.js';
import { Evaluator } from '../../grading/evaluator.js';
import { matchRegrets } from '../../regrets.js';
import { uniformProfile } from '../../tree/game-tree.js';
import { Average } from './average.js';
import { sampleLine } from './outcome.js';
import { Reservoir } from './reservoir.js';
import { draw, traverse } from './traverse.js';
import { TreeWalk } from './tree-walk.js';

async function kuhn(): Promise<TreeWalk> {
  const environment = await new Catalogue({ environments: [], agents: [] }).environment('kuhn-poker');
  return new TreeWalk(gameOf(environment, readConfig(environment.spec)));
}

const even = (options: number) => new Array<number>(options).fill(1 / options);

/** Collects sampled advantages by information state, and holds their means against the exact ones of uniform play. */
class Means {
  readonly #walk: TreeWalk;
  readonly #samples: Float64Array[][] = [];

  constructor(walk: TreeWalk) {
    this.#walk = walk;
  }

  add(information: Information, advantages: ArrayLike<number>): void {
    const state = this.#walk.informations.indexOf(information);
    this.#samples[state] ??= [];
    this.#samples[state].push(Float64Array.from(advantages, (advantage) => advantage * this.#walk.scale));
  }

  /** The largest distance between a mean and its exact value, in standard errors. */
  worst(): number {
    const { states } = this.#walk.tree;
    const values = actionValues(this.#walk.tree, uniformProfile(this.#walk.tree));
    let worst = 0;
    for (let state = 0; state < states.count; state++) {
      const own = values.subarray(states.offset[state], states.offset[state + 1]);
      const value = own.reduce((sum, worth) => sum + worth, 0) / own.length;
      for (const [option, worth] of own.entries()) {
        const sampled = (this.#samples[state] as Float64Array[]).map((sample) => sample[option] as number);
        const mean = sampled.reduce((sum, one) => sum + one, 0) / sampled.length;
        const variance = sampled.reduce((sum, one) => sum + (one - mean) ** 2, 0) / sampled.length;
        const error = Math.sqrt(variance / sampled.length) + 1e-9;
        worst = Math.max(worst, Math.abs(mean - (worth - value)) / error);
      }
    }
    return worst;
  }
}

describe('sampled advantages have the exact ones of every information state as their mean', () => {
  it('by external sampling', async () => {
    const walk = await kuhn();
    const means = new Means(walk);
    const rng = stream('1', 'traverse');
    for (let i = 0; i < 40_000; i++) {
      traverse(walk, i % 2, rng, {
        strategy: (_, { actions }) => even(actions.length),
        played: () => {},
        advantage: (_, information, advantages) => means.add(information, advantages),
      });
    }
    expect(means.worst()).toBeLessThan(4.5);
  });

  // NOTE: whatever the baseline says, since what it adds on one side it takes off on the other.
  it.each([
    { baseline: 'of 0', value: () => 0 },
    { baseline: 'of nonsense', value: (node: number, option: number) => Math.sin(3 * node + option) },
  ])('by outcome sampling with a baseline $baseline', async ({ value }) => {
    const walk = await kuhn();
    const means = new Means(walk);
    const rng = stream('1', 'line');
    for (let i = 0; i < 60_000; i++) {
      sampleLine(walk, i % 2, rng, {
        exploration: 0.5,
        strategy: (_, { actions }) => even(actions.length),
        baseline: (node, { actions }) => actions.map((_, option) => value(node, option)),
        advantage: (information, advantages) => means.add(information, advantages),
        line: () => {},
      });
    }
    expect(means.worst()).toBeLessThan(4.5);
  });
});

describe('matchRegrets', () => {
  it.each([
    { advantages: [3, 1, -2], strategy: [0.75, 0.25, 0] },
    { advantages: [-3, -1, -2], strategy: [0, 1, 0] },
    { advantages: [0, 0], strategy: [1, 0] },
  ])('$advantages -> $strategy', ({ advantages, strategy }) => {
    expect([...matchRegrets(advantages)]).toEqual(strategy);
  });
});

describe('draw', () => {
  it('never draws what has no probability, whatever rounding leaves', () => {
    const rng = stream('1', 'draw');
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 10_000; i++) {
      const at = draw([0, 0.25, 0.7499999, 0], rng);
      counts[at] = (counts[at] as number) + 1;
    }
    expect(counts[0]).toBe(0);
    expect(counts[3]).toBe(0);
    expect(Math.abs((counts[1] as number) - 2500)).toBeLessThan(4 * Math.sqrt(1875));
  });
});

describe('Reservoir', () => {
  it('keeps each of many rows equally often', () => {
    const rng = stream('1', 'reservoir');
    const kept = new Array<number>(20).fill(0);
    for (let life = 0; life < 4000; life++) {
      const memory = new Reservoir(1, 5);
      for (let value = 0; value < 20; value++) memory.add(rng)?.fill(value);
      for (let at = 0; at < 5; at++) {
        const value = memory.row(at)[0] as number;
        kept[value] = (kept[value] as number) + 1;
      }
    }
    const chi = kept.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 19 degrees of freedom: above 43.8 once in a thousand times.
    expect(chi).toBeLessThan(43.8);
  });

  it('grows beyond the rows it made room for, and comes back from its bytes', () => {
    const rng = stream('2', 'reservoir');
    const memory = new Reservoir(3, 10_000);
    for (let value = 0; value < 9000; value++) memory.add(rng)?.fill(value);
    const again = new Reservoir(3, 10_000);
    again.restore(memory.bytes(), memory.seen);
    expect([again.size, again.seen, ...again.row(8999)]).toEqual([9000, 9000, 8999, 8999, 8999]);
    again.add(rng)?.fill(7);
    expect([...again.row(9000)]).toEqual([7, 7, 7]);
  });
});

describe('Average', () => {
  it('plays as somebody who draws one of the strategies for each episode', async () => {
    const walk = await kuhn();
    const average = new Average(walk);
    // Of the first seat's two strategies one always checks, one always bets; the other seat is uniform.
    const first =
      (at: number) =>
      ({ actions }: { readonly actions: readonly number[] }) =>
        actions.map((_, option) => (option === at ? 1 : 0));
    average.add(0, first(0), 1);
    average.add(0, first(1), 3);
    average.add(1, ({ actions }) => even(actions.length), 1);
    const profile = average.profile();
    const { values } = new Evaluator(walk.tree).nashConv(profile);
    const alone = [0, 1].map((at) => {
      const one = new Average(walk);
      one.add(0, first(at), 1);
      one.add(1, ({ actions }) => even(actions.length), 1);
      return new Evaluator(walk.tree).nashConv(one.profile()).values[0] as number;
    });
    expect(values[0]).toBeCloseTo((alone[0] as number) / 4 + ((alone[1] as number) * 3) / 4, 12);
  });
});
