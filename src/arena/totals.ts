import type { Ending } from '../core/play.js';

/** What episodes came to, added up. */
export interface Totals {
  readonly episodes: number;
  readonly steps: number;
  /** How the episodes ended. */
  readonly how: { readonly [how: string]: number };
  /** Of the episodes with returns: their number, and for each seat the sum of returns and of their squares. */
  readonly returned: number;
  readonly sums: readonly number[];
  readonly squares: readonly number[];
}

/** The totals of one episode. */
export function totalsOf({ how, returns }: Ending, steps: number): Totals {
  const sums = returns ?? [];
  const returned = returns === null ? 0 : 1;
  return { episodes: 1, steps, how: { [how]: 1 }, returned, sums, squares: sums.map((value) => value * value) };
}

/** Adds totals up. */
export class Sum {
  #episodes = 0;
  #steps = 0;
  #returned = 0;
  readonly #how: { [how: string]: number } = {};
  readonly #sums: number[] = [];
  readonly #squares: number[] = [];

  add({ episodes, steps, how, returned, sums, squares }: Totals): void {
    this.#episodes += episodes;
    this.#steps += steps;
    this.#returned += returned;
    for (const [name, count] of Object.entries(how)) this.#how[name] = (this.#how[name] ?? 0) + count;
    for (const [seat, sum] of sums.entries()) {
      this.#sums[seat] = (this.#sums[seat] ?? 0) + sum;
      this.#squares[seat] = (this.#squares[seat] ?? 0) + (squares[seat] ?? 0);
    }
  }

  get totals(): Totals {
    return {
      episodes: this.#episodes,
      steps: this.#steps,
      how: this.#how,
      returned: this.#returned,
      sums: this.#sums,
      squares: this.#squares,
    };
  }
}
