/** Everything written between two flushes, and the moment when it is safe. */
export interface Batch {
  readonly safe: Promise<void>;
  /** Whether it is safe now. */
  readonly isSafe: boolean;
}

class Gathering implements Batch {
  isSafe = false;
  readonly safe: Promise<void>;
  #resolve: () => void = () => {};
  #reject: (reason: unknown) => void = () => {};

  constructor() {
    this.safe = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // NOTE: whoever asks hears of it; nobody may have asked.
    this.safe.catch(() => {});
  }

  async finish(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.isSafe = true;
      this.#resolve();
    } catch (error) {
      this.#reject(error);
    }
  }
}

/** Group commit: while one batch is on its way to the disk or to a database, the next one gathers. */
export class Batches {
  readonly #flush: () => Promise<void>;
  #gathering: Gathering | null = null;
  #running: Promise<void> | null = null;

  /** @param flush makes safe all that was written up to its call; rejects when it could not */
  constructor(flush: () => Promise<void>) {
    this.#flush = flush;
  }

  /** The batch that what is written now belongs to. */
  join(): Batch {
    if (this.#gathering === null) {
      this.#gathering = new Gathering();
      this.#running ??= this.#run();
    }
    return this.#gathering;
  }

  /** Waits until nothing is on its way. Never rejects. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** NOTE: a turn of the event loop first, so that all that happens in one goes in one batch. */
  async #run(): Promise<void> {
    while (this.#gathering !== null) {
      await new Promise((resolve) => setImmediate(resolve));
      const batch = this.#gathering;
      this.#gathering = null;
      await batch.finish(this.#flush);
    }
    this.#running = null;
  }
}
