import { Tally } from '../../../replays/stats.js';
import { tQuantile } from '../ratings/normal.js';

/** What the options of one decision were worth in rollouts. */
export interface Comparison {
  /** Mean return of the seat after each option. */
  readonly values: readonly number[];
  /** Half-widths of the intervals of what each option is worth more than the one played; 0 for that one. */
  readonly halves: readonly number[];
  /** What the best option is worth more than the one played; 0 where the interval of that holds 0. */
  readonly cost: number;
  /** Equal shares for the best option and all that cannot be told from it. */
  readonly probabilities: readonly number[];
}

/**
 * Compares options by returns under common random numbers: the rollouts of one position in the lists share a seed, so
 * that what chance gives to all options alike falls out of the differences. The intervals of one decision hold together
 * with 95 % (Bonferroni), because the best of many options looks better than it is.
 * @param returns of each option, as many for all, two at least
 */
export function compare(returns: readonly (readonly number[])[], played: number): Comparison {
  const values = returns.map((own) => own.reduce((sum, one) => sum + one, 0) / own.length);
  const halves = halvesAgainst(returns, played);
  const best = values.indexOf(Math.max(...values));
  const gain = (values[best] as number) - (values[played] as number);
  const fromBest = halvesAgainst(returns, best);
  const good = values.map((value, at) => (values[best] as number) - value <= (fromBest[at] as number));
  const share = 1 / good.filter(Boolean).length;
  return {
    values,
    halves,
    cost: gain > (halves[best] as number) ? gain : 0,
    probabilities: good.map((one) => (one ? share : 0)),
  };
}

/** Half-widths of the intervals of the differences of each option from one of them. */
export function halvesAgainst(returns: readonly (readonly number[])[], base: number): number[] {
  const n = returns[base]?.length ?? 0;
  const width = tQuantile(1 - 0.025 / Math.max(1, returns.length - 1), n - 1);
  return returns.map((own, at) => {
    if (at === base) return 0;
    const differences = new Tally();
    for (const [index, one] of own.entries()) differences.add(one - (returns[base]?.[index] as number));
    return (differences.mean().half / 1.96) * width;
  });
}
