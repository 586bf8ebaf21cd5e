export type Config = {
  /** `apart`: six different cards. `merged`: cards are dealt and seen by rank alone. */
  readonly suits: 'apart' | 'merged';
};

/**
 * Cards in the order dealt (seat 0, seat 1, the public card) and the actions of both rounds, one letter each: `f` fold,
 * `k` check, `c` call, `r` raise.
 */
export type State = { readonly suits: Config['suits']; readonly cards: readonly string[]; readonly actions: string };

/** What a viewer sees. A hand is null while it is hidden from the viewer, the board until it is dealt. */
export type View = {
  readonly you: number | null;
  readonly hands: readonly [string | null, string | null];
  readonly board: string | null;
  /** Ids of the actions of each round, oldest first. */
  readonly rounds: readonly [readonly string[], readonly string[]];
  /** Chips each seat has put in the pot. */
  readonly put: readonly [number, number];
};

/** Ids of the options by the letter a state keeps. */
export const ACTIONS: { readonly [letter: string]: string } = { f: 'fold', k: 'check', c: 'call', r: 'raise' };
