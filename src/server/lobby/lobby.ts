import type { Catalogue } from '../../core/catalogue.js';
import type { Environment, Seat } from '../../core/environment.js';
import { suggestion } from '../../core/errors.js';
import type { Hall, NewMatch, TableAgent } from '../matches/hall.js';
import { type MatchCard, publicMatch } from '../matches/match.js';
import type { Taken } from '../matches/sitting.js';
import { Refused } from '../wire/refused.js';
import { unfit } from './agents.js';
import type { AgainBody, CreateBody, Where } from './bodies.js';
import type { Quota } from './quota.js';
import { configFor } from './seats.js';
import type { Clock, Match } from './wire.js';

export interface LobbyPlan {
  readonly hall: Hall;
  readonly catalogue: Catalogue;
  readonly environments: ReadonlyMap<string, Environment>;
  readonly agents: ReadonlyMap<string, TableAgent>;
  readonly quota: Quota;
  readonly isConnected: (match: string, seat: Seat) => boolean;
  /** Told of each match that is made. */
  readonly made: (card: MatchCard) => void;
}

/** NOTE: a page that asks every few seconds needs no more, and nobody reads more. */
const MOST_LISTED = 200;
const NO_CLOCK: Clock = { turnMs: null, gameMs: null, incrementMs: 0, late: 'substitute', absentMs: 120_000 };

/** What people do before and after a game: look around, make matches, sit down, get up, play again. */
export class Lobby {
  readonly plan: LobbyPlan;

  constructor(plan: LobbyPlan) {
    this.plan = plan;
  }

  environment(id: string): Environment {
    const environment = this.plan.environments.get(id);
    if (environment !== undefined) return environment;
    const known = suggestion(id, [...this.plan.environments.keys()]);
    throw new Refused('no such match', `there is no game "${id}" here; ${known}`);
  }

  /** Makes a match. @param address who asks, for the limits */
  async create(game: string, body: CreateBody, address: string): Promise<MatchCard> {
    const { hall, made } = this.plan;
    const wanted = this.#wanted(game, body);
    const { seats } = this.environment(game).spec.facts(wanted.config);
    const card = await this.plan.quota.admit(address, seats, hall.matches, () => hall.create(wanted));
    made(card);
    return card;
  }

  /** Plays a match again. Whoever comes second finds it made. */
  async playAgain(game: string, id: string, body: AgainBody, address: string): Promise<{ next: MatchCard } & Taken> {
    const { hall, quota, made } = this.plan;
    const { playerID, credentials, rotate = false, unlisted } = body;
    const again = () =>
      hall.playAgain(
        id,
        game,
        { seat: Number(playerID), token: credentials },
        { rotate, ...(unlisted === undefined ? {} : { unlisted }) },
      );
    const { next, seats } = hall.match(id, game);
    if (next !== undefined) return again();
    let taken: Awaited<ReturnType<typeof again>> | undefined;
    const card = await quota.admit(address, seats.length, hall.matches, async () => {
      taken = await again();
      return taken.next;
    });
    made(card);
    return taken as NonNullable<typeof taken>;
  }

  match(game: string, id: string): Match {
    this.environment(game);
    return this.#public(this.plan.hall.match(id, game));
  }

  /** Listed matches, newest first. */
  list(game: string | null, where: Where = {}): Match[] {
    if (game !== null) this.environment(game);
    return this.plan.hall.matches
      .filter((card) => !card.unlisted && (game === null || card.game === game) && fits(card, where))
      .sort((a, b) => b.createdAt - a.createdAt)
      .slice(0, MOST_LISTED)
      .map((card) => this.#public(card));
  }

  #public(card: MatchCard): Match {
    return publicMatch(card, (seat) => this.plan.isConnected(card.id, seat));
  }

  #wanted(game: string, { numPlayers, unlisted = false, setupData }: CreateBody): NewMatch {
    const environment = this.environment(game);
    const { preset, config: set, agents = {}, clock, standIn, consent = false } = setupData ?? {};
    const config = configFor(environment.spec, { preset, config: set, seats: numPlayers });
    const { seats } = environment.spec.facts(config);
    for (const [seat, name] of Object.entries(agents)) {
      if (Number(seat) >= seats) throw new Refused('no such seat', `the seats are 0 to ${seats - 1}, not ${seat}`);
      this.#refuseUnfit(name, environment, config, Number(seat));
    }
    if (standIn !== undefined) this.#refuseUnfit(standIn, environment, config, 0);
    const away = standIn ?? this.#anyStandIn(environment, config);
    return { game, config, unlisted, consent, agents, standIn: away, clock: clockOf(clock, seats) };
  }

  #refuseUnfit(name: string, environment: Environment, config: NewMatch['config'], seat: Seat): void {
    const agent = this.plan.agents.get(name);
    if (agent === undefined)
      throw new Refused('malformed', `there is no agent "${name}"; ${suggestion(name, [...this.plan.agents.keys()])}`);
    const reason = unfit(agent, environment, config, seat);
    if (reason !== null) throw new Refused('malformed', `${name} cannot play this: ${reason}`);
  }

  #anyStandIn(environment: Environment, config: NewMatch['config']): string | null {
    const fit = [...this.plan.agents.values()].find((agent) => unfit(agent, environment, config, 0) === null);
    return fit?.name ?? null;
  }
}

function clockOf(wanted: NonNullable<CreateBody['setupData']>['clock'], seats: number): Clock {
  const set = Object.entries(wanted ?? {}).filter(([, value]) => value !== undefined);
  const clock: Clock = { ...NO_CLOCK, ...Object.fromEntries(set) };
  if (clock.late === 'forfeit' && seats > 2)
    throw new Refused(
      'malformed',
      `clock.late: forfeit is for one or two seats, and here are ${seats}: use substitute`,
    );
  if (clock.incrementMs > 0 && clock.gameMs === null)
    throw new Refused('malformed', 'clock.incrementMs: adds to gameMs, and there is none');
  return clock;
}

function fits({ over, updatedAt }: MatchCard, { isGameover, updatedBefore, updatedAfter }: Where): boolean {
  if (isGameover !== undefined && isGameover !== (over !== undefined)) return false;
  if (updatedBefore !== undefined && updatedAt >= updatedBefore) return false;
  return updatedAfter === undefined || updatedAt > updatedAfter;
}
