import type { GameTree } from '../tree/game-tree.js';

/**
 * A game of two seats and zero sum as everybody sees it: one node (a *situation*) for each thing the public can know
 * when a seat is to decide, and in it one vector entry for each *hand*: each thing a seat can know there besides.
 * Chance stands nowhere: what it deals in secret weighs the ends, and what it shows makes several situations of one
 * option. Situations are numbered parents first, those that come from the same option next to each other.
 *
 * Every information state of the flat tree is one hand of the acting seat in one situation, and the other way round.
 * SEE: M. Johanson, K. Waugh, M. Bowling, M. Zinkevich, "Accelerating best response calculation in large extensive
 * games", IJCAI 2011 (public trees and vectors over hands).
 */
export interface PublicTree {
  readonly tree: GameTree;
  /** How many situations there are. */
  readonly size: number;
  /** By situation: the seat to act, and how many options it has. */
  readonly actor: Uint8Array;
  readonly options: Int32Array;
  /** By seat and situation: how many vector entries there are. Some may stand empty: see `holder`. */
  readonly hands: PerSeat<Int32Array>;
  /**
   * By seat and situation: for each entry the entry of the situation before that it comes from; null where each comes
   * from its own. Before the first situations there is one entry a seat.
   */
  readonly from: PerSeat<readonly (Int32Array | null)[]>;
  /** By situation: its first option's number among all; those of situation `i` are `edge[i]` and on. Number 0 is the start. */
  readonly edge: Int32Array;
  /** How many options there are, the start included. */
  readonly edges: number;
  /** By option: the situation it is an option of, -1 for the start. */
  readonly of: Int32Array;
  /** `edges + 1` numbers: the situations after option `e` are `after[e]` to `after[e + 1]`. */
  readonly after: Int32Array;
  /** By situation: the option it comes after. */
  readonly came: Int32Array;
  /** By option: which of `payoffs` is paid to the hands whose play ends there, -1 where none does. */
  readonly end: Int32Array;
  readonly payoffs: readonly Payoff[];
  /** `size + 1` numbers: where the actions of a situation start: option by option, one entry a hand of the acting seat. */
  readonly offset: Int32Array;
  /** By action: the action of the flat tree's profiles, -1 where the entry is empty. */
  readonly action: Int32Array;
}

export type PerSeat<T> = readonly [T, T];

/** How many vector entries a seat has in a situation; -1 stands for the start. */
export function handsAt({ hands }: PublicTree, seat: 0 | 1, situation: number): number {
  return situation < 0 ? 1 : (hands[seat][situation] as number);
}

/** Probability of chance times return of seat 0, for each pair of hands: rows by seat 0, columns by seat 1. */
export interface Payoff {
  readonly rows: number;
  readonly columns: number;
  readonly weights: Float64Array;
}

/** Numbers by action of the flat tree, as numbers by action of the public tree; empty entries get `empty`. */
export function toPublic({ action }: PublicTree, profile: Float64Array, empty = 0): Float64Array {
  return Float64Array.from(action, (number) => (number < 0 ? empty : (profile[number] as number)));
}

/** The way back from `toPublic`. */
export function fromPublic({ action, tree }: PublicTree, numbers: Float64Array): Float64Array {
  const { states } = tree;
  const profile = new Float64Array(states.offset[states.count] as number);
  for (const [at, number] of action.entries()) if (number >= 0) profile[number] = numbers[at] as number;
  return profile;
}

/** Every option as likely as the others, by action of the public tree. */
export function evenly({ size, options, offset, action }: PublicTree): Float64Array {
  const strategy = new Float64Array(action.length);
  for (let situation = 0; situation < size; situation++) {
    strategy.fill(1 / (options[situation] as number), offset[situation], offset[situation + 1]);
  }
  return strategy;
}
