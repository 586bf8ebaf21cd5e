import { Journal, type TableRules } from '../../../replays/journal.js';
import { type EpisodeOrigin, Recorder } from '../../../replays/recorder.js';
import type { Consent, EpisodeRecord } from '../../../replays/schema.js';
import { actors, type Moves, type Seat } from '../../core/environment.js';
import { Episode } from '../../core/episode.js';
import { messageOf } from '../../core/errors.js';
import { movesOf, type Progress, runEpisode, type Table } from '../../core/play.js';
import type { Move } from '../../core/space.js';
import type { Ack, Over, Refusal, WireState } from '../wire/wire.js';
import { askedOf } from './asked.js';
import type { Chair, ChairEvents, Occupant } from './chair.js';
import { type Pacing, UNHURRIED } from './clock.js';
import { Eye, isOpen, type Looker, type Patch, type Situation } from './eye.js';
import type { Keeper } from './keeper.js';
import { Outbox } from './outbox.js';
import { Seats } from './seats.js';

/** Everything that makes a match. */
export interface RoomPlan {
  readonly origin: EpisodeOrigin;
  readonly rules: TableRules;
  /** What was played before this process, and the moves that were in. */
  readonly past?: NonNullable<Table['past']> & { readonly pending: { readonly [seat: number]: Move } };
  /** How often the match was taken up again. Update numbers start anew with it, so that none of an earlier life fits. */
  readonly life?: number;
  /** Clocks and paces; without them nobody is hurried but agents that hang. */
  readonly pacing?: Pacing;
}

/** Who is there when a match begins, or goes on. */
export interface Seating {
  readonly occupants: readonly Occupant[];
  /** Names of who sat where when it began, as the journal keeps them. */
  readonly specs: readonly string[];
  /** ISO time of the start. */
  readonly started: string;
  /** What the people among them allow; absent where nobody is to be asked. */
  readonly consent?: Consent;
}

/** Whom a room tells. */
export interface Audience {
  patch(looker: Looker, patch: Patch): void;
  /** The game is over and its record is safe; null when the table could not go on, with the reason. */
  ended(record: string | null, problem?: string): void;
}

/** An answer that is given when what it says is safe, or when that can never be. */
interface Reply {
  sent(): void;
  dropped(): void;
}

const BROKEN = 'the table cannot go on: what is played cannot be kept';
const IDLE: Situation = { asked: null, moved: false, over: null };
/** Update numbers of one life. */
const LIFE = 1_000_000;

/**
 * One match: the step loop of training with chairs in its seats. People's moves come through `act`, what everybody sees
 * goes out as patches, and each step is written down before anybody sees it.
 */
export class Room implements ChairEvents {
  readonly #plan: RoomPlan;
  readonly #journal: Journal;
  #recorder: Recorder;
  readonly #keeper: Keeper;
  readonly #audience: Audience;
  readonly #outbox: Outbox;
  readonly #stop = new AbortController();
  readonly #table: Seats;
  readonly #overseers = new Set<() => void>();
  readonly #situations: Situation[];
  /** By seat: the update that asked it. */
  readonly #askedAt: number[];
  /** Acks that wait for the step their move leads to. */
  #acks: Reply[] = [];
  /** What was played, and how many steps of it are safe. */
  readonly #played: Moves[] = [];
  #safe = 0;
  /** By eye: the number of the last frame that went out. */
  readonly #sent: number[];
  #episode: Episode;
  #eyes: Eye[];
  #dirty = false;
  #isWatched = false;
  #over: Over | null = null;
  #running: Promise<void> | null = null;
  #record = '';

  constructor(plan: RoomPlan, keeper: Keeper, audience: Audience) {
    this.#plan = plan;
    this.#keeper = keeper;
    this.#journal = new Journal(keeper);
    this.#recorder = new Recorder(plan.origin);
    this.#audience = audience;
    this.#outbox = new Outbox(keeper, (error) => this.#broken(error));
    const { environment, config } = plan.origin;
    this.#episode = new Episode(environment, config);
    this.#table = new Seats(this.seats, plan.pacing ?? UNHURRIED, this);
    this.#situations = Array.from({ length: this.seats }, () => IDLE);
    this.#askedAt = new Array<number>(this.seats).fill(0);
    this.#eyes = this.#openEyes();
    this.#sent = this.#eyes.map(({ tick }) => tick);
  }

  get seats(): number {
    return this.#episode.facts.seats;
  }

  /** The game with all that is hidden in it: for whoever runs the server, and to be sent to nobody else. */
  get episode(): Episode {
    return this.#episode;
  }

  /** Calls after each step, once it is safe, and at the end. Gives what is to be called to hear no more. */
  oversee(told: () => void): () => void {
    this.#overseers.add(told);
    return () => void this.#overseers.delete(told);
  }

  get over(): Over | null {
    return this.#over;
  }

  get playing(): boolean {
    return this.#running !== null && this.#over === null;
  }

  /** Begins, or goes on, with somebody in every seat. Ends when the game does; never rejects. */
  start(seating: Seating): Promise<void> {
    this.#running ??= this.#run(seating);
    return this.#running;
  }

  /** All a viewer may see now. */
  state(looker: Looker): WireState {
    if (looker === 'public') this.#watch();
    return this.#eye(looker).whole(looker === 'public' ? undefined : this.#table.clock(looker));
  }

  /** Shows a viewer all it may see, as soon as that is safe. */
  show(looker: Looker, to: (state: WireState) => void): void {
    const state = this.state(looker);
    this.#outbox.send(
      () => to(state),
      () => to(this.state(looker)),
    );
  }

  /** Stands as a finished game left it. @throws Error when the record does not fit its rules */
  recall({ id, steps, end }: EpisodeRecord): void {
    const { how, outcome, returns, paid } = end;
    this.#stand(steps.map(movesOf), { how, outcome, returns, paid, record: id });
  }

  /** Who sits in a seat of a game that has begun. */
  occupant(seat: Seat): Occupant | undefined {
    return this.#table.chair(seat)?.occupant;
  }

  /** Somebody else takes a seat, in mid-turn if need be. */
  async sit(seat: Seat, occupant: Occupant): Promise<void> {
    await this.#table.chair(seat)?.sit(occupant);
  }

  /** The table stands still, or goes on. Seats that are asked see it on their clocks. */
  pause(paused: boolean): void {
    if (paused === this.#table.clocks.paused) return;
    if (paused) this.#table.pause();
    else this.#table.resume();
    for (const seat of this.#table.asking) {
      const situation = this.#situations[seat] as Situation;
      if (situation.asked === null) continue;
      this.#situations[seat] = { ...situation, asked: { ...situation.asked, ...this.#table.clock(seat) } };
      this.#changed(seat);
    }
  }

  /**
   * A person's move.
   * @param tick the update number the person saw
   * @returns when the move is safe; a refusal changes nothing
   */
  act(seat: Seat, tick: number, move: Move): Ack | Promise<Ack> {
    const chair = this.#table.chair(seat);
    const refusal = this.#refuse(chair, seat, tick);
    if (refusal !== null) return refusal;
    const read = (chair as Chair).read(move);
    if (!read.ok) return { error: 'invalid move', text: read.reason };
    return this.#take(chair as Chair, read.value);
  }

  /** Leaves the game where it is; what was played stays written down. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  asked(seat: Seat): void {
    const { spec } = this.#plan.origin.environment;
    const chair = this.#table.chair(seat) as Chair;
    const request = chair.request;
    if (request === null) return;
    const pending = this.#plan.past?.pending[seat];
    if (pending !== undefined && this.#episode.steps === this.#plan.past?.steps.length) {
      queueMicrotask(() => chair.request === request && chair.answer({ move: pending }));
    }
    const asked = askedOf(spec, request.space, this.#table.clock(seat));
    this.#situations[seat] = { asked: { ...asked, refused: request.refused }, moved: false, over: null };
    this.#askedAt[seat] = this.#eye(seat).tick + 1;
    this.#changed(seat);
  }

  answered(seat: Seat): void {
    this.#situations[seat] = { ...IDLE, moved: true };
    // NOTE: where several may move at once, that one's move is in must look the same whoever else is still awaited.
    if (this.#episode.facts.dynamics === 'simultaneous') this.#changed(seat);
  }

  async #run({ occupants, specs, started, ...allowed }: Seating): Promise<void> {
    const { origin, rules, past } = this.#plan;
    this.#recorder = new Recorder({ ...origin, ...allowed }, started);
    const { environment, config, seed } = origin;
    const table: Table = {
      environment,
      config,
      seed,
      agents: this.#table.open(occupants, past?.steps),
      ...rules,
      signal: this.#stop.signal,
      clock: this.#table.clocks.now,
      hash: true,
      ...(past === undefined ? {} : { past }),
    };
    try {
      await runEpisode(table, (progress) => this.#listen(progress, specs));
    } catch (error) {
      this.#broken(error);
    }
  }

  #listen(progress: Progress, specs: readonly string[]): void {
    if (progress.kind === 'started') this.#started(progress, specs);
    else if (progress.kind === 'step') this.#stepped(progress);
    else this.#ended(progress);
  }

  #started(progress: Progress & { kind: 'started' }, specs: readonly string[]): void {
    this.#episode = progress.episode;
    this.#eyes = this.#openEyes();
    this.#played.length = 0;
    const header = this.#recorder.begin(progress);
    this.#record = header.id;
    if (this.#plan.past === undefined) this.#journal.begin(header, specs, this.#plan.rules);
  }

  #stepped(progress: Progress & { kind: 'step' }): void {
    const text = this.#recorder.step(progress);
    const steps = this.#played.push(movesOf(progress.step));
    if (progress.past) this.#recorder.newMessages();
    else this.#journal.step(text, progress, this.#recorder);
    this.#outbox.send(() => {
      this.#safe = steps;
    });
    this.#table.stepped();
    for (let seat = 0; seat < this.seats; seat++) this.#situations[seat] = IDLE;
    for (const { sent, dropped } of this.#acks.splice(0)) this.#outbox.send(sent, dropped);
    this.#changed('all');
  }

  #ended({ ending }: Progress & { kind: 'ended' }): void {
    if (this.#stop.signal.aborted) return;
    const { how, outcome, returns, paid } = ending;
    this.#keeper.finish(this.#recorder.line(ending));
    this.#over = { how, outcome, returns, paid, record: this.#record };
    for (let seat = 0; seat < this.seats; seat++) this.#situations[seat] = { ...IDLE, over: this.#over };
    for (const { sent, dropped } of this.#acks.splice(0)) this.#outbox.send(sent, dropped);
    this.#changed('all');
    this.#outbox.send(() => this.#audience.ended(this.#record));
  }

  /**
   * Something is new to a seat, or to everybody. Where all is open one frame tells of all that happens in one go; where
   * it is not, each thing a viewer may know is a frame of its own, or how many come would tell of what is hidden.
   */
  #changed(who: Seat | 'all'): void {
    for (const told of this.#overseers) this.#outbox.send(told);
    if (this.#stop.signal.aborted) return;
    if (isOpen(this.#episode)) this.#lookSoon();
    else this.#look(who === 'all' ? this.#eyes : [this.#eye(who)]);
  }

  #lookSoon(): void {
    if (this.#dirty) return;
    this.#dirty = true;
    // NOTE: not by `queueMicrotask`, which makes a resource of the engine for each.
    void Promise.resolve().then(() => {
      this.#dirty = false;
      if (!this.#stop.signal.aborted) this.#look(this.#eyes);
    });
  }

  /**
   * Somebody looks on, and for the first time.
   * NOTE: where all is open, nothing is made for the public before.
   */
  #watch(): void {
    if (this.#isWatched || !isOpen(this.#episode)) return;
    this.#isWatched = true;
    const eye = this.#eye('public');
    eye.look({ ...IDLE, over: this.#over });
    this.#sent[this.seats] = eye.tick;
  }

  #look(eyes: readonly Eye[]): void {
    for (const eye of eyes) {
      if (eye.looker === 'public' && !this.#isWatched && isOpen(this.#episode)) continue;
      const situation = eye.looker === 'public' ? { ...IDLE, over: this.#over } : this.#situations[eye.looker];
      for (const patch of eye.look(situation)) this.#outbox.send(() => this.#send(eye.looker, patch));
    }
  }

  #send(looker: Looker, patch: Patch): void {
    this.#sent[this.#index(looker)] = patch.to;
    this.#audience.patch(looker, patch);
  }

  #refuse(chair: Chair | undefined, seat: Seat, tick: number): Refusal | null {
    if (this.#over !== null) return { error: 'game over', text: 'the game is over' };
    if (chair === undefined || chair.request === null) {
      const text = chair === undefined ? 'the game has not begun' : 'it is not your turn';
      return { error: 'not your turn', text };
    }
    if (this.#table.clocks.paused) return { error: 'not allowed', text: 'the game is paused' };
    if (chair.occupant.kind === 'agent') return { error: 'not allowed', text: 'an agent plays for this seat now' };
    if (tick < (this.#askedAt[seat] as number) || tick > this.#eye(seat).tick) {
      return { error: 'stale', text: 'the table has moved on since; look again' };
    }
    return null;
  }

  #take(chair: Chair, move: Move): Promise<Ack> {
    const { seat } = chair;
    // NOTE: a turn of one seat is written down as the step it leads to, in the same go.
    const alone = actors(this.#episode.turn, this.seats).length === 1;
    if (!alone) this.#journal.pending(seat, move);
    return new Promise((resolve) => {
      const sent = () => resolve({ ok: true, tick: this.#eye(seat).tick });
      const dropped = () => resolve({ error: 'internal', text: BROKEN });
      if (alone) this.#acks.push({ sent, dropped });
      else this.#outbox.send(sent, dropped);
      chair.answer({ move });
    });
  }

  /** Ends the table where it is safe: a move that is not kept is a move that nobody has seen. */
  #broken(error: unknown): void {
    if (this.#over?.record === null) return;
    this.#stop.abort();
    for (const { dropped } of this.#acks.splice(0)) dropped();
    this.#stand(this.#played.slice(0, this.#safe), { how: 'crashed', outcome: BROKEN, returns: null, record: null });
    for (const eye of this.#eyes) this.#audience.patch(eye.looker, eye.anew(this.#sent[this.#index(eye.looker)] ?? 0));
    this.#audience.ended(null, messageOf(error));
  }

  /** Stands after these moves, with the game over. */
  #stand(moves: readonly Moves[], over: Omit<Over, 'paid'> & Partial<Pick<Over, 'paid'>>): void {
    const { environment, config } = this.#plan.origin;
    const episode = new Episode(environment, config);
    for (const one of moves) episode.apply(one);
    this.#episode = episode;
    this.#over = { paid: episode.paid, ...over };
    this.#eyes = this.#eyes.map(({ looker, tick }) => new Eye(episode, looker, tick + 1));
    for (const eye of this.#eyes) eye.look({ ...IDLE, over: this.#over });
    this.#situations.fill({ ...IDLE, over: this.#over });
  }

  #eye(looker: Looker): Eye {
    return this.#eyes[this.#index(looker)] as Eye;
  }

  #index(looker: Looker): number {
    return looker === 'public' ? this.seats : looker;
  }

  #openEyes(): Eye[] {
    const lookers: Looker[] = [...Array.from({ length: this.seats }, (_, seat) => seat), 'public'];
    return lookers.map((looker) => new Eye(this.#episode, looker, LIFE * (this.#plan.life ?? 0)));
  }
}
