import type { JsonObject } from '../../src/core/json.js';

/** Who is to act at a history where no seat is. */
export const CHANCE = -1;
export const TERMINAL = -2;

/**
 * A whole finite game as flat typed arrays, one entry a history, breadth first: the root is 0, parents come before
 * their children, and the children of a history stand next to each other in the order of its options or outcomes.
 * Seats that move at once decide one after another in seat order, none knowing what the others picked.
 */
export interface GameTree {
  readonly environment: string;
  readonly version: string;
  readonly config: JsonObject;
  readonly seats: number;
  /** Two seats whose returns add up to 0 at every end. */
  readonly zeroSum: boolean;
  /** How many histories there are. */
  readonly size: number;
  /** By history: the seat to act, `CHANCE` or `TERMINAL`. */
  readonly actor: Int8Array;
  /** By history: its first child and how many children it has; 0 and 0 at an end. */
  readonly first: Int32Array;
  readonly children: Int32Array;
  /** By history: which information state a decision belongs to, which ending an end is, -1 at chance. */
  readonly at: Int32Array;
  /** By history: the probability with which chance goes there from its parent; 1 where the parent is no chance. */
  readonly chance: Float64Array;
  /** Weighted returns, `seats` numbers for each ending in order. */
  readonly returns: Float64Array;
  readonly states: InformationStates;
  /** Kept when asked for: what everybody knows at every history. */
  readonly knowledge?: Knowledge;
  /** Kept when asked for: what a seat's view shows of it, such as its side. */
  readonly labels?: Labels;
}

/** Numbers of labels: by information state (its seat's), and by ending and seat (`seats` numbers for each ending). */
export interface Labels {
  readonly names: readonly string[];
  readonly states: Int32Array;
  readonly endings: Int32Array;
}

/**
 * The information states of all seats. The actions of state `i` have the numbers `offset[i]` to `offset[i + 1]`; a
 * profile holds one number for each action of each state.
 */
export interface InformationStates {
  readonly count: number;
  readonly seat: Uint8Array;
  /** `count + 1` numbers, from 0. */
  readonly offset: Int32Array;
  /** A name that a seat can work out from what it was told: see `informationName`. */
  readonly names: readonly string[];
  /** Ids of the options, in order; states with the same options share one array. */
  readonly options: readonly (readonly string[])[];
}

/**
 * By viewer (each seat, and the public last) and history: a number that stands for everything the viewer was told and
 * did up to there. Two histories have the same number exactly if the viewer cannot tell them apart.
 */
export type Knowledge = readonly Int32Array[];

/** One number for each action of each information state: probabilities, regrets, values. */
export type Profile = Float64Array;

/** How many actions all information states have together: the length of a profile. */
export function actionsOf({ states }: GameTree): number {
  return states.offset[states.count] as number;
}

/** Every action of a state equally likely. */
export function uniformProfile(tree: GameTree): Profile {
  const { count, offset } = tree.states;
  const profile = new Float64Array(actionsOf(tree));
  for (let state = 0; state < count; state++) {
    const start = offset[state] as number;
    const end = offset[state + 1] as number;
    profile.fill(1 / (end - start), start, end);
  }
  return profile;
}
