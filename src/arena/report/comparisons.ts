import type { Rng } from '../../core/rng.js';
import { holm, pairedScores, permutationTest } from '../ratings/paired.js';
import type { Ratings } from '../ratings/rate.js';
import type { GameResult } from '../ratings/result.js';

/** Two agents over the deals that both played. */
export interface Comparison {
  readonly one: string;
  readonly other: string;
  /** Mean of the first's score less the second's over their deals. */
  readonly difference: number;
  readonly deals: number;
  readonly p: number;
  /** The p-value corrected for all comparisons of the table. */
  readonly corrected: number;
}

/** Each agent against the next below it in the table: few enough that correcting them costs little. */
export function comparisonsOf(games: readonly GameResult[], { ratings }: Ratings, rng: Rng): Comparison[] {
  const found = ratings.slice(1).flatMap((lower, index) => {
    const [one, other] = [ratings[index]?.agent as string, lower.agent];
    const pairs = pairedScores(games, one, other);
    if (pairs.length === 0) return [];
    const { difference, p } = permutationTest(pairs, rng);
    return [{ one, other, difference, deals: pairs.length, p }];
  });
  const corrected = holm(found.map(({ p }) => p));
  return found.map((one, index) => ({ ...one, corrected: corrected[index] as number }));
}
