import type { Rng } from '../../../src/core/rng.js';
import type { Checkpoint, Solving, Strategy } from '../../solver.js';
import { actionsOf, type GameTree, type Profile } from '../../tree/game-tree.js';
import { averageOf } from './averages.js';
import { countOf, refill, rngStateOf } from './checkpoints.js';

/** Regrets and summed strategies, wherever they are kept. */
export interface Memory {
  strategy(): Strategy;
  save(): Checkpoint;
  restore(checkpoint: Checkpoint): void;
}

/** A sampling solver at work: a memory, a generator, and what it does to them in one iteration. */
export class Sampling implements Solving {
  readonly #memory: Memory;
  readonly #rng: Rng;
  readonly #step: () => void;
  #iterations = 0;

  constructor(memory: Memory, rng: Rng, step: () => void) {
    this.#memory = memory;
    this.#rng = rng;
    this.#step = step;
  }

  get iterations(): number {
    return this.#iterations;
  }

  iterate(count: number): void {
    for (let i = 0; i < count; i++) this.#step();
    this.#iterations += count;
  }

  strategy(): Strategy {
    return this.#memory.strategy();
  }

  save(): Checkpoint {
    const { numbers, arrays } = this.#memory.save();
    return { numbers: { ...numbers, iterations: this.#iterations, rng: this.#rng.state() }, arrays };
  }

  restore(checkpoint: Checkpoint): void {
    const [iterations, state] = [countOf(checkpoint), rngStateOf(checkpoint)];
    this.#memory.restore(checkpoint);
    this.#rng.restore(state);
    this.#iterations = iterations;
  }
}

/** The memory of a compiled game: one number for each action. */
export class TreeMemory implements Memory {
  readonly regrets: Profile;
  readonly sums: Profile;
  readonly #tree: GameTree;

  constructor(tree: GameTree) {
    this.#tree = tree;
    this.regrets = new Float64Array(actionsOf(tree));
    this.sums = new Float64Array(actionsOf(tree));
  }

  strategy(): Strategy {
    return averageOf(this.#tree, this.sums);
  }

  save(): Checkpoint {
    return { numbers: {}, arrays: { regrets: this.regrets.slice(), sums: this.sums.slice() } };
  }

  restore(checkpoint: Checkpoint): void {
    refill(checkpoint, { regrets: this.regrets, sums: this.sums });
  }
}

/** A draw from [0, 1) with 32 random bits. */
export function unit(rng: Rng): number {
  return rng.next() * 2.3283064365386963e-10;
}
