import type { Rng } from '../../core/rng.js';
import { blockWeights } from './bootstrap.js';
import type { Design } from './design.js';
import { Logistic } from './logistic.js';

/** A spread of log odds that only results which say nothing leave. */
const UNTOLD = 1e4;

/** How far parameters are refined: to the last digits, or well below what separates two replicates. */
const EXACT = 1e-10;
const ROUGH = 1e-5;

/** Parameters fitted to a design, and to random weightings of it. */
export class Fit {
  readonly design: Design;
  readonly theta: Float64Array;
  readonly #reduced: boolean;
  readonly #logistic: Logistic;

  /** @param reduced whether the first-order bias is removed */
  constructor(design: Design, reduced: boolean) {
    const width = design.items.length + design.labels.length;
    this.design = design;
    this.#reduced = reduced;
    this.#logistic = new Logistic(design.rows, width);
    this.theta = this.#fit(null, new Float64Array(width), EXACT);
  }

  /** Fits to so many random weightings of the blocks; none where there is but one block. */
  replicates(count: number, rng: Rng): Float64Array[] {
    const { length } = this.design.blocks;
    if (length < 2) return [];
    return Array.from({ length: count }, () => this.#fit(blockWeights(length, rng), this.theta, ROUGH));
  }

  /** Whether the results say how far an item is from the middle of others. */
  tells(item: number, others: readonly number[]): boolean {
    const contrast = new Float64Array(this.theta.length);
    contrast[item] = 1;
    for (const other of others) contrast[other]! -= 1 / others.length;
    return this.#spread(contrast) < UNTOLD;
  }

  /** Whether the results tell the advantages of sides from the skill of agents. */
  tellsLabels(): boolean {
    const { items, labels } = this.design;
    return labels.every((_, label) => {
      const others = this.labelsBeside(label);
      return others.length === 0 || this.tells(items.length + label, others);
    });
  }

  /** Columns of the other labels that a label compares with. */
  labelsBeside(label: number): number[] {
    const { items, labels, labelParts } = this.design;
    return labels
      .map((_, other) => other)
      .filter((other) => other !== label && labelParts[other] === labelParts[label])
      .map((other) => items.length + other);
  }

  #spread(contrast: Float64Array): number {
    const { played } = this.#counts(null);
    return this.#logistic.spread(contrast, played, this.theta);
  }

  #fit(weights: Float64Array | null, start: Float64Array, close: number): Float64Array {
    const { won, played } = this.#counts(weights);
    return this.#logistic.fit(won, played, { reduced: this.#reduced, start, close });
  }

  #counts(weights: Float64Array | null): { won: Float64Array; played: Float64Array } {
    const { rows, blocks } = this.design;
    const [won, played] = [new Float64Array(rows.length), new Float64Array(rows.length)];
    for (let block = 0; block < blocks.length; block++) {
      const weight = weights === null ? 1 : (weights[block] as number);
      for (const counted of blocks[block] ?? []) {
        won[counted.row]! += weight * counted.won;
        played[counted.row]! += weight * counted.played;
      }
    }
    return { won, played };
  }
}
