import { ModelError } from '../model.js';
import { exchange, type Letter, type Posted } from './exchange.js';
import { Halt } from './halt.js';
import { Lines } from './lines.js';
import { PATIENCE, type Patience, waitMs } from './retry.js';

export interface PostOptions {
  /** The whole of a call, retries included, in milliseconds. */
  readonly timeoutMs?: number;
  /** The longest reply that is read, in bytes. */
  readonly maxBytes?: number;
  readonly patience?: Partial<Patience>;
}

const TEN_MINUTES = 600_000;
const SIXTEEN_MEBIBYTES = 16 * 2 ** 20;

/**
 * Posts to model servers over connections that are kept. Whatever goes wrong comes out as a `ModelError`; what may pass
 * is tried again, within one deadline for all tries.
 */
export class Post {
  readonly #lines = new Lines();
  readonly #timeoutMs: number;
  readonly #maxBytes: number;
  readonly #patience: Patience;

  constructor({ timeoutMs = TEN_MINUTES, maxBytes = SIXTEEN_MEBIBYTES, patience }: PostOptions = {}) {
    this.#timeoutMs = timeoutMs;
    this.#maxBytes = maxBytes;
    this.#patience = { ...PATIENCE, ...patience };
  }

  /** @throws ModelError, or the signal's reason when that is aborted */
  async send(letter: Letter, signal: AbortSignal | null): Promise<Posted> {
    signal?.throwIfAborted();
    const halt = new Halt(this.#timeoutMs, () => this.#late(letter), signal);
    try {
      for (let tried = 1; ; tried++) {
        try {
          return await exchange(this.#lines, letter, this.#maxBytes, halt);
        } catch (thrown) {
          await halt.wait(waitMs(thrown, tried, this.#patience, halt.leftMs));
        }
      }
    } finally {
      halt.clear();
    }
  }

  close(): Promise<void> {
    return this.#lines.close();
  }

  #late({ url }: Letter): ModelError {
    return new ModelError('timeout', `${url.origin} gave no complete reply within ${this.#timeoutMs} ms`);
  }
}
