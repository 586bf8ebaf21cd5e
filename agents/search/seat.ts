import { atMost, type Budget } from '../../policies/search/rules.js';
import type { ActRequest, AgentManifest, Place } from '../../src/core/agent.js';
import { UserError } from '../../src/core/errors.js';
import type { JsonObject } from '../../src/core/json.js';
import { type Rng, stream } from '../../src/core/rng.js';
import type { Setting } from './settings.js';

/** Settings that all searching agents share. */
export const MS: Setting = { says: 'milliseconds a move, in place of a count', usual: null, least: 1, whole: false };
export const SEED: Setting = {
  says: "seed of the search, in place of the seat's own",
  usual: null,
  least: 0,
  whole: true,
};

/** What a seat draws its search from: its own stream of the episode, unless the agent was given a seed. */
export function rngOf({ rng, seat }: Place, seed: number | null): Rng {
  return seed === null ? rng : stream(seed, `search of seat ${seat}`);
}

/** NOTE: part of the time of a turn is left for what happens around the search. */
const SHARE = 0.9;

/** So many simulations or nodes; or milliseconds, but no more than the turn has left. */
export function budgetOf(count: number, ms: number | null, { budgetMs }: ActRequest): Budget {
  if (ms === null) return atMost(count);
  const end = performance.now() + Math.min(ms, budgetMs === null ? ms : budgetMs * SHARE);
  return () => performance.now() >= end;
}

/** Who the agent is: as typed, and all its settings, those left out too. */
export function manifestOf(id: string, argument: string, settings: JsonObject): AgentManifest {
  return { ...settings, agent: argument === '' ? id : `${id}:${argument}` };
}

/** @throws UserError when the agent does not take the game of a place, with the reason */
export function refuseUnfit(id: string, reason: string | null): void {
  if (reason !== null) throw new UserError(`${id} ${reason}`);
}
