import { stream } from '../../core/rng.js';
import { elo } from '../ratings/elo.js';
import { type HeadToHead, headToHead } from '../ratings/head-to-head.js';
import { holm, type PermutationTest, pairedScores, permutationTest } from '../ratings/paired.js';
import { type RateOptions, type Ratings, rate } from '../ratings/rate.js';
import { sortGames } from '../ratings/result.js';
import type { RoleRecord } from '../ratings/shares.js';
import type { TournamentPlan } from './plan.js';
import { type PlayedGame, roleRecords } from './played.js';

/** What two agents' scores differ by in the same deals, and how surely. */
export interface PairedDifference extends PermutationTest {
  readonly one: string;
  readonly other: string;
  /** The p-value corrected for all the pairs that were looked at. */
  readonly corrected: number;
}

/** Everything that the games of a tournament say of how good its agents are. */
export interface RatingReport {
  readonly ratings: Ratings;
  /** By agent; the games count in the order of the schedule. */
  readonly elo: { readonly [agent: string]: number };
  readonly roles: readonly RoleRecord[];
  readonly matrix: HeadToHead;
  readonly differences: readonly PairedDifference[];
}

export type ReportOptions = Omit<RateOptions, 'rng' | 'advantage'>;

/**
 * @param games in the order of the schedule
 * @param plan what they are of; its seed is that of all resampling, so that a report is the same each time
 */
export function ratingReport(
  games: readonly PlayedGame[],
  { contests, seed }: Pick<TournamentPlan, 'contests' | 'seed'>,
  options: ReportOptions = {},
): RatingReport {
  const { rated } = sortGames(games, options);
  const ratings = rate(games, { ...options, advantage: true, rng: stream(seed, 'ratings') });
  const matrix = headToHead(rated, options.level);
  const rng = stream(seed, 'differences');
  const pairs = matrix.agents.flatMap((one, at) => matrix.agents.slice(at + 1).map((other) => [one, other] as const));
  const tests = pairs
    .map(([one, other]) => ({ one, other, ...permutationTest(pairedScores(rated, one, other), rng) }))
    .filter((test) => test.pairs > 0);
  const corrected = holm(tests.map(({ p }) => p));
  return {
    ratings,
    elo: Object.fromEntries(elo(rated)),
    roles: roleRecords(rated, contests, options.level),
    matrix,
    differences: tests.map((test, at) => ({ ...test, corrected: corrected[at] as number })),
  };
}
