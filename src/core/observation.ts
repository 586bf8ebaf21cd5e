import type { ActRequest, Recall } from './agent.js';
import { howToAnswer } from './answers.js';
import { type Environment, type Event, type Seat, seatName, type Viewer } from './environment.js';
import { type Episode, type Heard, toldAtOnce } from './episode.js';
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
  readonly recall?: Recall;
}

/** A request to act. What is in it is made only when somebody reads it, and is of the time of asking whenever that is. */
export class Observation implements ActRequest {
  readonly environment: string;
  readonly seat: Seat;
  readonly space: ActionSpace;
  readonly fresh: number;
  readonly attempt: number;
  readonly refused: { readonly failure: Failure; readonly text: string } | null;
  readonly rng: Rng;
  readonly budgetMs: number | null;
  readonly signal: AbortSignal | null;
  declare readonly recall?: Recall;
  readonly #episode: Episode;
  readonly #state: Json;
  readonly #heard: Heard;
  readonly #eventCount: number;
  readonly #moveCount: number;
  readonly #paid: { readonly [part: string]: number };
  #events: readonly Event[] | undefined;
  #moves: readonly Move[] | undefined;
  #view: Json | undefined;
  #text: string | undefined;

  constructor(episode: Episode, seat: Seat, space: ActionSpace, asking: Asking) {
    this.environment = episode.environment.spec.id;
    this.seat = seat;
    this.space = space;
    this.fresh = asking.fresh;
    this.attempt = asking.attempt;
    this.refused = asking.refused;
    this.rng = asking.rng;
    this.budgetMs = asking.budgetMs;
    this.signal = asking.signal;
    if (asking.recall !== undefined) this.recall = asking.recall;
    this.#episode = episode;
    this.#state = episode.state;
    this.#heard = episode.heard(seat);
    this.#eventCount = this.#heard.events.length;
    this.#moveCount = this.#heard.moves.length;
    this.#paid = episode.paid[seat] ?? {};
  }

  get view(): Json {
    this.#view ??= this.#episode.environment.view(this.#state, this.seat);
    return this.#view;
  }

  get events(): readonly Event[] {
    this.#events ??= this.#heard.events.slice(0, this.#eventCount);
    return this.#events;
  }

  get moves(): readonly Move[] {
    this.#moves ??= this.#heard.moves.slice(0, this.#moveCount);
    return this.#moves;
  }

  get rewards(): { readonly [part: string]: number } {
    return toldAtOnce(this.#episode.environment.spec, this.#paid);
  }

  get rules(): string {
    return wordsOf(this.#episode.environment, this.#episode.config).rules;
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
    const { environment, config } = this.#episode;
    return composed({
      opening: openingOf(environment, config, this.seat),
      told: this.#episode.said(this.seat, this.#eventCount),
      shown: environment.show?.(this.view) ?? null,
      how: howToAnswer(environment.spec, this.space),
      refused: this.refused?.text ?? null,
    });
  }
}

/** What an observation in words is made of. */
export interface Parts {
  /** The rules, and who the seat is (`openingOf`). */
  readonly opening: string;
  /** What has happened, one event a line; '' where nothing has. */
  readonly told: string;
  /** The view in words; null where the environment has none. */
  readonly shown: string | null;
  readonly how: string;
  /** Why the last answer was refused. */
  readonly refused: string | null;
}

/** An observation in words, the same wherever it is put together. */
export function composed({ opening, told, shown, how, refused }: Parts): string {
  const happened = told === '' ? null : `What has happened:\n${told}`;
  return [opening, happened, shown, how, refused].filter((part) => part !== null).join('\n\n');
}

/** Events in words for one viewer, silent ones left out. */
export function sayAll(environment: Environment, events: readonly Event[], viewer: Viewer): string[] {
  return events.map((event) => environment.say(event, viewer)).filter((line) => line !== '');
}

/** Words that are the same for a whole episode and for every other under the same configuration object. */
type Words = { readonly rules: string; readonly openings: string[] };

const written = new WeakMap<JsonObject, Map<Environment, Words>>();

function wordsOf(environment: Environment, config: JsonObject): Words {
  let known = written.get(config);
  if (known === undefined) {
    known = new Map();
    written.set(config, known);
  }
  let words = known.get(environment);
  if (words === undefined) {
    words = { rules: environment.spec.rules(config), openings: [] };
    known.set(environment, words);
  }
  return words;
}

/** How every observation of a seat begins: the rules, and who it is. */
export function openingOf(environment: Environment, config: JsonObject, seat: Seat): string {
  const { rules, openings } = wordsOf(environment, config);
  openings[seat] ??= opening(rules, seat);
  return openings[seat];
}

/** How an observation begins, from the rules in words. */
export function opening(rules: string, seat: Seat): string {
  return `${rules}\n\nYou are ${seatName(seat)}.`;
}
