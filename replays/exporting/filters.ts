import { isWithheld, refuses } from '../consent.js';
import type { SeatResult } from '../format.js';
import type { Consent, EpisodeRecord } from '../schema.js';
import { Fingerprints } from './fingerprints.js';
import type { Groups } from './groups.js';

/** Whose turns become rows; what is absent filters nothing. */
export interface Filters {
  readonly seats?: readonly number[];
  /** Agents as their manifests have them, or by the names that a tournament gave them. */
  readonly agents?: readonly string[];
  /** Only seats for which it went well: rejection sampling. */
  readonly winners?: boolean;
  /** Only the best sample of each group; the first of several that are equally good. */
  readonly bestOfGroup?: boolean;
  /** Only groups of which this share passed, bounds included: neither hopeless nor solved. */
  readonly passBand?: readonly [number, number];
  /** Adds, for each failed episode, the one in which the same moves reach their goal. */
  readonly relabel?: boolean;
  /** Also what people did not allow training on. */
  readonly private?: boolean;
}

/** Whether a filter asks for figures of whole groups, so that the records must be read once before. */
export function needsGroups({ bestOfGroup, passBand }: Filters): boolean {
  return bestOfGroup === true || passBand !== undefined;
}

/**
 * Why nothing of an episode can be used; null when it can. After the loop's endings there is no result; after a crash
 * there is one, but of a machine and not of play.
 */
export function invalid({ end, consent }: EpisodeRecord, filters: Filters): string | null {
  if (isWithheld(consent) && filters.private !== true) return 'the people in it did not allow training on it';
  if (end.returns === null) return `ended by the loop (${end.how})`;
  const crashes = Object.values(end.forfeits ?? {}).some((tries) => tries.at(-1)?.failure === 'crashed');
  return crashes ? 'forfeited by a crash' : null;
}

/**
 * Why a seat's turns are left out; null when they are wanted.
 * @param before figures of all groups, where filters need them
 */
export function unwanted(
  result: Omit<SeatResult, 'chosen'> & { readonly name: string; readonly consent: Consent | undefined },
  filters: Filters,
  before: BestSamples | null,
): string | null {
  const { seat, agent, name, group, passed, consent } = result;
  const { agents } = filters;
  if (filters.private !== true && refuses(consent, seat)) return 'the person did not allow training on it';
  if (filters.seats !== undefined && !filters.seats.includes(seat)) return 'other seats';
  if (agents !== undefined && !agents.includes(agent) && !agents.includes(name)) return 'other agents';
  if (filters.winners === true && passed !== true) return 'not won';
  if (before === null) return null;
  if (filters.passBand !== undefined) {
    const [from, to] = filters.passBand;
    const { passRate } = before.groups.of(group);
    if (passRate < from || passRate > to) return 'outside the pass band';
  }
  return filters.bestOfGroup === true && !before.take(group, result.return) ? 'not the best of its group' : null;
}

/** Finds the best sample of each group as samples come by again. */
export class BestSamples {
  readonly groups: Groups;
  readonly #taken = new Fingerprints();

  constructor(groups: Groups) {
    this.groups = groups;
  }

  /** Whether this is the first sample with the best return of its group. */
  take(group: string, returned: number): boolean {
    return returned === this.groups.of(group).best && this.#taken.isNew(group);
  }
}
