import type { Annotation } from '../../../replays/annotations.js';
import { stream } from '../../core/rng.js';
import { type HeadToHead, headToHead } from '../ratings/head-to-head.js';
import type { Ratings } from '../ratings/rate.js';
import { sortGames } from '../ratings/result.js';
import type { RoleRecord } from '../ratings/shares.js';
import { roleRecords } from '../tournament/played.js';
import { type Standing, Standings } from '../tournament/standings.js';
import { type Comparison, comparisonsOf } from './comparisons.js';
import { type Mistake, mistakesIn, type Upset, upsetsIn } from './instructive.js';
import type { Field, Source } from './source.js';

/** Everything a report shows, as plain tables: pages and plots only set it. */
export interface Report {
  readonly field: Field;
  /** Games that are finished; fewer than planned while it is going on. */
  readonly games: number;
  readonly ratings: Ratings;
  readonly standings: readonly Standing[];
  readonly matrix: HeadToHead;
  readonly roles: readonly RoleRecord[];
  readonly comparisons: readonly Comparison[];
  /** Steps of each game, and the number of its contest. */
  readonly lengths: readonly { readonly contest: number; readonly steps: number }[];
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
 * The tables of a report.
 * @param annotations of the records: graded mistakes are among the instructive games
 */
export function reportOf({ field, games }: Source, annotations: readonly Annotation[]): Report {
  const standings = new Standings(field);
  for (const game of games) standings.add(game);
  const ratings = standings.ratings();
  const { rated } = sortGames(games);
  return {
    field,
    games: games.length,
    ratings,
    standings: standings.rows(ratings),
    matrix: headToHead(rated),
    roles: roleRecords(rated, field.contests),
    comparisons: comparisonsOf(rated, ratings, stream(field.seed, 'report')),
    lengths: games.map(({ contest, steps }) => ({ contest, steps })),
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
