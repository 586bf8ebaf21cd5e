import type { Keeper } from './keeper.js';

interface Held {
  send(): void;
  dropped(): void;
}

/**
 * Sends in order, and nothing before it is safe: what a player has seen is never lost. Stays synchronous where the
 * keeper does.
 */
export class Outbox {
  readonly #keeper: Pick<Keeper, 'settled'>;
  readonly #failed: (error: unknown) => void;
  readonly #held: Held[] = [];
  #waiting = false;
  #broken = false;

  /** @param failed told once when something could not be written; nothing is sent from then on */
  constructor(keeper: Pick<Keeper, 'settled'>, failed: (error: unknown) => void) {
    this.#keeper = keeper;
    this.#failed = failed;
  }

  /** @param dropped called instead when what the message stands on can never be safe */
  send(send: () => void, dropped: () => void = () => {}): void {
    if (this.#broken) dropped();
    else if (this.#isFree()) send();
    else this.#held.push({ send, dropped });
  }

  /** Whether nothing is to be waited for; else it is waited for from now on. */
  #isFree(): boolean {
    if (this.#waiting) return false;
    const settled = this.#keeper.settled();
    if (settled !== null) this.#wait(settled);
    return settled === null;
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
    else for (const { send } of this.#held.splice(0)) send();
  }

  #break(error: unknown): void {
    this.#broken = true;
    this.#failed(error);
    for (const { dropped } of this.#held.splice(0)) dropped();
  }
}
