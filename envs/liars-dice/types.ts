export type Config = {
  readonly seats: 2 | 3 | 4;
  /** Dice of each seat. */
  readonly dice: number;
  /** Faces of a die, numbered from 1. */
  readonly faces: number;
  /** Whether the highest face counts as any face. */
  readonly wild: boolean;
};

/**
 * Faces rolled so far, all dice of seat 0 first, then those of seat 1; the bids so far by number (see `bids.ts`); and
 * whether the last one was called a lie.
 */
export type State = {
  readonly config: Config;
  readonly rolled: readonly number[];
  readonly bids: readonly number[];
  readonly called: boolean;
};

/** What a viewer sees. */
export type View = {
  readonly you: number | null;
  /** Dice of each seat, in the order rolled; null while they are hidden from the viewer. */
  readonly dice: readonly (readonly number[] | null)[];
  /** Bids so far as they are written, such as `2x5` for two fives, oldest first. `player_0` made the first. */
  readonly bids: readonly string[];
  readonly called: boolean;
};
