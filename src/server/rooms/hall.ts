import { randomBytes } from 'node:crypto';
import type { AgentFactory } from '../../core/agent.js';
import { readFields } from '../../core/config.js';
import type { Environment, Seat } from '../../core/environment.js';
import type { JsonObject } from '../../core/json.js';
import type { Move } from '../../core/space.js';
import type { Clock } from '../lobby/wire.js';
import type { Occupant } from './chair.js';
import type { Looker, Patch } from './eye.js';
import type { MatchCard, SeatCard } from './match.js';
import { Refused } from './refused.js';
import { Room, type RoomPlan } from './room.js';
import type { MatchStore, StoredMatch } from './store.js';
import { digest, isToken, secret } from './tokens.js';
import type { Ack, WireState } from './wire.js';

/** An agent that people may seat, under the name the server gives it. */
export interface TableAgent {
  readonly name: string;
  readonly title: string;
  readonly factory: AgentFactory;
}

/** What a new match is made of, already checked against its environment's schema. */
export interface NewMatch {
  readonly game: string;
  readonly config: JsonObject;
  readonly unlisted: boolean;
  readonly clock: Clock;
  readonly consent: boolean;
  readonly standIn: string | null;
  /** Agents by seat; the other seats are open to people. */
  readonly agents: { readonly [seat: number]: string };
}

/** Who wants to know what happens in matches: the sockets. */
export interface HallEvents {
  patch(match: string, looker: Looker, patch: Patch): void;
  /** Who sits where, or how the match stands, is new. */
  card(card: MatchCard): void;
  /** A seat's token no longer holds: whoever is connected by it is to be sent away. */
  left(match: string, seat: Seat): void;
}

export interface HallPlan {
  readonly environments: ReadonlyMap<string, Environment>;
  readonly agents: ReadonlyMap<string, TableAgent>;
  readonly store: MatchStore;
  readonly events: HallEvents;
  /** Milliseconds now. */
  readonly clock?: () => number;
}

interface Match {
  card: MatchCard;
  room: Room;
}

/**
 * All matches of a server: who may do what, in one place, for sockets, HTTP and agents alike. What it says yes to is
 * stored before it is said.
 */
export class Hall {
  readonly #plan: HallPlan;
  readonly #now: () => number;
  readonly #matches = new Map<string, Match>();

  constructor(plan: HallPlan) {
    this.#plan = plan;
    this.#now = plan.clock ?? Date.now;
  }

  /** Takes up the matches of an earlier process where they were. Gives how many were going on. */
  async resume(): Promise<number> {
    const stored = await this.#plan.store.load();
    for (const { card, unfinished } of stored) await this.#resume({ card, unfinished });
    return stored.filter(({ card }) => card.startedAt !== null && card.over === undefined).length;
  }

  get matches(): readonly MatchCard[] {
    return [...this.#matches.values()].map(({ card }) => card);
  }

  /** @throws Refused when there is no such match, or it is of another game */
  match(id: string, game?: string): MatchCard {
    return this.#match(id, game).card;
  }

  async create(wanted: NewMatch): Promise<MatchCard> {
    const environment = this.#environment(wanted.game);
    const { seats } = environment.spec.facts(wanted.config);
    const now = this.#now();
    const card: MatchCard = {
      id: secret(),
      game: wanted.game,
      version: environment.spec.version,
      config: wanted.config,
      // NOTE: 128 random bits of the system: whoever could find the seed would know every card.
      seed: randomBytes(16).toString('hex'),
      unlisted: wanted.unlisted,
      clock: wanted.clock,
      standIn: wanted.standIn,
      consent: wanted.consent,
      createdAt: now,
      updatedAt: now,
      startedAt: null,
      lives: 0,
      seats: Array.from({ length: seats }, (_, seat) => this.#newSeat(wanted.agents[seat])),
    };
    const match = { card, room: this.#room(card) };
    await this.#plan.store.save(card);
    this.#matches.set(card.id, match);
    await this.#startIfFull(match);
    return match.card;
  }

  /** A person sits down. Gives the seat and the token that is its key from then on. */
  async join(
    id: string,
    game: string,
    name: string,
    wanted?: Seat,
  ): Promise<{ readonly seat: Seat; readonly token: string }> {
    const match = this.#match(id, game);
    const { seats } = match.card;
    const seat = wanted ?? seats.findIndex(({ kind }) => kind === 'open');
    const taken = seats[seat];
    if (seat < 0) throw new Refused('full', 'every seat is taken');
    if (taken === undefined) throw new Refused('no such seat', `the seats are 0 to ${seats.length - 1}`);
    if (taken.kind !== 'open') throw new Refused('full', 'this seat is taken');
    const token = secret();
    const pseudonym = `person-${randomBytes(6).toString('hex')}`;
    await this.#seat(match, seat, { kind: 'person', name, token: digest(token), pseudonym });
    await this.#startIfFull(match);
    return { seat, token };
  }

  /** A person gets up. Before the game has begun the seat is open again; in a game the stand-in plays on. */
  async leave(id: string, game: string, seat: Seat, token: string): Promise<void> {
    const match = this.#match(id, game);
    this.authenticate(id, game, seat, token);
    const { startedAt, over } = match.card;
    if (startedAt === null) await this.#seat(match, seat, { kind: 'open' });
    else if (over === undefined) await this.#replaceForGood(match, seat);
    this.#plan.events.left(id, seat);
  }

  /** @throws Refused unless the token is the seat's */
  authenticate(id: string, game: string, seat: Seat, token: string | undefined): void {
    const card = this.match(id, game).seats[seat];
    if (card === undefined) throw new Refused('no such seat', 'there is no such seat');
    if (card.kind !== 'person' || token === undefined || !isToken(token, card.token))
      throw new Refused('unauthorized', 'this seat is not yours');
  }

  /** A person's move, already authenticated. */
  act(id: string, seat: Seat, tick: number, move: Move): Ack | Promise<Ack> {
    return this.#match(id).room.act(seat, tick, move);
  }

  /** All that a viewer may see now. */
  state(id: string, looker: Looker): WireState {
    return this.#match(id).room.state(looker);
  }

  /** Why players may not chat now; null when they may. Where something is hidden, talk beside the game would tell it. */
  mayChat(id: string): string | null {
    const { card } = this.#match(id);
    if (card.over !== undefined) return null;
    const { information } = this.#environment(card.game).spec.facts(card.config);
    return information === 'perfect'
      ? null
      : 'players talk when the game is over: here it would give hidden things away';
  }

  /** Leaves all games where they are. */
  async close(): Promise<void> {
    await Promise.all([...this.#matches.values()].map(({ room }) => room.close()));
    await this.#plan.store.close();
  }

  async #resume({ card, unfinished }: StoredMatch): Promise<void> {
    const again = { ...card, lives: card.lives + 1 };
    const past = unfinished === null ? {} : { past: { ...unfinished.past, pending: unfinished.pending } };
    const match = { card: again, room: this.#room(again, past) };
    this.#matches.set(card.id, match);
    await this.#plan.store.save(again);
    if (card.startedAt !== null && card.over === undefined) this.#start(match);
  }

  #room(card: MatchCard, past: Pick<RoomPlan, 'past'> = {}): Room {
    const environment = this.#environment(card.game);
    const config = readFields(environment.spec.config, card.config, 'config');
    const plan: RoomPlan = {
      origin: { environment, config, seed: card.seed },
      rules: { onFailure: card.clock.late === 'forfeit' && card.seats.length <= 2 ? 'forfeit' : 'substitute' },
      life: card.lives,
      ...past,
    };
    const { events, store } = this.#plan;
    return new Room(plan, store.keeper(card.id), {
      patch: (looker, patch) => events.patch(card.id, looker, patch),
      ended: (record, problem) => void this.#ended(card.id, record, problem),
    });
  }

  async #startIfFull(match: Match): Promise<void> {
    if (match.card.startedAt !== null || match.card.seats.some(({ kind }) => kind === 'open')) return;
    await this.#save(match, { startedAt: new Date(this.#now()).toISOString() });
    this.#start(match);
  }

  #start(match: Match): void {
    const { seats, startedAt } = match.card;
    const occupants = seats.map((seat) => this.#occupant(seat));
    const specs = seats.map((seat) => seat.agent ?? `human:${seat.pseudonym ?? ''}`);
    void match.room.start({ occupants, specs, started: startedAt ?? new Date(this.#now()).toISOString() });
  }

  #occupant(seat: SeatCard): Occupant {
    const name = seat.replacedBy ?? (seat.kind === 'agent' ? seat.agent : undefined);
    if (name !== undefined) return { kind: 'agent', name, open: this.#agent(name).factory };
    const person = seat.pseudonym ?? '';
    return { kind: 'person', manifest: { agent: `human:${person}`, person } };
  }

  async #replaceForGood(match: Match, seat: Seat): Promise<void> {
    const { standIn } = match.card;
    if (standIn === null)
      throw new Refused('not allowed', 'no agent can take over here; the game goes on without a stand-in');
    const { token: _token, ...left } = match.card.seats[seat] as SeatCard;
    await this.#seat(match, seat, { ...left, replacedBy: standIn });
    await match.room.sit(seat, this.#occupant(match.card.seats[seat] as SeatCard));
  }

  #newSeat(agent: string | undefined): SeatCard {
    if (agent === undefined) return { kind: 'open' };
    return { kind: 'agent', agent: this.#agent(agent).name };
  }

  async #ended(id: string, record: string | null, problem?: string): Promise<void> {
    const match = this.#matches.get(id);
    if (match === undefined) return;
    const { ctx } = match.room.state('public');
    const gameover = (ctx.gameover ?? {}) as JsonObject;
    await this.#save(match, { over: { record, gameover, ...(problem === undefined ? {} : { problem }) } });
  }

  async #seat(match: Match, seat: Seat, card: SeatCard): Promise<void> {
    await this.#save(match, { seats: match.card.seats.map((own, index) => (index === seat ? card : own)) });
  }

  /** NOTE: changed in memory at once, so that whoever comes next sees it, and told when it is safe. */
  async #save(match: Match, change: Partial<MatchCard>): Promise<void> {
    match.card = { ...match.card, ...change, updatedAt: this.#now() };
    const { card } = match;
    await this.#plan.store.save(card);
    this.#plan.events.card(card);
  }

  #match(id: string, game?: string): Match {
    const match = this.#matches.get(id);
    if (match === undefined || (game !== undefined && match.card.game !== game))
      throw new Refused('no such match', 'there is no such match');
    return match;
  }

  #environment(id: string): Environment {
    const environment = this.#plan.environments.get(id);
    if (environment === undefined) throw new Refused('no such match', `there is no game "${id}" here`);
    return environment;
  }

  #agent(name: string): TableAgent {
    const agent = this.#plan.agents.get(name);
    if (agent === undefined) throw new Refused('not allowed', `there is no agent "${name}" here`);
    return agent;
  }
}
