import type { Keeper } from './keeper.js';

/**
 * Sends in order, and nothing before it is safe: what a player has seen is never lost. Stays synchronous where the
 * keeper does.
 */
export class Outbox {
  readonly #keeper: Pick<Keeper, 'settled'>;
  readonly #failed: (error: unknown) => void;
  readonly #held: (() => void)[] = [];
  #waiting = false;
  #broken = false;

  /** @param failed told once when something could not be written; nothing is sent from then on */
  constructor(keeper: Pick<Keeper, 'settled'>, failed: (error: unknown) => void) {
    this.#keeper = keeper;
    this.#failed = failed;
  }

  send(message: () => void): void {
    if (this.#broken) return;
    if (!this.#waiting) {
      const settled = this.#keeper.settled();
      if (settled === null) {
        message();
        return;
      }
      this.#wait(settled);
    }
    this.#held.push(message);
  }

  #wait(settled: Promise<void>): void {
    this.#waiting = true;
    settled.then(
      () => this.#go(),
      (error: unknown) => this.#break(error),
    );
  }

  /** NOTE: what came while waiting may stand on lines written since, so it waits for those. */
  #go(): void {
    const again = this.#keeper.settled();
    this.#waiting = again !== null;
    if (again !== null) this.#wait(again);
    else for (const message of this.#held.splice(0)) message();
  }

  #break(error: unknown): void {
    this.#broken = true;
    this.#held.length = 0;
    this.#failed(error);
  }
}
