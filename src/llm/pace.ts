/** The part of a minute's amount that may be taken at once. */
const BURST = 0.1;

/**
 * An amount a minute, given out so that no minute, wherever it begins, sees more than that: a bucket that holds a tenth
 * of it and is filled at nine tenths of the rate.
 */
export class Pace {
  readonly #most: number;
  readonly #perMs: number;
  readonly #now: () => number;
  #level: number;
  #at: number;

  constructor(perMinute: number, now: () => number) {
    this.#most = Math.max(1, perMinute * BURST);
    this.#perMs = (perMinute * (1 - BURST)) / 60_000;
    this.#now = now;
    this.#level = this.#most;
    this.#at = now();
  }

  /** Takes an amount, from the future if need be. Gives the milliseconds to wait before it is used. */
  take(amount: number): number {
    this.#fill();
    this.#level -= amount;
    return this.#level >= 0 ? 0 : Math.ceil(-this.#level / this.#perMs);
  }

  /** Returns what was taken too much; a negative amount takes what was too little. */
  giveBack(amount: number): void {
    this.#fill();
    this.#level = Math.min(this.#most, this.#level + amount);
  }

  #fill(): void {
    const now = this.#now();
    this.#level = Math.min(this.#most, this.#level + (now - this.#at) * this.#perMs);
    this.#at = now;
  }
}
