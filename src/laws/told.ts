import type { Audience, Told } from '../core/card.js';
import type { Environment, Event } from '../core/environment.js';
import type { JsonObject } from '../core/json.js';
import { episodeSeed } from '../core/rng.js';
import { randomEpisode } from './history.js';

/**
 * Who was told each kind of event in random play of one configuration. A table of facts compares it with what the rules
 * say: an event addressed to the wrong seat is a wrong rule, and no law can see it.
 * @param seeds how many episodes are played
 */
export function toldTable(environment: Environment, config: JsonObject, seeds: number): Told {
  const met = new Map<string, Set<Audience>>();
  for (let index = 0; index < seeds; index++) {
    for (const event of randomEpisode(environment, config, episodeSeed('told', index)).episode.log) {
      met.set(event.kind, (met.get(event.kind) ?? new Set()).add(audienceOf(event)));
    }
  }
  return Object.fromEntries([...met].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, to]) => [kind, [...to].sort()]));
}

/** The tables of several configurations as one. */
export function mergeTold(tables: readonly Told[]): Told {
  const kinds = [...new Set(tables.flatMap((table) => Object.keys(table)))].sort();
  return Object.fromEntries(
    kinds.map((kind) => [kind, [...new Set(tables.flatMap((table) => table[kind] ?? []))].sort()]),
  );
}

function audienceOf({ to }: Event): Audience {
  if (to === 'all') return 'all';
  return to.length === 0 ? 'nobody' : to.length === 1 ? 'one seat' : 'several seats';
}
