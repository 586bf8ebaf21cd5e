import type { Checkpoint, Solving, Strategy } from '../solver.js';
import { averageOf } from '../tabular/kernel/averages.js';
import { countOf, refill } from '../tabular/kernel/checkpoints.js';
import { keptOfNegative, keptOfPositive, type Scheme, weightAt } from '../tabular/kernel/scheme.js';
import { type Engine, TABLES } from './engine.js';
import { fromPublic, type PublicTree, toPublic } from './public-tree.js';

/** A regret minimiser on a public tree at work. Its checkpoints are those of the flat road, so either can go on from them. */
export class PublicSolving implements Solving {
  readonly #tree: PublicTree;
  readonly #scheme: Scheme;
  readonly #engine: Engine;
  readonly #factors = { weight: 1, positive: 1, negative: 1, predicted: 0 };
  #iterations = 0;

  constructor(tree: PublicTree, scheme: Scheme, engine: Engine) {
    this.#tree = tree;
    this.#scheme = scheme;
    this.#engine = engine;
    this.#factors.predicted = scheme.predictive ? 1 : 0;
  }

  get iterations(): number {
    return this.#iterations;
  }

  iterate(count: number): void {
    for (let i = 0; i < count; i++) {
      const t = ++this.#iterations;
      this.#factors.weight = weightAt(this.#scheme, t);
      this.#factors.positive = keptOfPositive(this.#scheme, t);
      this.#factors.negative = keptOfNegative(this.#scheme, t);
      this.#engine.iterate(this.#factors);
    }
  }

  strategy(): Strategy {
    return averageOf(this.#tree.tree, fromPublic(this.#tree, this.#engine.read('sums')));
  }

  save(): Checkpoint {
    const arrays = TABLES.map((table) => [table, fromPublic(this.#tree, this.#engine.read(table))] as const);
    return { numbers: { iterations: this.#iterations }, arrays: Object.fromEntries(arrays) };
  }

  restore(checkpoint: Checkpoint): void {
    const arrays = this.save().arrays;
    refill(checkpoint, arrays);
    this.#iterations = countOf(checkpoint);
    // NOTE: entries that no hand stands in are never played, so any number does for them.
    for (const table of TABLES) this.#engine.write(table, toPublic(this.#tree, arrays[table] as Float64Array));
  }
}
