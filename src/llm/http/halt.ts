import { EventEmitter } from 'node:events';
import type { ModelError } from '../model.js';

/**
 * What ends one call: its time, or whoever made it. NOTE: undici takes an emitter where it takes a signal; an
 * AbortController for each call is what would cost most beside the request itself.
 */
export class Halt extends EventEmitter {
  aborted = false;
  reason: unknown = null;
  readonly #signal: AbortSignal | null;
  readonly #timer: NodeJS.Timeout;
  readonly #stopped = (): void => this.#end(this.#signal?.reason);

  /** @param late what a call is told when its time is over */
  constructor(ms: number, late: () => ModelError, signal: AbortSignal | null) {
    super();
    this.#signal = signal;
    this.#timer = setTimeout(() => this.#end(late()), ms);
    signal?.addEventListener('abort', this.#stopped, { once: true });
  }

  /** Leaves no timer and no listener behind. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#stopped);
  }

  /** Waits, or throws the reason when the call ends before. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const ended = (): void => {
        clearTimeout(timer);
        reject(this.reason);
      };
      const timer = setTimeout(() => {
        this.off('abort', ended);
        resolve();
      }, ms);
      this.once('abort', ended);
    });
  }

  #end(reason: unknown): void {
    this.aborted = true;
    this.reason = reason;
    this.emit('abort');
  }
}
