import type { Rng } from '../../core/rng.js';
import { normalBelow, tQuantile } from './normal.js';

/**
 * Random weights of blocks, exponential and of mean 1: the Bayesian bootstrap. Unlike drawing with replacement it never
 * loses a block, so a graph of results never falls apart in a replicate, and no agent comes to have won or lost all.
 * SEE: D. B. Rubin, "The Bayesian bootstrap", Annals of Statistics 9 (1981).
 */
export function blockWeights(count: number, rng: Rng): Float64Array {
  const weights = Float64Array.from({ length: count }, () => -Math.log1p(-rng.float()));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (weight * count) / sum);
}

/**
 * The tails to cut off replicates for an interval of the given level: wider than (1 - level) / 2 with few blocks, since
 * replicates of n blocks vary too little by n / (n + 1) and their spread is itself an estimate.
 * SEE: T. Hesterberg, "What teachers should know about the bootstrap", American Statistician 69 (2015), section 4.2.
 */
export function tailOf(level: number, blocks: number): number {
  const widened = Math.sqrt((blocks + 1) / blocks) * tQuantile((1 + level) / 2, Math.max(1, blocks - 1));
  return normalBelow(-widened);
}

/** The value below which a share of the sorted values lies, interpolated. */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length + 1) - 1;
  const at = Math.min(Math.max(place, 0), sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (at - below) * (high - low);
}
