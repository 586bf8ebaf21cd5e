import { parseRecord } from '../../../replays/read.js';
import type { AgentFactory, AgentManifest, Place } from '../../core/agent.js';
import { readFields } from '../../core/config.js';
import type { Environment, Seat } from '../../core/environment.js';
import type { JsonObject } from '../../core/json.js';
import type { Move } from '../../core/space.js';
import type { Occupant } from '../table/chair.js';
import { type Pacing, UNHURRIED } from '../table/clock.js';
import type { Looker, Patch } from '../table/eye.js';
import { Room, type RoomPlan } from '../table/room.js';
import { REAL_TIME, type Time } from '../table/time.js';
import { Refused } from '../wire/refused.js';
import type { Ack, ChatLine, Over, WireState } from '../wire/wire.js';
import { Chat } from './chat.js';
import { consentOf, type MatchCard, newCard, type SeatCard, type Settled } from './match.js';
import { People } from './people.js';
import { type Joining, ownSeat, seatsAgain, sitDown, type Taken } from './sitting.js';
import type { MatchStore, StoredMatch } from './store.js';
import { Proof } from './tokens.js';

/** An agent that people may seat, under the name the server gives it. */
export interface TableAgent {
  readonly name: string;
  readonly title: string;
  readonly factory: AgentFactory;
}

/** What a new match is made of, already checked against its environment's schema. */
export interface NewMatch extends Settled {
  /** Agents by seat; the other seats are open to people. */
  readonly agents: { readonly [seat: number]: string };
}

/** How a game is played again. */
export interface Again {
  /** Everybody moves one seat on. */
  readonly rotate: boolean;
  /** As the game before when absent. */
  readonly unlisted?: boolean;
}

/** Who wants to know what happens in matches: the sockets. */
export interface HallEvents {
  patch(match: string, looker: Looker, patch: Patch): void;
  /** Who sits where, or how the match stands, is new. */
  card(card: MatchCard): void;
  /** A seat's token no longer holds: whoever is connected by it is to be sent away. */
  left(match: string, seat: Seat): void;
  /** The match is no longer here: whoever looks at it is to be sent away. */
  gone(card: MatchCard): void;
}

export interface HallPlan {
  readonly environments: ReadonlyMap<string, Environment>;
  readonly agents: ReadonlyMap<string, TableAgent>;
  readonly store: MatchStore;
  readonly events: HallEvents;
  readonly time?: Time;
  /** What an agent has for a turn, in milliseconds. */
  readonly agentMs?: number;
  /** The least time between asking an agent and its move at a table with people, in milliseconds; none when absent. */
  readonly paceMs?: number;
  /** Told of what could not be stored; never shown to anybody. */
  readonly problem?: (error: unknown) => void;
}

interface Match {
  card: MatchCard;
  readonly room: Room;
  readonly people: People;
  readonly chat: Chat;
  /** The next match while it is being made. */
  rematch?: Promise<MatchCard>;
}

/**
 * All matches of a server: who may do what, in one place, for sockets, HTTP and agents alike. What it says yes to is
 * stored before it is said.
 */
export class Hall {
  readonly #plan: HallPlan;
  readonly #time: Time;
  readonly #matches = new Map<string, Match>();
  readonly #kept = new Map<string, string>();

  constructor(plan: HallPlan) {
    this.#plan = plan;
    this.#time = plan.time ?? REAL_TIME;
  }

  /** Takes up the matches of an earlier process where they were. Gives how many were going on. */
  async resume(): Promise<number> {
    const stored = await this.#plan.store.load();
    for (const one of stored) {
      const reason = one.problem ?? this.#unplayable(one.card);
      if (reason === null) await this.#resume(one);
      else this.#kept.set(one.card.id, reason);
    }
    return [...this.#matches.values()].filter(({ room }) => room.playing).length;
  }

  /** Matches that are stored and cannot go on here, with the reason. Nothing of them is changed. */
  get kept(): ReadonlyMap<string, string> {
    return this.#kept;
  }

  get matches(): readonly MatchCard[] {
    return [...this.#matches.values()].map(({ card }) => card);
  }

  has(id: string): boolean {
    return this.#matches.has(id);
  }

  /** @throws Refused when there is no such match, or it is of another game */
  match(id: string, game?: string): MatchCard {
    return this.#match(id, game).card;
  }

  async create(wanted: NewMatch): Promise<MatchCard> {
    const { seats } = this.#environment(wanted.game).spec.facts(wanted.config);
    return this.#create(
      wanted,
      Array.from({ length: seats }, (_, seat) => this.#newSeat(wanted.agents[seat])),
    );
  }

  /**
   * A person sits down, or shows the token of the game before to take the seat that was kept. Who sits there already by
   * that token is told so again.
   */
  async join(id: string, game: string, joining: Joining): Promise<Taken> {
    const match = this.#match(id, game);
    const own = ownSeat(match.card, joining.token);
    if (own !== null) return own;
    const { seat, token, card } = sitDown(match.card, joining, this.#time.now());
    await this.#seat(match, seat, card);
    await this.#startIfFull(match);
    return { seat, token };
  }

  /**
   * The same game again. The first who asks makes it and sits down in it, others find it made and sit down too, each by
   * the token they have.
   */
  async playAgain(
    id: string,
    game: string,
    { seat, token }: Taken,
    how: Again,
  ): Promise<{ readonly next: MatchCard } & Taken> {
    const match = this.#match(id, game);
    this.authenticate(id, game, seat, token);
    if (match.card.over === undefined) throw new Refused('not allowed', 'the game is not over yet');
    const next = await this.#next(match, how);
    const { name = '' } = match.card.seats[seat] as SeatCard;
    return { next, ...(await this.join(next.id, game, { name, token })) };
  }

  /** Lets go of a match, whatever its state. Its record, if it has one, stays. */
  async forget(id: string): Promise<void> {
    const { card, room, people } = this.#match(id);
    people.stop();
    await room.close();
    this.#plan.events.gone(card);
    this.#matches.delete(id);
    await this.#plan.store.wipe(id);
  }

  /** A person gets up. Before the game has begun the seat is open again; in a game the stand-in plays on. */
  async leave(id: string, game: string, seat: Seat, token: string): Promise<void> {
    const match = this.#match(id, game);
    this.authenticate(id, game, seat, token);
    const { startedAt, over } = match.card;
    if (startedAt === null) await this.#seat(match, seat, { kind: 'open' });
    else if (over === undefined) await match.people.leave(seat);
    this.#plan.events.left(id, seat);
  }

  /**
   * @param proof what the connection has shown before, where there is one
   * @throws Refused unless the token is the seat's
   */
  authenticate(id: string, game: string, seat: Seat, token: string | undefined, proof = new Proof()): void {
    const card = this.match(id, game).seats[seat];
    if (card === undefined) throw new Refused('no such seat', 'there is no such seat');
    if (card.kind !== 'person' || token === undefined || !proof.holds(token, card.token))
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

  /** A match with everything open, for whoever runs the server alone. */
  oversee(id: string, game: string): Pick<Room, 'episode' | 'over' | 'oversee'> {
    return this.#match(id, game).room;
  }

  /** Shows a viewer all it may see, as soon as that is safe. */
  async show(id: string, looker: Looker, to: (state: WireState) => void): Promise<void> {
    const match = this.#match(id);
    if (match.card.over !== undefined && match.room.over === null) await this.#recall(match);
    match.room.show(looker, to);
  }

  /** The line of a record by its own id, where records lie in no folder; null when there is none. */
  async recordOf(id: string): Promise<string | null> {
    return (await this.#plan.store.recordOf?.(id)) ?? null;
  }

  /** Somebody is connected for a seat; before there was nobody. */
  arrived(id: string, seat: Seat): void {
    this.#match(id).people.arrived(seat);
  }

  /** Nobody is connected for a seat any more. */
  departed(id: string, seat: Seat): void {
    this.#matches.get(id)?.people.departed(seat);
  }

  /** A person is for a pause, or for going on. */
  async pause(id: string, seat: Seat, wanted: boolean): Promise<void> {
    await this.#match(id).people.pause(seat, wanted);
  }

  /**
   * A person says something beside the game; resolves when it is safe.
   * @throws Refused when it may not be said, or not so often
   */
  async say(id: string, line: ChatLine): Promise<void> {
    const refused = this.#silence(id);
    if (refused !== null) throw new Refused('not allowed', refused);
    const { chat } = this.#match(id);
    chat.admit(line, this.#time.now());
    await this.#plan.store.say(id, line);
    chat.add(line);
  }

  /** What was said beside the game; whoever may look at the match may read it. */
  said(id: string): readonly ChatLine[] {
    return this.#match(id).chat.lines;
  }

  /** Why players may not chat now; null when they may. Where something is hidden, talk beside the game would tell it. */
  #silence(id: string): string | null {
    const { card } = this.#match(id);
    if (card.over !== undefined) return null;
    const { information } = this.#environment(card.game).spec.facts(card.config);
    return information === 'perfect'
      ? null
      : 'players talk when the game is over: here it would give hidden things away';
  }

  /** Leaves all games where they are. */
  async close(): Promise<void> {
    for (const { people } of this.#matches.values()) people.stop();
    await Promise.all([...this.#matches.values()].map(({ room }) => room.close()));
    await this.#plan.store.close();
  }

  async #create(settled: Settled, seats: readonly SeatCard[]): Promise<MatchCard> {
    const { version } = this.#environment(settled.game).spec;
    const card = newCard(settled, version, seats, this.#time.now());
    const match = this.#opened(card);
    await this.#plan.store.save(card);
    this.#matches.set(card.id, match);
    await this.#startIfFull(match);
    return match.card;
  }

  #next(match: Match, how: Again): MatchCard | Promise<MatchCard> {
    const known = match.card.next === undefined ? undefined : this.#matches.get(match.card.next);
    if (known !== undefined) return known.card;
    match.rematch ??= this.#again(match, how).finally(() => delete match.rematch);
    return match.rematch;
  }

  async #again(match: Match, { rotate, unlisted }: Again): Promise<MatchCard> {
    const { card } = match;
    const next = await this.#create({ ...card, unlisted: unlisted ?? card.unlisted }, seatsAgain(card.seats, rotate));
    await this.#save(match, { next: next.id });
    return next;
  }

  /** Why a stored match cannot be taken up here; null when it can. */
  #unplayable({ game, version, config }: MatchCard): string | null {
    const environment = this.#plan.environments.get(game);
    if (environment === undefined) return `there is no game "${game}" here`;
    const here = environment.spec.version;
    if (here !== version) return `it was begun with ${game} ${version}, and here is ${game} ${here}`;
    return environment.spec.config.safeParse(config).success ? null : `its configuration is none of ${game} any more`;
  }

  async #resume({ card, unfinished, chat }: StoredMatch): Promise<void> {
    const again = { ...card, lives: card.lives + 1 };
    const isGoingOn = card.startedAt !== null && card.over === undefined;
    const past = unfinished === null ? {} : { past: { ...unfinished.past, pending: unfinished.pending } };
    const match = this.#opened(again, past, chat);
    if (card.over === undefined) await this.#plan.store.save(again);
    this.#matches.set(card.id, match);
    if (isGoingOn) this.#start(match);
  }

  /** NOTE: games that were over before this process began are looked up when somebody looks at them. */
  async #recall({ card, room }: Match): Promise<void> {
    const line = await this.#plan.store.record(card.id);
    const read = line === null ? null : parseRecord(line);
    if (read !== null && 'record' in read) room.recall(read.record);
  }

  #opened(card: MatchCard, past: Pick<RoomPlan, 'past'> = {}, said: readonly ChatLine[] = []): Match {
    const room = this.#room(card, past);
    const table = {
      card: () => match.card,
      change: (change: Partial<MatchCard>) => this.#save(match, change),
      sit: (seat: Seat) => room.sit(seat, this.#occupant(match.card.seats[seat] as SeatCard)),
      pause: () => room.pause(match.card.paused === true),
    };
    const { absentMs } = card.clock;
    const people = new People(table, absentMs, this.#time, this.#plan.problem ?? (() => {}));
    const match: Match = { card, room, people, chat: new Chat(said) };
    return match;
  }

  #room(card: MatchCard, past: Pick<RoomPlan, 'past'> = {}): Room {
    const environment = this.#environment(card.game);
    const config = readFields(environment.spec.config, card.config, 'config');
    const plan: RoomPlan = {
      origin: { environment, config, seed: card.seed },
      rules: { onFailure: card.clock.late === 'forfeit' && card.seats.length <= 2 ? 'forfeit' : 'substitute' },
      life: card.lives,
      pacing: this.#pacing(card),
      ...past,
    };
    const { events, store } = this.#plan;
    return new Room(plan, store.keeper(card.id), {
      patch: (looker, patch) => events.patch(card.id, looker, patch),
      ended: (record, problem) => void this.#ended(card.id, record, problem),
    });
  }

  #pacing({ clock, seats }: MatchCard): Pacing {
    const { agentMs = UNHURRIED.agentMs, paceMs = 0 } = this.#plan;
    const watched = seats.some(({ kind }) => kind !== 'agent');
    return { clock, time: this.#time, agentMs, paceMs: watched ? paceMs : 0 };
  }

  async #startIfFull(match: Match): Promise<void> {
    if (match.card.startedAt !== null || match.card.seats.some(({ kind }) => kind === 'open')) return;
    await this.#save(match, { startedAt: new Date(this.#time.now()).toISOString() });
    this.#start(match);
  }

  #start(match: Match): void {
    const { seats, startedAt } = match.card;
    const occupants = seats.map((seat) => this.#occupant(seat));
    const specs = seats.map((seat) => seat.agent ?? `human:${seat.pseudonym ?? ''}`);
    const started = toHour(startedAt ?? new Date(this.#time.now()).toISOString());
    void match.room.start({ occupants, specs, started, ...consentOf(match.card) });
    match.people.begin();
  }

  #occupant(seat: SeatCard): Occupant {
    const person: AgentManifest = { agent: `human:${seat.pseudonym ?? ''}`, person: seat.pseudonym ?? '' };
    const name = seat.kind === 'agent' ? seat.agent : seat.replacedBy;
    if (name === undefined) return { kind: 'person', manifest: person };
    const open = (place: Place) => this.#agent(name).factory(place);
    return { kind: 'agent', name, open, ...(seat.kind === 'agent' ? {} : { for: person }) };
  }

  #newSeat(agent: string | undefined): SeatCard {
    if (agent === undefined) return { kind: 'open' };
    return { kind: 'agent', agent: this.#agent(agent).name };
  }

  async #ended(id: string, record: string | null, problem?: string): Promise<void> {
    const match = this.#matches.get(id);
    if (match === undefined) return;
    match.people.stop();
    // NOTE: not as the public was shown it, which may be a moment later.
    const { how, outcome, returns } = match.room.over as Over;
    const gameover: JsonObject = { how, outcome, returns };
    const over = { record, gameover, ...(problem === undefined ? {} : { problem }) };
    // NOTE: a table that broke is stored as it was, so that it goes on when the server is started again.
    if (record === null) this.#changed(match, { over });
    else await this.#save(match, { over }).catch(this.#plan.problem ?? (() => {}));
  }

  async #seat(match: Match, seat: Seat, card: SeatCard): Promise<void> {
    await this.#save(match, { seats: match.card.seats.map((own, index) => (index === seat ? card : own)) });
  }

  /** NOTE: changed in memory at once, so that whoever comes next sees it, and told when it is safe. */
  async #save(match: Match, change: Partial<MatchCard>): Promise<void> {
    const before = match.card;
    const card = { ...before, ...change, updatedAt: this.#time.now() };
    match.card = card;
    try {
      await this.#plan.store.save(card);
    } catch (error) {
      if (match.card === card) match.card = before;
      throw error;
    }
    if (this.#matches.has(card.id)) this.#plan.events.card(card);
  }

  #changed(match: Match, change: Partial<MatchCard>): void {
    match.card = { ...match.card, ...change };
    this.#plan.events.card(match.card);
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

/** NOTE: to the minute it could be found in the list of matches, with the names of its people. */
function toHour(time: string): string {
  return `${time.slice(0, 13)}:00:00Z`;
}
