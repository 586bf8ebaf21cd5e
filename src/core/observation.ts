import type { ActRequest } from './agent.js';
import { howToAnswer } from './answers.js';
import { type Environment, type Event, type Seat, seatName, type Viewer } from './environment.js';
import type { Episode } from './episode.js';
import type { Json, JsonObject } from './json.js';
import type { Failure } from './read.js';
import type { Rng } from './rng.js';
import type { ActionSpace, Move } from './space.js';

/** What the loop adds to what the seat knows. */
export interface Asking {
  readonly rng: Rng;
  readonly attempt: number;
  readonly refused: { readonly failure: Failure; readonly text: string } | null;
  readonly budgetMs: number | null;
  readonly signal: AbortSignal | null;
  readonly fresh: number;
}

/** A request to act. View and words are made only when somebody reads them, from the state at the time of asking. */
export class Observation implements ActRequest {
  readonly environment: string;
  readonly seat: Seat;
  readonly space: ActionSpace;
  readonly events: readonly Event[];
  readonly moves: readonly Move[];
  readonly fresh: number;
  readonly attempt: number;
  readonly refused: { readonly failure: Failure; readonly text: string } | null;
  readonly rng: Rng;
  readonly budgetMs: number | null;
  readonly signal: AbortSignal | null;
  readonly #episode: Episode;
  readonly #state: Json;
  #view: Json | undefined;
  #text: string | undefined;

  constructor(episode: Episode, seat: Seat, space: ActionSpace, asking: Asking) {
    const heard = episode.heard(seat);
    this.environment = episode.environment.spec.id;
    this.seat = seat;
    this.space = space;
    this.events = heard.events;
    this.moves = heard.moves;
    this.fresh = asking.fresh;
    this.attempt = asking.attempt;
    this.refused = asking.refused;
    this.rng = asking.rng;
    this.budgetMs = asking.budgetMs;
    this.signal = asking.signal;
    this.#episode = episode;
    this.#state = episode.state;
  }

  get view(): Json {
    this.#view ??= this.#episode.environment.view(this.#state, this.seat);
    return this.#view;
  }

  get rewards(): { readonly [part: string]: number } {
    return this.#episode.told(this.seat);
  }

  get rules(): string {
    return rulesOf(this.#episode.environment, this.#episode.config);
  }

  get text(): string {
    this.#text ??= this.#compose();
    return this.#text;
  }

  /** What goes over a wire to a seat that is elsewhere. */
  toJSON(): Json {
    const { environment, seat, space, view, events, fresh, moves, rewards, text, attempt, budgetMs } = this;
    const refused = this.refused as Json;
    return { environment, seat, space, view, events, fresh, moves, rewards, text, attempt, refused, budgetMs };
  }

  #compose(): string {
    const { environment } = this.#episode;
    const told = sayAll(environment, this.events, this.seat);
    const parts = [this.rules, `You are ${seatName(this.seat)}.`];
    if (told.length > 0) parts.push(`What has happened:\n${told.join('\n')}`);
    if (environment.show !== undefined) parts.push(environment.show(this.view));
    parts.push(howToAnswer(environment.spec, this.space));
    if (this.refused !== null) parts.push(this.refused.text);
    return parts.join('\n\n');
  }
}

/** Events in words for one viewer, silent ones left out. */
export function sayAll(environment: Environment, events: readonly Event[], viewer: Viewer): string[] {
  return events.map((event) => environment.say(event, viewer)).filter((line) => line !== '');
}

const written = new WeakMap<JsonObject, Map<Environment, string>>();

/** The rules of a configuration, written once for as long as the configuration is in use. */
function rulesOf(environment: Environment, config: JsonObject): string {
  let known = written.get(config);
  if (known === undefined) {
    known = new Map();
    written.set(config, known);
  }
  let rules = known.get(environment);
  if (rules === undefined) {
    rules = environment.spec.rules(config);
    known.set(environment, rules);
  }
  return rules;
}
