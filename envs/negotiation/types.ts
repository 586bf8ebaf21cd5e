import type { Config } from './config.js';
import type { Amounts } from './values.js';

export type { Amounts, Config };

/** What a seat did: a speech, an offer (what it would take; the other gets the rest), an acceptance, or leaving. */
export type Deed =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'offer'; readonly take: Amounts }
  | { readonly kind: 'accept' }
  | { readonly kind: 'walk away' };

/** Values dealt so far, by seat, and what was done since. Whose turn it is, and all else, follows. */
export type State = {
  readonly config: Config;
  readonly values: readonly Amounts[];
  readonly deeds: readonly Deed[];
};

/** `values` holds null for a seat whose values the viewer does not know. */
export type View = {
  readonly you: number | null;
  readonly items: { readonly [item: string]: number };
  readonly values: readonly (Amounts | null)[];
  /** Turns begun by both seats together, from 0; a turn ends with an offer, an acceptance or leaving. */
  readonly turn: number;
  /** The offer on the table, and whose it is. */
  readonly standing: { readonly seat: number; readonly take: Amounts } | null;
  /** What a value of 1 would be paid if the offer on the table (or the first one) were accepted. */
  readonly worth: number;
  readonly deeds: readonly (Deed & { readonly seat: number })[];
};

/** The form of a turn as it is answered. */
export type Act =
  | { readonly act: 'offer'; readonly take: { readonly [item: string]: number } }
  | { readonly act: 'accept' }
  | { readonly act: 'walk away' };

/** What the form may hold at this turn. */
export type Limits = { readonly items: { readonly [item: string]: number }; readonly accept: boolean };
