import type { Agent } from './agent.js';
import { type Answered, crashed, type Decided, decide, type Failing, type Question } from './decide.js';
import type { How, Result } from './ending.js';
import { type ActTurn, actors, type Event, type Seat, type Turn } from './environment.js';
import { Episode } from './episode.js';
import { Hopeless, messageOf } from './errors.js';
import { breathe, Halt } from './halt.js';
import { hashOf } from './json.js';
import { askOutside } from './outside.js';
import { Recalling } from './recall.js';
import type { Rng } from './rng.js';
import type { ActionSpace, Move } from './space.js';
import { Streams } from './streams.js';
import { type Ending, movesOf, movesOnly, type PlayedStep, type Progress, returnsOf, type Table } from './table.js';

export type { How } from './ending.js';
export { type Ending, type Limits, movesOf, type PlayedStep, type Progress, returnsOf, type Table } from './table.js';

/**
 * Plays one episode to its end. Yields what happens as it happens; the consumer's pace is the episode's pace, and
 * leaving the loop leaves the episode. Agents are closed in every case.
 * @throws RangeError on a wrong number of agents, Hopeless when an agent says so, and whatever a factory, a `close` or an
 * unplayable past throws
 */
export async function* playEpisode(table: Table): AsyncGenerator<Progress, Ending> {
  const loop = new Loop(table);
  try {
    yield loop.started();
    if (table.past !== undefined) yield* loop.past(table.past);
    for (;;) {
      const next = await loop.next();
      yield next;
      if (next.kind === 'ended') return next.ending;
    }
  } finally {
    await loop.close();
  }
}

/**
 * The same as `playEpisode` for those who need not hold the episode up: `listen` is told what happens, and nothing is
 * waited for but agents that make it. Gives the ending.
 */
export async function runEpisode(table: Table, listen: (progress: Progress) => void = () => {}): Promise<Ending> {
  const loop = new Loop(table);
  try {
    listen(loop.started());
    if (table.past !== undefined) for await (const progress of loop.past(table.past)) listen(progress);
    for (;;) {
      const next = loop.next();
      const progress = next instanceof Promise ? await next : next;
      listen(progress);
      if (progress.kind === 'ended') return progress.ending;
    }
  } finally {
    await loop.close();
  }
}

type Forfeits = NonNullable<Ending['forfeits']>;
type Played = PlayedStep | { readonly forfeits: Forfeits };

/** How many steps may pass without a pause for timers, in an episode that a timer or a signal could stop. */
const BREATH = 256;

class Loop {
  readonly #table: Table;
  readonly #episode: Episode;
  readonly #agents: Agent[] = [];
  /** Seats whose agents want news between their turns. */
  readonly #listening: Seat[] = [];
  readonly #streams: Streams;
  readonly #rngs: Rng[] = [];
  readonly #halt: Halt | null;
  readonly #steps: number;
  readonly #forfeits: boolean;
  /** By seat: how many events it had when it was last asked, and how many it was sent as news. */
  readonly #asked: number[];
  readonly #news: number[];
  /** By seat: what its `news` threw since it was last asked. */
  readonly #deaf = new Map<Seat, Failing>();
  #began: number;
  #result: Result | null = null;

  constructor(table: Table) {
    this.#table = table;
    this.#episode = new Episode(table.environment, table.config);
    const { seats, horizon } = this.#episode.facts;
    if (table.agents.length !== seats) {
      throw new RangeError(`${table.environment.spec.id} has ${seats} seats; ${table.agents.length} agents were given`);
    }
    if (table.onFailure === 'forfeit' && seats > 2) throw new RangeError('a forfeit is defined for one or two seats');
    this.#forfeits = (table.onFailure ?? (seats === 2 ? 'forfeit' : 'substitute')) === 'forfeit';
    this.#steps = table.limits?.steps ?? horizon;
    this.#streams = new Streams(table.seed);
    this.#asked = new Array<number>(seats).fill(0);
    this.#news = new Array<number>(seats).fill(0);
    this.#began = table.clock?.() ?? 0;
    const total = table.limits?.totalMs;
    this.#halt = table.signal === undefined && total === undefined ? null : new Halt(table.signal, total);
  }

  /** Seats the agents. */
  started(): Progress {
    const { environment, config } = this.#table;
    for (const [seat, make] of this.#table.agents.entries()) {
      const rng = this.#streams.of(`seat ${seat}`);
      const agent = make({ environment, config, seat, rng });
      this.#rngs.push(rng);
      this.#agents.push(agent);
      if (agent.news !== undefined) this.#listening.push(seat);
    }
    const seats = this.#agents.map((agent) => agent.manifest);
    return { kind: 'started', episode: this.#episode, seats, ...this.#hash() };
  }

  /** Plays a past again. Nobody is asked what to play, but agents that remember are asked so that they do. */
  async *past({ steps, streams = {} }: NonNullable<Table['past']>): AsyncGenerator<Progress> {
    const recalling = new Recalling(this.#agents, steps);
    for (const [index, step] of steps.entries()) {
      const turn = this.#episode.turn;
      if (turn.kind === 'act')
        await recalling.step(step, (seat) => this.#question(seat, turn.spaces[seat] as ActionSpace));
      yield this.#again(step, index);
    }
    this.#streams.restore(streams);
  }

  #again(step: PlayedStep, index: number): Progress {
    for (const seat of Object.keys(step.seats ?? {})) this.#markAsked(Number(seat));
    if (step.at !== undefined && this.#table.clock !== undefined) this.#began = this.#table.clock() - step.at;
    const progress = this.#apply(step, true);
    const { hash } = progress.step;
    if (step.hash !== undefined && hash !== undefined && step.hash !== hash) {
      throw new Error(`step ${index} of the past leads to another state here (${hash}, recorded ${step.hash})`);
    }
    return progress;
  }

  /** The next step, or the ending. Stays synchronous as long as the agents do. @throws Hopeless, and nothing else */
  next(): Progress | Promise<Progress> {
    const pausing = this.#halt !== null && this.#episode.steps % BREATH === BREATH - 1;
    return pausing ? breathe().then(() => this.#next()) : this.#next();
  }

  /** Closes every agent, leaves the environment, and only then throws what one of them threw. */
  async close(): Promise<void> {
    this.#halt?.close();
    const failed: unknown[] = [];
    for (const agent of this.#agents) {
      if (agent.close === undefined) continue;
      try {
        await agent.close(this.#result);
      } catch (thrown) {
        failed.push(thrown);
      }
    }
    await this.#table.environment.leave?.(this.#episode.state);
    if (failed.length > 0) throw failed[0];
  }

  #next(): Progress | Promise<Progress> {
    const turn = this.#episode.turn;
    if (turn.kind === 'over') return this.#end(turn.truncated ? 'horizon' : 'rules', { outcome: turn.outcome });
    if (this.#episode.steps >= this.#steps) return this.#end('steps');
    if (this.#halt?.how != null) return this.#end(this.#halt.how);
    try {
      const played = this.#play(turn);
      return played instanceof Promise ? this.#later(played) : this.#goOn(played);
    } catch (thrown) {
      return this.#broken(thrown);
    }
  }

  async #later(played: Promise<Played>): Promise<Progress> {
    try {
      return this.#goOn(await played);
    } catch (thrown) {
      return this.#broken(thrown);
    }
  }

  #play(turn: Exclude<Turn, { kind: 'over' }>): Played | Promise<Played> {
    switch (turn.kind) {
      case 'act':
        return this.#ask(turn);
      case 'chance':
        return { chance: this.#draw(turn) };
      case 'call':
        return this.#call(turn.requests);
    }
  }

  #goOn(played: Played): Progress {
    return 'forfeits' in played ? this.#end('forfeit', { forfeits: played.forfeits }) : this.#apply(played, false);
  }

  #broken(thrown: unknown): Progress {
    if (this.#halt?.how != null) return this.#end(this.#halt.how);
    if (thrown instanceof Hopeless) throw thrown;
    return this.#end('crashed', { error: messageOf(thrown) });
  }

  #draw(turn: Extract<Turn, { kind: 'chance' }>): Move {
    const rng = this.#streams.of('chance');
    return 'outcomes' in turn ? rng.weighted(turn.outcomes) : turn.draw(rng);
  }

  /** Asks the seats at once. */
  #ask(turn: ActTurn): Played | Promise<Played> {
    const seats = actors(turn, this.#agents.length);
    const asked = seats.map((seat) => this.#decide(seat, turn.spaces[seat] as ActionSpace));
    for (const seat of seats) this.#markAsked(seat);
    return answered(seats, asked);
  }

  #decide(seat: Seat, space: ActionSpace): Answered | Promise<Answered> {
    const deaf = this.#deaf.get(seat);
    if (deaf !== undefined) this.#deaf.delete(seat);
    return decide(this.#agents[seat] as Agent, this.#question(seat, space), deaf === undefined ? [] : [deaf]);
  }

  #question(seat: Seat, space: ActionSpace): Question {
    const { limits, tries = 3, clock = null } = this.#table;
    return {
      episode: this.#episode,
      seat,
      space,
      fresh: this.#asked[seat] as number,
      rng: this.#rngs[seat] as Rng,
      tries,
      turnMs: limits?.turnMs ?? null,
      stop: this.#halt?.signal ?? null,
      clock,
      began: clock?.() ?? 0,
      substitutes: this.#forfeits ? null : () => this.#streams.of(`substitute ${seat}`),
    };
  }

  async #call(requests: Parameters<typeof askOutside>[0]): Promise<PlayedStep> {
    const { answer, environment, limits } = this.#table;
    const answerer = answer ?? environment.answer?.bind(environment);
    return { answers: await askOutside(requests, answerer, this.#halt?.signal ?? null, limits?.callMs ?? null) };
  }

  #apply(played: PlayedStep, past: boolean): Extract<Progress, { kind: 'step' }> {
    const index = this.#episode.steps;
    // NOTE: what agents and chance do here has been checked as it was read; a past has not.
    const moves = movesOf(played);
    const { events, rewards } = past ? this.#episode.apply(moves) : this.#episode.applyChecked(moves);
    const step = {
      ...movesOnly(played),
      ...(rewards === undefined ? {} : { rewards }),
      ...this.#hash(),
      ...this.#at(played),
    };
    this.#tellNews();
    return {
      kind: 'step',
      index,
      step,
      events: events ?? [],
      turn: this.#episode.turn,
      past,
      streams: this.#streams.all,
    };
  }

  #end(
    how: How,
    more: { readonly outcome?: string; readonly forfeits?: Forfeits; readonly error?: string } = {},
  ): Progress {
    const returns = returnsOf(this.#episode, how, more.forfeits);
    this.#result = { how, outcome: more.outcome ?? null, returns };
    return { kind: 'ended', ending: { ...this.#result, paid: this.#episode.paid, ...more, ...this.#at({}) } };
  }

  #hash(): { hash?: string } {
    return this.#table.hash === true ? { hash: hashOf(this.#episode.state) } : {};
  }

  #at(played: PlayedStep): { at?: number } {
    if (played.at !== undefined) return { at: played.at };
    return this.#table.clock === undefined ? {} : { at: this.#table.clock() - this.#began };
  }

  #markAsked(seat: Seat): void {
    this.#asked[seat] = this.#episode.heard(seat).events.length;
  }

  #tellNews(): void {
    for (const seat of this.#listening) {
      const { events } = this.#episode.heard(seat);
      for (let next = this.#news[seat] as number; next < events.length; next++) {
        this.#send(seat, this.#agents[seat] as Agent, events[next] as Event);
      }
      this.#news[seat] = events.length;
    }
  }

  /** NOTE: an agent that fails to listen must not end the episode, or a loser could; it costs that seat a try. */
  #send(seat: Seat, agent: Agent, event: Event): void {
    const failed = (thrown: unknown) => void this.#deaf.set(seat, crashed(thrown));
    try {
      const told: unknown = agent.news?.(event);
      if (told instanceof Promise) told.catch(failed);
    } catch (thrown) {
      failed(thrown);
    }
  }
}

function answered(seats: readonly Seat[], asked: (Answered | Promise<Answered>)[]): Played | Promise<Played> {
  const first = asked.findIndex((answer) => answer instanceof Promise);
  if (first < 0) return gather(seats, asked as Answered[]);
  const last = asked.findLastIndex((answer) => answer instanceof Promise);
  if (first < last) return Promise.all(asked).then((answers) => gather(seats, answers));
  // NOTE: mostly one seat waits for a model while the others are programs: a wait for that one alone costs less.
  return (asked[first] as Promise<Answered>).then((answer) => {
    asked[first] = answer;
    return gather(seats, asked as Answered[]);
  });
}

function gather(seats: readonly Seat[], answers: readonly Answered[]): Played {
  const decided: { [seat: number]: Decided } = {};
  let forfeits: { [seat: number]: readonly Failing[] } | null = null;
  for (const [index, seat] of seats.entries()) {
    const answer = answers[index] as Answered;
    if ('move' in answer) decided[seat] = answer;
    else forfeits = { ...(forfeits ?? {}), [seat]: answer };
  }
  return forfeits === null ? { seats: decided } : { forfeits };
}
