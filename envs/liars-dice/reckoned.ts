import type { Event } from '../../src/core/environment.js';

/** What showed when the last bid was called. */
export interface Reckoning {
  readonly caller: number;
  /** The face that was bid, and how many dice count as it. */
  readonly face: number;
  readonly count: number;
  /** The faces whose dice count. */
  readonly counting: readonly number[];
}

/**
 * The call as the events tell it; null before it.
 * NOTE: where more dice count than show the face some are wild, and a wild die shows the highest face there is.
 */
export function reckoned(events: readonly Event[]): Reckoning | null {
  const called = events.findLast(({ kind }) => kind === 'called');
  const shown = events.findLast(({ kind }) => kind === 'shown');
  if (called === undefined || shown === undefined) return null;
  const { face, count } = shown as Event & { readonly face: number; readonly count: number };
  const all = (shown.dice as readonly (readonly number[])[]).flat();
  const plain = all.filter((one) => one === face).length;
  const counting = count > plain ? [face, Math.max(...all)] : [face];
  return { caller: called.seat as number, face, count, counting };
}
