import { readAnswer } from './answers.js';
import { Catalogue } from './catalogue.js';
import { readConfig } from './config.js';
import { type ActTurn, actors, type Environment, type Event, type Seat } from './environment.js';
import { Episode } from './episode.js';
import { MoveRefused, UserError } from './errors.js';
import { type JsonObject, preview } from './json.js';
import { Observation } from './observation.js';
import { askOutside } from './outside.js';
import { episodeSeed, type Seed } from './rng.js';
import { type ActionSpace, check, type Move } from './space.js';
import { Streams } from './streams.js';

/** Observations of the seats that are to act, by seat. */
export type Observations = { readonly [seat: number]: Observation };

export interface Reset {
  readonly observations: Observations;
  readonly info: GymInfo;
}

export interface GymStep extends Reset {
  /** Weighted reward told to each seat by this step. A part that would betray a secret is paid with the last step. */
  readonly rewards: readonly number[];
  /** Ended by the rules. */
  readonly terminated: boolean;
  /** Cut off by the environment's horizon. */
  readonly truncated: boolean;
}

export interface GymInfo {
  readonly outcome: string | null;
  /** Reward parts told to each seat so far, unweighted. */
  readonly rewardParts: readonly { readonly [part: string]: number }[];
  /** What each seat was told by this step. */
  readonly events: readonly (readonly Event[])[];
}

/** An environment the way gyms are used: `reset`, then `step` until `terminated` or `truncated`. */
export class Gym {
  readonly environment: Environment;
  readonly config: JsonObject;
  #episode: Episode | null = null;
  #streams = new Streams(0);
  /** By seat: how many events it had when it was last asked, and when the last step was reported. */
  #asked: number[] = [];
  #reported: number[] = [];
  #told: number[] = [];
  #seed: Seed = 0;
  #unseeded = 0;

  constructor(environment: Environment, config: JsonObject) {
    this.environment = environment;
    this.config = config;
  }

  /**
   * Starts an episode. The same seed and moves give the same episode. Without a seed each reset gives another one, in an
   * order that follows from the last seed given.
   */
  async reset(options: { readonly seed?: Seed } = {}): Promise<Reset> {
    if (options.seed !== undefined) {
      this.#seed = options.seed;
      this.#unseeded = 0;
    }
    this.#streams = new Streams(options.seed ?? episodeSeed(this.#seed, this.#unseeded++));
    const episode = new Episode(this.environment, this.config);
    const { seats } = episode.facts;
    this.#asked = new Array<number>(seats).fill(0);
    this.#reported = new Array<number>(seats).fill(0);
    this.#told = new Array<number>(seats).fill(0);
    this.#episode = episode;
    return this.#goOn(episode);
  }

  /**
   * Plays one move for every seat that has an observation. A text is first taken as a move, then read as an answer in
   * words. @throws MoveRefused, with nothing changed, when a move does not belong
   */
  async step(moves: { readonly [seat: number]: Move }): Promise<GymStep> {
    const episode = this.#episode;
    if (episode === null) throw new UserError('call reset() before step()');
    const before = this.#told;
    episode.apply({ seats: this.#read(episode, moves) });
    const report = await this.#goOn(episode);
    this.#told = before.map((_, seat) => episode.toldReturn(seat));
    const over = episode.turn.kind === 'over' ? episode.turn : null;
    return {
      ...report,
      rewards: this.#told.map((sum, seat) => sum - (before[seat] ?? 0)),
      terminated: over !== null && !over.truncated,
      truncated: over?.truncated ?? false,
    };
  }

  #read(episode: Episode, moves: { readonly [seat: number]: Move }): { [seat: number]: Move } {
    const turn = episode.turn;
    if (turn.kind !== 'act') return { ...moves };
    const read: { [seat: number]: Move } = { ...moves };
    for (const [seat, move] of Object.entries(moves)) {
      const space = turn.spaces[Number(seat)];
      if (space === undefined || typeof move !== 'string' || check(this.environment.spec, space, move).ok) continue;
      const answer = readAnswer(this.environment.spec, space, { text: move });
      if (!answer.ok) throw new MoveRefused(`seat ${seat}: ${answer.reason}`);
      read[Number(seat)] = answer.value;
    }
    return read;
  }

  /** Brings the episode to where a seat is to act or it is over, and tells what happened. */
  async #goOn(episode: Episode): Promise<Reset> {
    await this.#advance(episode);
    if (this.#episode !== episode) throw new UserError('reset() was called before the last reset() or step() was done');
    return this.#report(episode);
  }

  /** Plays chance and outside calls until a seat is to act or the episode is over. */
  async #advance(episode: Episode): Promise<void> {
    const chance = this.#streams.of('chance');
    const answerer = this.environment.answer?.bind(this.environment);
    for (;;) {
      const { turn } = episode;
      if (turn.kind === 'chance') {
        episode.apply({ chance: 'outcomes' in turn ? chance.weighted(turn.outcomes) : turn.draw(chance) });
      } else if (turn.kind === 'call') {
        episode.apply({ answers: await askOutside(turn.requests, answerer, null, null) });
      } else return;
    }
  }

  #report(episode: Episode): Reset {
    const { turn, facts } = episode;
    const seats = Array.from({ length: facts.seats }, (_, seat) => seat);
    const observations: { [seat: number]: Observation } = {};
    for (const seat of actors(turn)) observations[seat] = this.#observe(episode, seat, turn as ActTurn);
    const info = {
      outcome: turn.kind === 'over' ? turn.outcome : null,
      rewardParts: seats.map((seat) => ({ ...episode.told(seat) })),
      events: seats.map((seat) => episode.heard(seat).events.slice(this.#reported[seat])),
    };
    this.#reported = seats.map((seat) => episode.heard(seat).events.length);
    return { observations, info };
  }

  #observe(episode: Episode, seat: Seat, { spaces }: ActTurn): Observation {
    const observation = new Observation(episode, seat, spaces[seat] as ActionSpace, {
      rng: this.#streams.of(`seat ${seat}`),
      attempt: 1,
      refused: null,
      budgetMs: null,
      signal: null,
      fresh: this.#asked[seat] ?? 0,
    });
    this.#asked[seat] = episode.heard(seat).events.length;
    return observation;
  }
}

/**
 * The environment of an id, ready to be reset.
 * @param config a preset's name, or fields over the defaults (`{ preset: 'arena-8', 'roles.hunter': 1 }`)
 * @throws UserError on an unknown id, preset or field
 */
export async function make(id: string, config: string | JsonObject = {}): Promise<Gym> {
  const environment = await new Catalogue().environment(id);
  const { preset, ...set } = typeof config === 'string' ? { preset: config } : config;
  if (preset !== undefined && typeof preset !== 'string') {
    throw new UserError(`config preset: takes the name of a preset, got ${preview(preset)}`);
  }
  const request = { ...(preset === undefined ? {} : { preset }), set: set as JsonObject };
  return new Gym(environment, readConfig(environment.spec, request));
}
