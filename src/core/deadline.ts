const LATE = Symbol('late');

/** What `race` gives when the time was up first. */
export type Late = typeof LATE;

export function isLate(value: unknown): value is Late {
  return value === LATE;
}

/** The time limit of one wait, inside something that may be stopped as a whole. */
export class Deadline {
  /** For whoever is waited for: aborted when the answer is no longer wanted; null when that cannot happen. */
  readonly signal: AbortSignal | null;
  readonly #stop: AbortSignal | null;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #stopped: (() => void) | null = null;
  #late = false;

  /** @param ms time from now; null for no limit. @param stop stops the whole. */
  constructor(ms: number | null, stop: AbortSignal | null) {
    this.#stop = stop;
    this.signal = stop;
    if (ms === null) return;
    const own = new AbortController();
    const stopped = () => own.abort(stop?.reason);
    this.#stopped = stopped;
    this.signal = own.signal;
    this.#timer = setTimeout(() => {
      this.#late = true;
      own.abort(new DOMException(`no answer within ${ms} ms`, 'TimeoutError'));
    }, ms);
    stop?.addEventListener('abort', stopped, { once: true });
    if (stop?.aborted === true) stopped();
  }

  /** Ends the wait; leaves no timer and no listener behind. */
  clear(): void {
    if (this.#stopped === null) return;
    clearTimeout(this.#timer);
    this.#stop?.removeEventListener('abort', this.#stopped);
  }

  /**
   * The value, or late; rejects with the reason when the whole is stopped, and as the promise itself does. Ends the
   * wait. A value or a rejection that comes later is dropped.
   */
  race<T>(promise: Promise<T>): Promise<T | Late> {
    const { signal } = this;
    if (signal === null) return promise;
    return new Promise<T | Late>((resolve, reject) => {
      const aborted = () => {
        this.clear();
        if (this.#late) resolve(LATE);
        else reject(signal.reason);
      };
      const done = () => {
        this.clear();
        signal.removeEventListener('abort', aborted);
      };
      signal.addEventListener('abort', aborted, { once: true });
      if (signal.aborted) aborted();
      promise.then(
        (value) => {
          done();
          resolve(value);
        },
        (thrown: unknown) => {
          done();
          reject(thrown);
        },
      );
    });
  }
}
