import { Edges } from './edges.js';
import { CHANCE, type GameTree, TERMINAL } from './game-tree.js';

/**
 * A tree with equal subtrees kept once: histories that go on alike, with the same chances and returns, are one. What
 * anybody knows is left out, so this serves play that looks at nothing. `code` holds a block for each: the number of
 * branches, then for each branch where its block starts. The number is negative where branches are not equally
 * likely; `upTo` then has at each branch the probability of all up to and with it. A block of no branches is an ending, followed
 * by which.
 */
export interface Continuations {
  readonly code: Int32Array;
  readonly upTo: Float64Array;
  readonly root: number;
  /** The different endings: the returns of all seats. */
  readonly endings: readonly Float64Array[];
}

/** NOTE: histories are gone through from the last to the first, so that children have their blocks before parents. */
export function continuationsOf(tree: GameTree): Continuations {
  const merging = new Merging(tree);
  for (let history = tree.size - 1; history >= 0; history--) merging.add(history);
  return merging.done();
}

/** Blocks of more branches are always written as if they were not equally likely. */
export const MOST_EVEN = 256;

/** What a sequence that stands for a subtree begins with. */
const ENDING = 0;
const EVEN = 1;
const UNEVEN = 2;

class Merging {
  readonly #tree: GameTree;
  /** Sequences of numbers, each a path of edges. */
  readonly #edges = new Edges();
  #paths = 3;
  /** By path: where the block starts, for paths that are whole sequences. */
  readonly #blocks: number[] = [];
  readonly #numbers = new Map<number, number>();
  readonly #block: Int32Array;
  readonly #code: number[] = [];
  readonly #upTo: number[] = [];
  readonly #endings: Float64Array[] = [];

  constructor(tree: GameTree) {
    this.#tree = tree;
    this.#block = new Int32Array(tree.size);
  }

  add(history: number): void {
    const { actor, first, children } = this.#tree;
    const begin = first[history] as number;
    const end = begin + (children[history] as number);
    if (actor[history] === TERMINAL) this.#block[history] = this.#ending(history);
    else if (this.#isEven(history, begin, end)) this.#block[history] = this.#even(begin, end);
    else this.#block[history] = this.#uneven(this.#shares(history, begin, end), begin);
  }

  done(): Continuations {
    return {
      code: Int32Array.from(this.#code),
      upTo: Float64Array.from(this.#upTo),
      root: this.#block[0] as number,
      endings: this.#endings,
    };
  }

  #ending(history: number): number {
    const { at, returns, seats } = this.#tree;
    const start = (at[history] as number) * seats;
    let path = ENDING;
    for (let seat = 0; seat < seats; seat++) path = this.#longer(path, this.#numberOf(returns[start + seat] as number));
    this.#blocks[path] ??= this.#writeEnding(returns.slice(start, start + seats));
    return this.#blocks[path] as number;
  }

  #even(begin: number, end: number): number {
    let path = EVEN;
    for (let child = begin; child < end; child++) path = this.#longer(path, this.#block[child] as number);
    this.#blocks[path] ??= this.#write(end - begin, begin, new Float64Array(end - begin));
    return this.#blocks[path] as number;
  }

  #uneven(shares: Float64Array, begin: number): number {
    let path = UNEVEN;
    for (let branch = 0; branch < shares.length; branch++) {
      path = this.#longer(path, this.#block[begin + branch] as number);
      path = this.#longer(path, this.#numberOf(shares[branch] as number));
    }
    this.#blocks[path] ??= this.#write(-shares.length, begin, shares);
    return this.#blocks[path] as number;
  }

  #isEven(history: number, begin: number, end: number): boolean {
    const { actor, chance } = this.#tree;
    if (end - begin > MOST_EVEN) return false;
    if (actor[history] !== CHANCE) return true;
    for (let child = begin + 1; child < end; child++) if (chance[child] !== chance[begin]) return false;
    return true;
  }

  #shares(history: number, begin: number, end: number): Float64Array {
    const { actor, chance } = this.#tree;
    return actor[history] === CHANCE ? chance.slice(begin, end) : new Float64Array(end - begin).fill(1 / (end - begin));
  }

  #writeEnding(returns: Float64Array): number {
    this.#code.push(0, this.#endings.push(returns) - 1);
    this.#upTo.push(0, 0);
    return this.#code.length - 2;
  }

  #write(count: number, begin: number, shares: Float64Array): number {
    const start = this.#code.push(count) - 1;
    this.#upTo.push(0);
    let sum = 0;
    for (let branch = 0; branch < shares.length; branch++) {
      sum += shares[branch] as number;
      this.#code.push(this.#block[begin + branch] as number);
      this.#upTo.push(sum);
    }
    return start;
  }

  #longer(path: number, next: number): number {
    const known = this.#edges.find(path, next);
    if (known >= 0) return known;
    this.#edges.add(path, next, this.#paths);
    return this.#paths++;
  }

  #numberOf(value: number): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#numbers.set(value, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}
