import { UserError } from '../../../src/core/errors.js';
import type { GameTree } from '../../tree/game-tree.js';

/** What a constant sum may be off by, from adding up rewards in another order. */
const ROUNDING = 1e-9;

/**
 * Refuses games other than those of two seats whose returns always add up to the same number.
 * @param method as in "CFR+": who speaks
 * @throws UserError with the reason
 */
export function admitTwoSeatConstantSum(method: string, tree: GameTree): void {
  const why = `${method} is proved for two seats and a constant sum of returns only`;
  if (tree.seats !== 2) throw new UserError(`${why}; ${tree.environment} has ${tree.seats} seats: take cfr`);
  const sums = sumRange(tree.returns);
  if (sums.most - sums.least > ROUNDING) {
    throw new UserError(
      `${why}; those of ${tree.environment} add up to ${sums.least} at one end and to ${sums.most} at another: take cfr`,
    );
  }
}

function sumRange(returns: Float64Array): { least: number; most: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < returns.length; i += 2) {
    const sum = (returns[i] as number) + (returns[i + 1] as number);
    if (sum < least) least = sum;
    if (sum > most) most = sum;
  }
  return { least, most };
}
