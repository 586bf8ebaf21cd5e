import type { Agent, AgentFactory, AgentManifest } from './agent.js';
import { type Decided, decide, type Failing } from './decide.js';
import { actors, type Environment, type Event, type Moves, type Rewards, type Seat, type Turn } from './environment.js';
import { Episode, type Paid } from './episode.js';
import { MoveRefused, messageOf } from './errors.js';
import { hashOf, type Json, type JsonObject } from './json.js';
import { type Rng, type RngState, type Seed, stream } from './rng.js';
import type { ActionSpace, Move } from './space.js';

/**
 * How an episode ended. `rules` and `horizon` (the environment's own truncation) are results of play; `forfeit` is the
 * stated rule after failed answers. The rest is the loop's: then returns are null, never 0.
 */
export type How = 'rules' | 'horizon' | 'forfeit' | 'steps' | 'time' | 'cancelled' | 'crashed';

/** Everything the loop needs to run one episode. */
export interface Table {
  readonly environment: Environment;
  readonly config: JsonObject;
  readonly seed: Seed;
  /** One a seat. */
  readonly agents: readonly AgentFactory[];
  readonly limits?: { readonly steps?: number; readonly turnMs?: number; readonly totalMs?: number };
  /** Tries an agent has for one turn; 3 by default. */
  readonly tries?: number;
  /** After the last failed try: `forfeit` (the default with two seats, impossible with more) or `substitute`. */
  readonly onFailure?: 'forfeit' | 'substitute';
  /** Answers calls to the outside; the environment's own `answer` when absent. */
  readonly answer?: (request: Json, signal: AbortSignal) => Promise<Json>;
  readonly signal?: AbortSignal;
  /** Milliseconds now; without a clock nothing carries a time. */
  readonly clock?: () => number;
  /** Whether steps carry the hash of the state they lead to. */
  readonly hash?: boolean;
  /** Steps already played, to go on from: a fork, or an episode that was cut off. */
  readonly past?: { readonly steps: readonly PlayedStep[]; readonly streams?: { readonly [label: string]: RngState } };
}

/** One step as it was played. */
export interface PlayedStep {
  readonly seats?: { readonly [seat: number]: Decided };
  readonly chance?: Move;
  readonly answers?: readonly Json[];
  readonly rewards?: Rewards;
  readonly hash?: string;
  /** Milliseconds since the episode began. */
  readonly at?: number;
}

/** How it ended, with what everybody was paid. */
export interface Ending {
  readonly how: How;
  readonly outcome: string | null;
  /** Reward parts of each seat, unweighted. */
  readonly paid: Paid;
  /** Weighted return of each seat; null when the loop ended the episode. */
  readonly returns: readonly number[] | null;
  /** Seats that forfeited, with their failed tries. */
  readonly forfeits?: { readonly [seat: number]: readonly Failing[] };
  readonly error?: string;
  readonly at?: number;
}

/** What the loop tells whoever runs it. */
export type Progress =
  | {
      readonly kind: 'started';
      readonly episode: Episode;
      readonly seats: readonly AgentManifest[];
      readonly hash?: string;
    }
  | {
      readonly kind: 'step';
      readonly index: number;
      readonly step: PlayedStep;
      readonly events: readonly Event[];
      readonly turn: Turn;
      /** True while a past is played again. */
      readonly past: boolean;
      /** States of the random streams used so far, by name. */
      readonly streams: () => { readonly [label: string]: RngState };
    }
  | { readonly kind: 'ended'; readonly ending: Ending };

/** Plays one episode to its end. Yields what happens as it happens; the consumer's pace is the episode's pace. */
export async function* playEpisode(table: Table): AsyncGenerator<Progress, Ending> {
  const loop = new Loop(table);
  try {
    yield loop.started();
    for (const [index, step] of (table.past?.steps ?? []).entries()) yield loop.again(step, index);
    loop.restore(table.past?.streams ?? {});
    for (;;) {
      const next = await loop.next();
      yield next;
      if (next.kind === 'ended') return next.ending;
    }
  } finally {
    await loop.close();
  }
}

/** Plays one episode and gives only its ending. */
export async function runEpisode(table: Table): Promise<Ending> {
  const playing = playEpisode(table);
  for (;;) {
    const { done, value } = await playing.next();
    if (done === true) return value;
  }
}

/** Ends the episode from inside a step. */
class Stop extends Error {
  constructor(
    readonly how: How,
    readonly forfeits?: { readonly [seat: number]: readonly Failing[] },
  ) {
    super(how);
  }
}

class Loop {
  readonly #table: Table;
  readonly #episode: Episode;
  readonly #agents: readonly Agent[];
  readonly #streams = new Map<string, Rng>();
  readonly #fresh: number[];
  readonly #newsRead: number[];
  readonly #began: number;
  readonly #stop: AbortSignal | null;
  readonly #forfeits: boolean;

  constructor(table: Table) {
    this.#table = table;
    this.#episode = new Episode(table.environment, table.config);
    const { seats, horizon } = this.#episode.facts;
    if (table.agents.length !== seats) {
      throw new RangeError(`${table.environment.spec.id} has ${seats} seats; ${table.agents.length} agents were given`);
    }
    if (table.onFailure === 'forfeit' && seats > 2) throw new RangeError('a forfeit is defined for one or two seats');
    this.#forfeits = (table.onFailure ?? (seats === 2 ? 'forfeit' : 'substitute')) === 'forfeit';
    this.#limitSteps = table.limits?.steps ?? horizon;
    this.#fresh = new Array<number>(seats).fill(0);
    this.#newsRead = new Array<number>(seats).fill(0);
    this.#began = table.clock?.() ?? 0;
    this.#stop = stopSignal(table);
    this.#agents = table.agents.map((make, seat) =>
      make({ environment: table.environment, config: table.config, seat, rng: this.#seatRng(seat) }),
    );
  }

  readonly #limitSteps: number;

  started(): Progress {
    const seats = this.#agents.map((agent) => agent.manifest);
    const hash = this.#table.hash === true ? { hash: hashOf(this.#episode.state) } : {};
    return { kind: 'started', episode: this.#episode, seats, ...hash };
  }

  /** Plays a step of the past again, without asking anybody. */
  again(step: PlayedStep, index: number): Progress {
    const progress = this.#apply(step, true);
    const hash = progress.step.hash;
    if (step.hash !== undefined && hash !== undefined && step.hash !== hash) {
      throw new Error(`step ${index} of the past leads to another state here (${hash}, recorded ${step.hash})`);
    }
    for (const seat of Object.keys(step.seats ?? {})) this.#asked(Number(seat));
    return progress;
  }

  restore(states: { readonly [label: string]: RngState }): void {
    // NOTE: agents already hold their streams, so these are moved and not replaced.
    for (const [label, state] of Object.entries(states)) this.#stream(label).restore(state);
  }

  async next(): Promise<Progress> {
    const turn = this.#episode.turn;
    if (turn.kind === 'over') return this.#end(turn.truncated ? 'horizon' : 'rules', turn.outcome);
    if (this.#episode.steps >= this.#limitSteps) return this.#end('steps', null);
    try {
      this.#stop?.throwIfAborted();
      return this.#apply(await this.#play(turn), false);
    } catch (thrown) {
      if (thrown instanceof Stop) return this.#end(thrown.how, null, thrown.forfeits);
      if (this.#stop?.aborted === true)
        return this.#end(this.#table.signal?.aborted === true ? 'cancelled' : 'time', null);
      return { ...this.#end('crashed', null, undefined, messageOf(thrown)) };
    }
  }

  async close(): Promise<void> {
    for (const agent of this.#agents) if (agent.close !== undefined) await agent.close();
  }

  #play(turn: Exclude<Turn, { kind: 'over' }>): PlayedStep | Promise<PlayedStep> {
    switch (turn.kind) {
      case 'act':
        return this.#ask(turn.spaces);
      case 'chance': {
        const rng = this.#stream('chance');
        return { chance: 'outcomes' in turn ? rng.weighted(turn.outcomes) : turn.draw(rng) };
      }
      case 'call':
        return this.#call(turn.requests);
    }
  }

  /** Asks the seats at once. Stays synchronous as long as all agents do. */
  #ask(spaces: { readonly [seat: number]: ActionSpace }): PlayedStep | Promise<PlayedStep> {
    const seats = actors({ kind: 'act', spaces });
    const asked = seats.map((seat) => this.#decide(seat, spaces[seat] as ActionSpace));
    if (asked.some((answer) => answer instanceof Promise)) {
      return Promise.all(asked).then((answers) => this.#gather(seats, answers));
    }
    return this.#gather(seats, asked as (Decided | Failing[])[]);
  }

  #decide(seat: Seat, space: ActionSpace): Decided | Failing[] | Promise<Decided | Failing[]> {
    const turnMs = this.#table.limits?.turnMs;
    return decide(this.#agents[seat] as Agent, {
      episode: this.#episode,
      seat,
      space,
      fresh: this.#fresh[seat] as number,
      rng: this.#seatRng(seat),
      tries: this.#table.tries ?? 3,
      turnMs: turnMs ?? null,
      stop: this.#stop,
      clock: this.#table.clock ?? null,
      substitutes: this.#forfeits ? null : () => this.#stream('substitute'),
    });
  }

  #gather(seats: readonly Seat[], answers: readonly (Decided | Failing[])[]): PlayedStep {
    const forfeits: { [seat: number]: readonly Failing[] } = {};
    const decided: { [seat: number]: Decided } = {};
    for (const [index, seat] of seats.entries()) {
      const answer = answers[index] as Decided | Failing[];
      if (Array.isArray(answer)) forfeits[seat] = answer;
      else decided[seat] = answer;
      this.#asked(seat);
    }
    if (Object.keys(forfeits).length > 0) throw new Stop('forfeit', forfeits);
    return { seats: decided };
  }

  async #call(requests: readonly Json[]): Promise<PlayedStep> {
    const { answer, environment } = this.#table;
    const ask = answer ?? environment.answer?.bind(environment);
    const signal = this.#stop ?? new AbortController().signal;
    const one = async (request: Json): Promise<Json> => {
      if (ask === undefined) return { error: 'nobody is there to answer calls' };
      try {
        return await ask(request, signal);
      } catch (thrown) {
        return { error: messageOf(thrown) };
      }
    };
    const answers = await Promise.all(requests.map(one));
    this.#stop?.throwIfAborted();
    return { answers };
  }

  #apply(played: PlayedStep, past: boolean): Progress & { kind: 'step' } {
    const index = this.#episode.steps;
    const { events, rewards } = this.#episode.apply(movesOf(played));
    const hash = this.#table.hash === true ? { hash: hashOf(this.#episode.state) } : {};
    const step = { ...movesOnly(played), ...(rewards === undefined ? {} : { rewards }), ...hash, ...this.#at(played) };
    this.#tellNews();
    return {
      kind: 'step',
      index,
      step,
      events: events ?? [],
      turn: this.#episode.turn,
      past,
      streams: () => Object.fromEntries([...this.#streams].map(([label, rng]) => [label, rng.state()])),
    };
  }

  #end(how: How, outcome: string | null, forfeits?: Ending['forfeits'], error?: string): Progress & { kind: 'ended' } {
    return {
      kind: 'ended',
      ending: {
        how,
        outcome,
        paid: this.#episode.paid,
        returns: returnsOf(this.#episode, how, forfeits),
        ...(forfeits === undefined ? {} : { forfeits }),
        ...(error === undefined ? {} : { error }),
        ...this.#at({}),
      },
    };
  }

  #at(played: PlayedStep): { at?: number } {
    if (played.at !== undefined) return { at: played.at };
    return this.#table.clock === undefined ? {} : { at: this.#table.clock() - this.#began };
  }

  #asked(seat: Seat): void {
    this.#fresh[seat] = this.#episode.heard(seat).events.length;
  }

  #tellNews(): void {
    for (const [seat, agent] of this.#agents.entries()) {
      if (agent.news === undefined) continue;
      const { events } = this.#episode.heard(seat);
      const read = this.#newsRead[seat] as number;
      if (events.length > read) agent.news(events.slice(read));
      this.#newsRead[seat] = events.length;
    }
  }

  #seatRng(seat: Seat): Rng {
    return this.#stream(`seat ${seat}`);
  }

  #stream(label: string): Rng {
    let rng = this.#streams.get(label);
    if (rng === undefined) {
      rng = stream(this.#table.seed, label);
      this.#streams.set(label, rng);
    }
    return rng;
  }
}

/** Returns by how the episode ended: none for the loop's endings; the spec's worst and best for a forfeit. */
export function returnsOf(episode: Episode, how: How, forfeits: Ending['forfeits']): readonly number[] | null {
  if (how === 'rules' || how === 'horizon') return episode.returns();
  if (how !== 'forfeit' || forfeits === undefined) return null;
  const { min, max } = episode.facts.utility;
  return Array.from({ length: episode.facts.seats }, (_, seat) => (seat in forfeits ? min : max));
}

/** The moves of a played step, as rules take them. */
export function movesOf(step: {
  readonly seats?: { readonly [seat: number]: { readonly move: Move } };
  readonly chance?: Move;
  readonly answers?: readonly Json[];
}): Moves {
  if (step.seats !== undefined) {
    const seats: { [seat: number]: Move } = {};
    for (const seat of Object.keys(step.seats)) seats[Number(seat)] = (step.seats[Number(seat)] as { move: Move }).move;
    return { seats };
  }
  if (step.answers !== undefined) return { answers: step.answers };
  if (step.chance !== undefined) return { chance: step.chance };
  throw new MoveRefused('a step holds moves of seats, an outcome of chance, or answers');
}

function movesOnly(step: PlayedStep): PlayedStep {
  if (step.seats !== undefined) return { seats: step.seats };
  if (step.answers !== undefined) return { answers: step.answers };
  return { chance: step.chance as Move };
}

/** One signal for cancelling and for the time limit of the whole episode; null when neither can happen. */
function stopSignal(table: Table): AbortSignal | null {
  const total = table.limits?.totalMs;
  const signals = [table.signal, total === undefined ? undefined : AbortSignal.timeout(total)].filter(
    (signal) => signal !== undefined,
  );
  return signals.length === 0 ? null : signals.length === 1 ? (signals[0] as AbortSignal) : AbortSignal.any(signals);
}
