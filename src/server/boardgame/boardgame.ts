import { optionalPackage } from '../../core/modules.js';

/*
 * The one place where the server takes anything of boardgame.io that runs.
 * NOTE: its packages are folders without an exports map: plain Node imports none of them, and requires them all.
 */

const WANTED = "a table for boardgame.io's own server and clients";

/** A move that the game refuses (`boardgame.io/core`). */
export const INVALID_MOVE = 'INVALID_MOVE';

/**
 * The object that a draft stands for; the object itself where it is no draft.
 * NOTE: by boardgame.io's own immer, the only one that opens its drafts when both run in production.
 */
export function opened<T extends object>(value: T): T {
  immer ??= optionalPackage<Immer>('immer', WANTED, 'boardgame.io/internal');
  return immer.isDraft(value) ? (immer.original(value) as T) : value;
}

/** The part of immer that is used; it is no package of ours. */
interface Immer {
  isDraft(value: unknown): boolean;
  original(draft: object): unknown;
}

let immer: Immer | null = null;
