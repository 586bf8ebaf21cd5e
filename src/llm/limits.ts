import { setTimeout as sleep } from 'node:timers/promises';
import { mostPromptTokens } from './estimate.js';
import type { Model, ModelReply, ModelRequest, Usage } from './model.js';
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
  readonly #most: number;
  readonly #clock: Clock;
  readonly #requests: Pace | null;
  readonly #tokens: Pace | null;
  /** Those who wait, told when a place is theirs. */
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor({ concurrency, requestsPerMinute, tokensPerMinute }: Limits, clock: Clock = CLOCK) {
    this.#clock = clock;
    this.#most = concurrency ?? Number.POSITIVE_INFINITY;
    this.#requests = requestsPerMinute === undefined ? null : new Pace(requestsPerMinute, clock.now);
    this.#tokens = tokensPerMinute === undefined ? null : new Pace(tokensPerMinute, clock.now);
  }

  /** Calls that wait or run now. */
  get busy(): number {
    return this.#waiting.size + this.#running;
  }

  /** Calls a model when the limits allow it. An aborted signal takes the call out of the queue. */
  async call(model: Model, request: ModelRequest, signal: AbortSignal | null): Promise<ModelReply> {
    if (this.#running < this.#most) this.#running++;
    else await this.#place(signal);
    try {
      const unpaced = this.#requests === null && this.#tokens === null;
      return await (unpaced ? model.call(request, signal) : this.#paced(model, request, signal));
    } finally {
      this.#leave();
    }
  }

  async #paced(model: Model, request: ModelRequest, signal: AbortSignal | null): Promise<ModelReply> {
    const guess = guessOf(request);
    const wait = Math.max(this.#requests?.take(1) ?? 0, this.#tokens?.take(guess) ?? 0);
    if (wait > 0) await this.#clock.sleep(wait, signal);
    const reply = await model.call(request, signal);
    const used = usedOf(reply.usage);
    if (used !== null) this.#tokens?.giveBack(guess - used);
    return reply;
  }

  /** Waits for a place. */
  #place(signal: AbortSignal | null): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        this.#waiting.delete(begin);
        reject(signal?.reason);
      };
      if (signal?.aborted === true) return reject(signal.reason);
      signal?.addEventListener('abort', stop, { once: true });
      this.#waiting.add(begin);
    });
  }

  /** Hands a place on to whoever waits longest. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#running--;
    else {
      this.#waiting.delete(next);
      next();
    }
  }
}

/** A model whose calls keep to a provider's limits. */
export function limited(model: Model, limiter: Limiter): Model {
  return { ...model, call: (request, signal) => limiter.call(model, request, signal) };
}

function guessOf(request: ModelRequest): number {
  return mostPromptTokens(request) / BYTES_A_TOKEN + (request.parameters.maxTokens ?? USUAL_ANSWER);
}

function usedOf(usage: Usage | null): number | null {
  if (usage === null || usage.promptTokens === null || usage.completionTokens === null) return null;
  return usage.promptTokens + usage.completionTokens;
}
