export type Config = { readonly players: 2 | 3 };

/** What a viewer sees. `cards` has a letter a seat, `?` where it does not see one; `actions` are ids of options, oldest first. */
export type View = { readonly you: number | null; readonly cards: string; readonly actions: readonly string[] };

/** From low to high; a game of n players uses the first n + 1. */
export const RANKS = 'JQKA';
/** Ids of the options by the letter a state keeps. */
export const ACTIONS: { readonly [letter: string]: string } = { c: 'check', b: 'bet', k: 'call', f: 'fold' };
