import type { Factors } from '../tabular/kernel/tables.js';

/** The tables of a regret minimiser: summed regrets, summed strategies, and what is played now. */
export type Table = 'regrets' | 'sums' | 'strategy';
export const TABLES: readonly Table[] = ['regrets', 'sums', 'strategy'];

/** A regret minimiser on a public tree. Tables go in and out as one number for each action of the public tree. */
export interface Engine {
  iterate(factors: Factors): void;
  read(table: Table): Float64Array;
  write(table: Table, numbers: Float64Array): void;
}
