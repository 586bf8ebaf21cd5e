import type { PublicTree } from '../public-tree.js';
import { type Precision, widthOf } from './lanes.js';

const VECTOR_BYTES = 16;
const PAGE_BYTES = 65536;

/** What a module's memory holds by action, each in a stretch of its own; `next` is what simultaneous updates will play. */
export type Table = 'regrets' | 'sums' | 'strategy' | 'next';
const TABLES: readonly Table[] = ['regrets', 'sums', 'strategy', 'next'];

/** What one iteration is told: numbers in all lanes of one vector each, at the start of memory. */
export type Factor = 'weight' | 'positive' | 'negative';
const FACTORS: readonly Factor[] = ['weight', 'positive', 'negative'];

/** Where things stand in the memory of a module, in bytes. The hands of a situation are filled up to whole vectors. */
export class MemoryMap {
  readonly precision: Precision;
  /** How many bytes one table takes. */
  readonly tableBytes: number;
  readonly #tree: PublicTree;
  /** By situation: the vector at which its actions start in each table, and how many there are for one option. */
  readonly #start: Int32Array;
  readonly #vectors: Int32Array;

  constructor(tree: PublicTree, precision: Precision) {
    this.#tree = tree;
    this.precision = precision;
    this.#start = new Int32Array(tree.size + 1);
    this.#vectors = new Int32Array(tree.size);
    for (let situation = 0; situation < tree.size; situation++) {
      const hands = tree.hands[tree.actor[situation] as 0 | 1][situation] as number;
      const vectors = this.vectors(hands);
      this.#vectors[situation] = vectors;
      this.#start[situation + 1] = (this.#start[situation] as number) + vectors * (tree.options[situation] as number);
    }
    this.tableBytes = (this.#start[tree.size] as number) * VECTOR_BYTES;
  }

  factor(factor: Factor): number {
    return FACTORS.indexOf(factor) * VECTOR_BYTES;
  }

  table(table: Table): number {
    return FACTORS.length * VECTOR_BYTES + TABLES.indexOf(table) * this.tableBytes;
  }

  /** The first of the vectors that hold the numbers of an option of a situation, counted from 0. */
  address(table: Table, situation: number, option: number): number {
    const vector = (this.#start[situation] as number) + option * (this.#vectors[situation] as number);
    return this.table(table) + vector * VECTOR_BYTES;
  }

  /** How many vectors hold so many hands. */
  vectors(hands: number): number {
    return Math.ceil(hands / widthOf(this.precision));
  }

  pages(): number {
    return Math.ceil((this.table('next') + this.tableBytes) / PAGE_BYTES);
  }

  /** Calls back with each action of the public tree and where it stands, counted in numbers from a table's start. */
  each(visit: (action: number, at: number) => void): void {
    const { size, actor, options, hands, offset } = this.#tree;
    const width = widthOf(this.precision);
    for (let situation = 0; situation < size; situation++) {
      const count = hands[actor[situation] as 0 | 1][situation] as number;
      let action = offset[situation] as number;
      for (let option = 0; option < (options[situation] as number); option++) {
        const vector = (this.#start[situation] as number) + option * (this.#vectors[situation] as number);
        for (let hand = 0; hand < count; hand++, action++) visit(action, vector * width + hand);
      }
    }
  }
}
