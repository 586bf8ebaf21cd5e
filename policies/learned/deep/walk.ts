import type { Information } from '../../encoding.js';

/** A game as sampled traversals see it, whether compiled to a tree or straight on the contract. */
export interface Walk<N> {
  readonly seats: number;
  /** How many numbers the features of an information have. */
  readonly width: number;
  /** Every option id that can ever be offered. */
  readonly vocabulary: readonly string[];
  /** Largest size of a seat's return: what regrets and values are divided by before a network sees them. */
  readonly scale: number;
  root(): N;
  /** The seat to act, `CHANCE` or `TERMINAL`. */
  actor(node: N): number;
  /** How many ways it can go on. */
  fan(node: N): number;
  child(node: N, index: number): N;
  /** Probability of each outcome of chance. */
  chances(node: N): readonly number[];
  /** Weighted return of a seat at an end. */
  returned(node: N, seat: number): number;
  /** What the seat to act knows; the same object for the same information state as long as the walk remembers it. */
  information(node: N): Information;
  /** What all seats together see at a decision, with the seat to act: the input of a baseline. Not a copy. */
  history(node: N): Float32Array;
  /** How many numbers a history has. */
  readonly historyWidth: number;
}
