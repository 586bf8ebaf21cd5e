import type { EpisodeRecord } from '../../../replays/schema.js';
import type { Environment, Event, Seat } from '../../core/environment.js';
import { Episode } from '../../core/episode.js';
import type { JsonObject } from '../../core/json.js';
import { movesOf } from '../../core/play.js';
import { type Seed, stream } from '../../core/rng.js';

/** What each seat was dealt to be, as badges of events tell it: a role, a card. Null where nothing was told of it. */
export type Roles = readonly (string | null)[];

/**
 * The roles that the opening of an episode deals: the chance turns before anybody acts. They follow from the seed alone,
 * so they are known before anybody is seated.
 */
export function rolesOfDeal(environment: Environment, config: JsonObject, seed: Seed): Roles {
  const episode = new Episode(environment, config);
  const told = new Badges(episode);
  const chance = stream(seed, 'chance');
  while (episode.turn.kind === 'chance') {
    const { turn } = episode;
    const drawn = 'outcomes' in turn ? chance.weighted(turn.outcomes) : turn.draw(chance);
    told.learn(episode.apply({ chance: drawn }).events);
  }
  return told.roles;
}

/** The roles that a record deals. The rules play it again, no further than until every seat is known. */
export function rolesOfRecord(environment: Environment, record: EpisodeRecord): Roles {
  const episode = new Episode(environment, record.environment.config as JsonObject);
  const told = new Badges(episode);
  if (!told.any) return told.roles;
  for (const step of record.steps) {
    if (told.complete) break;
    told.learn(episode.apply(movesOf(step)).events);
  }
  return told.roles;
}

class Badges {
  /** Whether this environment tells badges at all. */
  readonly any: boolean;
  readonly #environment: Environment;
  readonly #roles: (string | null)[];

  constructor({ environment, facts }: Episode) {
    this.#environment = environment;
    this.#roles = Array.from({ length: facts.seats }, () => null);
    this.any = Object.values(environment.spec.events).some(({ look }) => typeof look === 'object');
  }

  get roles(): Roles {
    return this.#roles;
  }

  get complete(): boolean {
    return this.#roles.every((role) => role !== null);
  }

  /** NOTE: the first badge counts: what a seat was dealt, not what became of it. */
  learn(events: readonly Event[] | undefined): void {
    for (const event of events ?? []) {
      const look = this.#environment.spec.events[event.kind]?.look;
      if (typeof look !== 'object' || typeof event.seat !== 'number') continue;
      const seat: Seat = event.seat;
      this.#roles[seat] ??= String(event[look.badge]);
    }
  }
}
