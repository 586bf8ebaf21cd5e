import EventEmitter from 'node:events';

/** What can stop an episode from outside its rules: somebody's signal, or the time limit of the whole. */
export class Halt {
  readonly #controller = new AbortController();
  readonly #cancel: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #cancelled = () => this.#stop('cancelled');
  #how: 'time' | 'cancelled' | null = null;

  constructor(cancel: AbortSignal | undefined, totalMs: number | undefined) {
    this.#cancel = cancel;
    // NOTE: a thousand episodes may share one signal, and twenty seats one episode; Node warns from eleven listeners on.
    EventEmitter.setMaxListeners(0, this.signal, ...(cancel === undefined ? [] : [cancel]));
    // NOTE: not `AbortSignal.timeout`, whose timer lets the process end while an agent is still being waited for.
    if (totalMs !== undefined) this.#timer = setTimeout(() => this.#stop('time'), totalMs);
    cancel?.addEventListener('abort', this.#cancelled, { once: true });
    if (cancel?.aborted === true) this.#cancelled();
  }

  /** Which of the two it was; null as long as the episode may go on. */
  get how(): 'time' | 'cancelled' | null {
    return this.#how;
  }

  /** Aborted when the episode is to stop. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Leaves no timer and no listener behind. */
  close(): void {
    clearTimeout(this.#timer);
    this.#cancel?.removeEventListener('abort', this.#cancelled);
  }

  #stop(how: 'time' | 'cancelled'): void {
    this.#how ??= how;
    this.#controller.abort(new DOMException('the episode was stopped', 'AbortError'));
  }
}

/** A pause in which timers and input get their turn: agents that answer at once would never let them. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
