import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { mostPromptTokens } from './estimate.js';
import type { Model, ModelRequest, Usage } from './model.js';
import { Pace } from './pace.js';

/** What a provider allows; what is left out is not limited. */
export interface Limits {
  readonly concurrency?: number;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
}

/** Time as limits see it: milliseconds, and a wait. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal: AbortSignal | null): Promise<void>;
}

export const CLOCK: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === null ? {} : { signal }),
};

/** Tokens a request is taken to answer with until its reply tells. */
const USUAL_ANSWER = 500;
/** English prose has about four bytes a token; the bound that budgets use would waste most of a rate. */
const BYTES_A_TOKEN = 4;

/** The queue of one provider, shared by all who call it: whoever comes first goes first. */
export class Limiter {
  readonly #queue: PQueue;
  readonly #clock: Clock;
  readonly #requests: Pace | null;
  readonly #tokens: Pace | null;

  constructor({ concurrency, requestsPerMinute, tokensPerMinute }: Limits, clock: Clock = CLOCK) {
    this.#clock = clock;
    this.#queue = new PQueue({ concurrency: concurrency ?? Number.POSITIVE_INFINITY });
    this.#requests = requestsPerMinute === undefined ? null : new Pace(requestsPerMinute, clock.now);
    this.#tokens = tokensPerMinute === undefined ? null : new Pace(tokensPerMinute, clock.now);
  }

  /** Calls that wait or run now. */
  get busy(): number {
    return this.#queue.size + this.#queue.pending;
  }

  /** Runs a call when the limits allow it. An aborted signal takes it out of the queue. */
  async run<T extends { readonly usage: Usage | null }>(
    request: ModelRequest,
    call: () => Promise<T>,
    signal: AbortSignal | null,
  ): Promise<T> {
    return this.#queue.add(() => this.#paced(request, call, signal), signal === null ? {} : { signal });
  }

  async #paced<T extends { readonly usage: Usage | null }>(
    request: ModelRequest,
    call: () => Promise<T>,
    signal: AbortSignal | null,
  ): Promise<T> {
    if (this.#requests === null && this.#tokens === null) return call();
    const guess = guessOf(request);
    const wait = Math.max(this.#requests?.take(1) ?? 0, this.#tokens?.take(guess) ?? 0);
    if (wait > 0) await this.#clock.sleep(wait, signal);
    const reply = await call();
    const used = usedOf(reply.usage);
    if (used !== null) this.#tokens?.giveBack(guess - used);
    return reply;
  }
}

/** A model whose calls keep to a provider's limits. */
export function limited(model: Model, limiter: Limiter): Model {
  return {
    ...model,
    call: (request, signal) => limiter.run(request, () => model.call(request, signal), signal),
  };
}

function guessOf(request: ModelRequest): number {
  return mostPromptTokens(request) / BYTES_A_TOKEN + (request.parameters.maxTokens ?? USUAL_ANSWER);
}

function usedOf(usage: Usage | null): number | null {
  if (usage === null || usage.promptTokens === null || usage.completionTokens === null) return null;
  return usage.promptTokens + usage.completionTokens;
}
