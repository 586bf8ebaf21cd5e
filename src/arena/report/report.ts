import type { Annotation } from '../../../replays/annotations.js';
import { stream } from '../../core/rng.js';
import { type HeadToHead, headToHead } from '../ratings/head-to-head.js';
import type { Ratings } from '../ratings/rate.js';
import { type GameResult, sortGames } from '../ratings/result.js';
import { type RoleRecord, recordsByRole } from '../ratings/shares.js';
import type { TournamentPlan } from '../tournament/plan.js';
import type { Standing, Standings } from '../tournament/standings.js';
import { type Comparison, comparisonsOf } from './comparisons.js';
import { type Mistake, mistakesIn, type Upset, upsetsIn } from './instructive.js';

/** Everything a report of a tournament shows, as plain tables: pages and plots only set it. */
export interface Report {
  readonly plan: TournamentPlan;
  /** Games that are finished; fewer than planned while it is going on. */
  readonly games: number;
  readonly ratings: Ratings;
  readonly standings: readonly Standing[];
  readonly matrix: HeadToHead;
  readonly roles: readonly RoleRecord[];
  readonly comparisons: readonly Comparison[];
  /** Steps of each game. */
  readonly lengths: readonly number[];
  /** What each agent used up in each of its seats of each game. */
  readonly uses: readonly Use[];
  readonly upsets: readonly Upset[];
  readonly mistakes: readonly Mistake[];
}

/** What a seat of one game used up; null where nothing was counted. */
export interface Use {
  readonly agent: string;
  readonly tokens: number | null;
  readonly cost: number | null;
  /** Mean milliseconds of a turn. */
  readonly ms: number | null;
}

/** The most games shown of each kind. */
const MOST = 5;

/**
 * The tables of a tournament's report.
 * @param annotations of its records: graded mistakes are among the instructive games
 */
export function reportOf(plan: TournamentPlan, standings: Standings, annotations: readonly Annotation[]): Report {
  const ratings = standings.ratings();
  const { games } = standings;
  const { rated } = sortGames(games);
  return {
    plan,
    games: games.length,
    ratings,
    standings: standings.rows(ratings),
    matrix: headToHead(rated),
    roles: recordsByRole(plan.contests.some(({ sides }) => sides !== undefined) ? rated : rated.map(withoutRoles)),
    comparisons: comparisonsOf(rated, ratings, stream(plan.seed, 'report')),
    lengths: games.map(({ steps }) => steps),
    uses: games.flatMap(({ seats }) =>
      seats.map(({ agent, conduct }) => ({
        agent,
        tokens: conduct.calls === 0 ? null : conduct.promptTokens + conduct.completionTokens,
        cost: conduct.cost,
        ms: conduct.timed === 0 ? null : conduct.ms / conduct.timed,
      })),
    ),
    upsets: upsetsIn(games, ratings, MOST),
    mistakes: mistakesIn(games, annotations, MOST),
  };
}

/** NOTE: where no roles win together they are cards and the like: luck, and too many for a table. */
function withoutRoles(game: GameResult): GameResult {
  return { ...game, seats: game.seats.map((seat) => ({ ...seat, role: null })) };
}
