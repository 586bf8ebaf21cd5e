import type { Rng } from '../../../../src/core/rng.js';
import type { Shelf } from '../shelf.js';
import type { Gold, Submission } from '../task.js';

/** What a maker gives: the words, and either what can be chosen or what is to be handed in. */
export type Draft = {
  readonly question: string;
} & (
  | { readonly right: string; readonly wrong: readonly string[] }
  | { readonly submit: Exclude<Submission, 'answer'>; readonly gold: Gold }
);

/** Makes one task of a kind, its molecules put on the shelf; undefined where the draw came to nothing and is repeated. */
export type Make = (rng: Rng, shelf: Shelf) => Draft | undefined;
