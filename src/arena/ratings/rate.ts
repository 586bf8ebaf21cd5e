import type { Rng } from '../../core/rng.js';
import { quantile, tailOf } from './bootstrap.js';
import { ELO_POINTS } from './bradley-terry.js';
import { type Design, type DesignOptions, designOf, type Item, keyOf } from './design.js';
import { Fit } from './fit.js';
import { type Anchor, type Frame, framesOf } from './frame.js';
import { type PairTable, pairTable, shareOf, takings } from './pair-table.js';
import { Reach } from './reach.js';
import { type GameResult, type RatedOptions, sortGames } from './result.js';
import { shutoutShift } from './shutout.js';

export interface RateOptions extends RatedOptions, DesignOptions {
  readonly rng: Rng;
  /** Where the scale is pinned; without one the middle of each part is 0. */
  readonly anchor?: Anchor;
  /** What intervals are relative to: the middle of the field (the default), or the anchor. */
  readonly reference?: 'field' | 'anchor';
  /** `reduced` (the default): always finite, first-order bias removed; `likelihood`: plain maximum likelihood. */
  readonly estimate?: 'reduced' | 'likelihood';
  /** What is drawn anew for intervals: blocks (the default), or games, as if no two games shared their luck. */
  readonly resample?: 'blocks' | 'games';
  readonly replicates?: number;
  /** Of the intervals; 0.95 by default. */
  readonly level?: number;
}

/** A value in points with its interval; an end is null where the results set no bound. */
export interface Estimate {
  readonly rating: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Rating extends Estimate, Item {
  /** Ratings compare within a part only. */
  readonly part: number;
  /** Rated games it took part in. */
  readonly games: number;
  /** Share of its pairs won, draws as halves; null when it met nobody but itself. */
  readonly score: number | null;
}

export interface Ratings {
  /** Best first, part by part. */
  readonly ratings: readonly Rating[];
  /** What each label of a side is worth over the mean of those it met, in points; empty unless asked for. */
  readonly advantages: readonly (Estimate & { readonly side: string })[];
  /** Whether the advantage asked for cannot be told from skill, because agents did not change sides. */
  readonly confounded: boolean;
  /** Of the results: 1 when everybody met everybody, directly or through others. */
  readonly parts: number;
  readonly games: number;
  readonly blocks: number;
  /** Games that were not rated, by reason. */
  readonly apart: { readonly [reason: string]: number };
}

/**
 * Bradley-Terry ratings on the Elo scale with bootstrap intervals: 400 points are odds of 10 to 1. The score of a game
 * is explained, draws counting as half a win, so a difference in rating says what share of the points to expect.
 * SEE: R. A. Bradley, M. E. Terry, Biometrika 39 (1952); for sides of several seats T.-K. Huang, C.-J. Lin, R. C. Weng,
 * "Generalized Bradley-Terry models and multi-class probability estimates", JMLR 7 (2006), here with means for sums.
 */
export function rate(games: Iterable<GameResult>, options: RateOptions): Ratings {
  const { rated, apart } = sortGames(games, options);
  const drawn = options.resample === 'games' ? rated.map((game) => ({ ...game, block: null })) : rated;
  const reduced = options.estimate !== 'likelihood';
  const asked = new Fit(designOf(drawn, options), reduced);
  const confounded = !asked.tellsLabels();
  const fit = confounded ? new Fit(designOf(drawn, { ...options, advantage: false }), reduced) : asked;
  const keys = fit.design.items.map(({ agent, group }) => JSON.stringify([agent, group]));
  const table = pairTable(rated, keys, (seat) => keyOf(seat, options));
  const reach = new Reach(keys.length, takings(table));
  const frames = framesOf(fit.design.items, reach, options.anchor, options.reference ?? 'field');
  const replicates = fit.replicates(options.replicates ?? 1000, options.rng);
  const scale: Scale = { fit, table, reach, replicates, tail: tailFor(fit.design, options), options };
  const ratings = fit.design.items.map((item, index) => ratingOf(item, index, frames[index] as Frame, scale));
  return {
    ratings: ratings.sort((a, b) => a.part - b.part || b.rating - a.rating),
    advantages: fit.design.labels
      .map((side, index) => ({ side, ...advantageOf(index, scale) }))
      .filter(({ rating }) => !Number.isNaN(rating)),
    confounded,
    parts: new Set(frames.map(({ part }) => part)).size,
    games: rated.length,
    blocks: fit.design.blocks.length,
    apart,
  };
}

interface Scale {
  readonly fit: Fit;
  readonly table: PairTable;
  readonly reach: Reach;
  readonly replicates: readonly Float64Array[];
  readonly tail: number;
  readonly options: RateOptions;
}

function ratingOf(item: Item, index: number, frame: Frame, scale: Scale): Rating {
  const { fit, table } = scale;
  const { theta } = fit;
  const middle = meanOf(theta, frame.still);
  const anchor = frame.anchor === null ? null : scale.options.anchor;
  const zero = anchor == null ? middle : (theta[frame.anchor as number] as number) - anchor.rating / ELO_POINTS;
  const points = (value: number | null): number | null => (value === null ? null : (value - zero) * ELO_POINTS);
  const [low, high] = endsOf(index, frame, middle, scale);
  return {
    ...item,
    part: frame.part,
    rating: ((theta[index] as number) - zero) * ELO_POINTS,
    low: points(low),
    high: points(high),
    games: table.games[index] as number,
    score: shareOf(table, index),
  };
}

/** The interval of an item in natural units, with the frame held where it is. */
function endsOf(index: number, frame: Frame, middle: number, scale: Scale): [number | null, number | null] {
  const { fit, table, reach, replicates, tail } = scale;
  const { theta } = fit;
  if (replicates.length === 0 || !fit.tells(index, frame.still)) return [null, null];
  const moved = sorted(replicates, (one) => (one[index] as number) - meanOf(one, frame.still) + middle);
  const [low, high] = [quantile(moved, tail), quantile(moved, 1 - tail)];
  const [above, below] = [!reach.has(frame.core, index), !reach.has(index, frame.core)];
  const shut = { table, reach, theta, tail };
  const own = theta[index] as number;
  const nearest = above ? Math.min(low, own - shutoutShift(index, 1, shut)) : low;
  const farthest = below ? Math.max(high, own + shutoutShift(index, -1, shut)) : high;
  return [below ? null : nearest, above ? null : farthest];
}

function advantageOf(label: number, { fit, replicates, tail }: Scale): Estimate {
  const own = fit.design.items.length + label;
  const others = fit.labelsBeside(label);
  const over = (theta: Float64Array): number => ((theta[own] as number) - meanOf(theta, others)) * ELO_POINTS;
  if (replicates.length === 0) return { rating: over(fit.theta), low: null, high: null };
  const moved = sorted(replicates, over);
  return { rating: over(fit.theta), low: quantile(moved, tail), high: quantile(moved, 1 - tail) };
}

function tailFor({ blocks }: Design, { level = 0.95 }: RateOptions): number {
  return blocks.length < 2 ? 0 : tailOf(level, blocks.length);
}

function sorted(replicates: readonly Float64Array[], value: (one: Float64Array) => number): Float64Array {
  return Float64Array.from(replicates, value).sort();
}

function meanOf(theta: Float64Array, indices: readonly number[]): number {
  let sum = 0;
  for (const index of indices) sum += theta[index] as number;
  return sum / indices.length;
}
