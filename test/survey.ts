import type { Environment, Event } from '../src/core/environment.js';
import type { JsonObject } from '../src/core/json.js';
import { type Visit, walk } from './tree.js';

/** What holds of all histories of a game. */
export interface Survey {
  readonly histories: { chance: number; decision: number; terminal: number };
  /** Steps of the longest history. */
  longest: number;
  /** Least and greatest final return of any seat, and the largest distance of a sum over seats from 0. */
  readonly returns: { min: number; max: number; imbalance: number };
  /** For each kind of event everybody it was ever addressed to: `all`, `its seat` (the one in `event.seat`), or a list. */
  readonly addressees: { [kind: string]: string[] };
}

/** Walks the whole game once. */
export function survey(environment: Environment, config: JsonObject): Survey {
  const found: Survey = {
    histories: { chance: 0, decision: 0, terminal: 0 },
    longest: 0,
    returns: { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, imbalance: 0 },
    addressees: {},
  };
  walk(environment, config, (at) => include(found, at));
  return found;
}

function include(found: Survey, { turn, steps, returns, events }: Visit): void {
  const { histories, returns: bounds, addressees } = found;
  if (turn.kind === 'chance') histories.chance++;
  if (turn.kind === 'act') histories.decision++;
  if (turn.kind === 'over') {
    histories.terminal++;
    const total = returns.reduce((sum, amount) => sum + amount, 0);
    bounds.min = Math.min(bounds.min, ...returns);
    bounds.max = Math.max(bounds.max, ...returns);
    bounds.imbalance = Math.max(bounds.imbalance, Math.abs(total));
  }
  found.longest = Math.max(found.longest, steps);
  for (const event of events) {
    addressees[event.kind] ??= [];
    const to = addressee(event);
    if (!addressees[event.kind]?.includes(to)) addressees[event.kind]?.push(to);
  }
}

function addressee({ to, seat }: Event): string {
  if (to === 'all') return 'all';
  return to.length === 1 && to[0] === seat ? 'its seat' : `seats ${to.join(', ')}`;
}
