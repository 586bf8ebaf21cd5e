import type { ActRequest, Recall } from '../../src/core/agent.js';
import type { Event, Seat } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import type { ActionSpace, Move } from '../../src/core/space.js';

/** What a wrapper may change of a request before it hands it on. */
export type Changes = Partial<Pick<ActRequest, 'attempt' | 'refused' | 'budgetMs' | 'signal'>>;

/** A request handed on by a wrapper. What it does not change stays as it was, and is still made only when read. */
export class Retold implements ActRequest {
  readonly environment: string;
  readonly seat: Seat;
  readonly space: ActionSpace;
  readonly fresh: number;
  readonly rng: Rng;
  readonly attempt: number;
  readonly refused: ActRequest['refused'];
  readonly budgetMs: number | null;
  readonly signal: AbortSignal | null;
  declare readonly recall?: Recall;
  readonly #request: ActRequest;

  constructor(request: ActRequest, changes: Changes) {
    this.#request = request;
    this.environment = request.environment;
    this.seat = request.seat;
    this.space = request.space;
    this.fresh = request.fresh;
    this.rng = request.rng;
    this.attempt = changes.attempt ?? request.attempt;
    this.refused = changes.refused === undefined ? request.refused : changes.refused;
    this.budgetMs = changes.budgetMs === undefined ? request.budgetMs : changes.budgetMs;
    this.signal = changes.signal === undefined ? request.signal : changes.signal;
    if (request.recall !== undefined) this.recall = request.recall;
  }

  get view(): Json {
    return this.#request.view;
  }

  get events(): readonly Event[] {
    return this.#request.events;
  }

  get moves(): readonly Move[] {
    return this.#request.moves;
  }

  get rewards(): { readonly [part: string]: number } {
    return this.#request.rewards;
  }

  get rules(): string {
    return this.#request.rules;
  }

  get text(): string {
    const { refused, text } = this.#request;
    return this.refused === null || this.refused === refused ? text : `${text}\n\n${this.refused.text}`;
  }
}
