/** What ends one call: its time, or whoever made it. One thing at a time waits within it. */
export class Halt {
  /** Why the call has ended; null as long as it may go on. */
  ended: { readonly reason: unknown } | null = null;
  /** Told the reason once, when the call ends. */
  onEnd: ((reason: unknown) => void) | null = null;
  readonly #ends: number;
  readonly #signal: AbortSignal | null;
  readonly #timer: NodeJS.Timeout;
  readonly #stopped: (() => void) | null;

  /** @param late makes what a call is told when its time is over */
  constructor(ms: number, late: () => Error, signal: AbortSignal | null) {
    this.#ends = performance.now() + ms;
    this.#signal = signal;
    this.#timer = setTimeout(() => this.#end(late()), ms);
    this.#stopped = signal === null ? null : () => this.#end(signal.reason);
    if (this.#stopped !== null) signal?.addEventListener('abort', this.#stopped, { once: true });
  }

  /** Milliseconds until the time of the call is over. */
  get leftMs(): number {
    return this.#ends - performance.now();
  }

  /** Leaves no timer and no listener behind. */
  clear(): void {
    clearTimeout(this.#timer);
    if (this.#stopped !== null) this.#signal?.removeEventListener('abort', this.#stopped);
  }

  /** Waits, or throws the reason when the call ends before. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.ended !== null) {
        reject(this.ended.reason);
        return;
      }
      const timer = setTimeout(resolve, ms);
      this.onEnd = (reason) => {
        clearTimeout(timer);
        reject(reason);
      };
    });
  }

  #end(reason: unknown): void {
    if (this.ended !== null) return;
    this.ended = { reason };
    this.onEnd?.(reason);
  }
}
