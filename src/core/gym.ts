import { readAnswer } from './answers.js';
import { Catalogue } from './catalogue.js';
import { readConfig } from './config.js';
import { actors, type Environment, type Event, type Seat } from './environment.js';
import { Episode } from './episode.js';
import { MoveRefused, UserError } from './errors.js';
import type { Json, JsonObject } from './json.js';
import { Observation } from './observation.js';
import { type Rng, type Seed, stream } from './rng.js';
import type { ActionSpace, Move } from './space.js';

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
  #chance: Rng = stream(0, 'chance');
  #seats: Rng[] = [];
  #fresh: number[] = [];
  #told: number[] = [];
  #seed: Seed = 0;
  #resets = 0;

  constructor(environment: Environment, config: JsonObject) {
    this.environment = environment;
    this.config = config;
  }

  /** Starts an episode. The same seed and moves give the same episode; without a seed each reset gives another one. */
  async reset(options: { readonly seed?: Seed } = {}): Promise<Reset> {
    this.#seed = options.seed ?? `${this.#seed}+${this.#resets++}`;
    this.#episode = new Episode(this.environment, this.config);
    const { seats } = this.#episode.facts;
    this.#chance = stream(this.#seed, 'chance');
    this.#seats = Array.from({ length: seats }, (_, seat) => stream(this.#seed, `seat ${seat}`));
    this.#fresh = new Array<number>(seats).fill(0);
    this.#told = new Array<number>(seats).fill(0);
    await this.#advance(this.#episode);
    return this.#report(this.#episode);
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
    await this.#advance(episode);
    const report = this.#report(episode);
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
      if (space === undefined || typeof move !== 'string' || space.kind === 'text') continue;
      if (space.kind === 'choice' && space.options.some((option) => option.id === move)) continue;
      const answer = readAnswer(this.environment.spec, space, { text: move });
      if (!answer.ok) throw new MoveRefused(`seat ${seat}: ${answer.reason}`);
      read[Number(seat)] = answer.value;
    }
    return read;
  }

  /** Plays chance and outside calls until a seat is to act or the episode is over. */
  async #advance(episode: Episode): Promise<void> {
    for (;;) {
      const turn = episode.turn;
      if (turn.kind === 'chance') {
        episode.apply({ chance: 'outcomes' in turn ? this.#chance.weighted(turn.outcomes) : turn.draw(this.#chance) });
      } else if (turn.kind === 'call') {
        const answer = this.environment.answer?.bind(this.environment);
        const { signal } = new AbortController();
        const one = (request: Json) => answer?.(request, signal) ?? { error: 'nobody is there to answer calls' };
        episode.apply({ answers: await Promise.all(turn.requests.map(one)) });
      } else return;
    }
  }

  #report(episode: Episode): Reset {
    const observations: { [seat: number]: Observation } = {};
    const turn = episode.turn;
    const seats = Array.from({ length: episode.facts.seats }, (_, seat) => seat);
    const events = seats.map((seat) => episode.heard(seat).events.slice(this.#fresh[seat]));
    if (turn.kind === 'act') {
      for (const seat of actors(turn))
        observations[seat] = this.#observe(episode, seat, turn.spaces[seat] as ActionSpace);
    }
    this.#fresh = seats.map((seat) => episode.heard(seat).events.length);
    return {
      observations,
      info: {
        outcome: turn.kind === 'over' ? turn.outcome : null,
        rewardParts: seats.map((seat) => ({ ...episode.told(seat) })),
        events,
      },
    };
  }

  #observe(episode: Episode, seat: Seat, space: ActionSpace): Observation {
    return new Observation(episode, seat, space, {
      rng: this.#seats[seat] as Rng,
      attempt: 1,
      refused: null,
      budgetMs: null,
      signal: null,
      fresh: this.#fresh[seat] ?? 0,
    });
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
  const request = { ...(typeof preset === 'string' ? { preset } : {}), set: set as JsonObject };
  return new Gym(environment, readConfig(environment.spec, request));
}
