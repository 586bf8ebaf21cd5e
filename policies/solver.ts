import type { z } from 'zod';
import type { Environment } from '../src/core/environment.js';
import type { JsonObject } from '../src/core/json.js';
import type { Rng } from '../src/core/rng.js';
import type { GameTree } from './tree/game-tree.js';

/** What a solver is given to solve. The tree is made when first asked for, and once. */
export interface Game {
  readonly environment: Environment;
  readonly config: JsonObject;
  tree(): GameTree;
}

/**
 * A tabular algorithm: the default export of a file of `policies/tabular/`. Its first road is the plain one; others
 * are faster and must give the same answers.
 */
export interface Solver {
  /** As typed: `cfr+`. */
  readonly id: string;
  readonly title: string;
  /** Authors, year and where it was published. */
  readonly paper: string;
  /** A strict object with a default for every field. */
  readonly options: z.ZodType<JsonObject>;
  readonly roads: { readonly [name: string]: Road };
}

export interface Road {
  /** In one line: what it runs on and which games it takes. */
  readonly says: string;
  /** @throws UserError, with the reason, when the road does not take the game */
  open(game: Game, options: JsonObject, rng: Rng): Solving;
}

/** A solver at work on one game. */
export interface Solving {
  /** Iterations done so far. */
  readonly iterations: number;
  iterate(count: number): void;
  /** The strategy it would hand over now, by information state. */
  strategy(): Strategy;
  /** Everything it takes to go on from here. */
  save(): Checkpoint;
  restore(checkpoint: Checkpoint): void;
}

/** Behaviour strategies of all seats: for each named information state the probability of each option. */
export interface Strategy {
  readonly names: readonly string[];
  readonly options: readonly (readonly string[])[];
  /** `names.length + 1` numbers: where the probabilities of each state start. */
  readonly offset: Int32Array;
  readonly probabilities: Float64Array;
}

export interface Checkpoint {
  readonly numbers: JsonObject;
  readonly arrays: { readonly [name: string]: Float64Array };
}
