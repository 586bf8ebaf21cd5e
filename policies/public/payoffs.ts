import type { Payoff } from './public-tree.js';

/** Payoff matrices, equal ones kept once: a fold for the same stake pays alike wherever it comes. */
export class Payoffs {
  readonly all: Payoff[] = [];
  readonly #known = new Map<string, number>();

  /** The matrix's number, -1 if nothing is paid. */
  add(payoff: Payoff): number {
    if (payoff.weights.every((weight) => weight === 0)) return -1;
    const key = `${payoff.rows} ${payoff.columns} ${payoff.weights.join(' ')}`;
    let number = this.#known.get(key);
    if (number === undefined) {
      number = this.all.push(payoff) - 1;
      this.#known.set(key, number);
    }
    return number;
  }
}
