import { Hopeless, Spent } from '../core/errors.js';

/** Why a run was cut short, as a thread can tell it. */
export interface Cut {
  readonly reason: string;
  /** Whether it was a budget, which is no fault. */
  readonly spent: boolean;
}

/** What was thrown, where it cuts a run short: finished games stay, those in progress keep their journals. */
export function cutBy(thrown: unknown): Cut | null {
  return thrown instanceof Hopeless ? { reason: thrown.message, spent: thrown instanceof Spent } : null;
}
