import type { Rng } from '../../core/rng.js';
import { binomial } from './normal.js';
import type { GameResult } from './result.js';
import { scoresOf } from './shares.js';

/** What two agents scored in the same block, each as a mean between 0 and 1. */
export interface PairedScore {
  readonly one: number;
  readonly other: number;
}

/**
 * Scores of two agents block by block, for blocks in which both were rated: what paired tests take. Games without a block
 * pair only what happened within them.
 */
export function pairedScores(games: readonly GameResult[], one: string, other: string): PairedScore[] {
  const blocks = new Map<string, { readonly one: number[]; readonly other: number[] }>();
  for (const [index, game] of games.entries()) {
    const key = game.block === null ? `game ${index}` : `block ${game.block}`;
    const block = blocks.get(key) ?? { one: [], other: [] };
    blocks.set(key, block);
    for (const [seats, score] of scoresOf(game)) {
      for (const { agent } of seats) {
        if (agent === one) block.one.push(score);
        if (agent === other) block.other.push(score);
      }
    }
  }
  return [...blocks.values()]
    .filter((block) => block.one.length > 0 && block.other.length > 0)
    .map((block) => ({ one: meanOf(block.one), other: meanOf(block.other) }));
}

/** How often one did better than the other in a pair, and the p-value that both are as good. */
export interface SignTest {
  readonly better: number;
  readonly worse: number;
  readonly same: number;
  readonly p: number;
}

/**
 * The exact sign test, two-sided; for pairs of wins and losses it is McNemar's exact test. Pairs without a difference
 * say nothing and are left out.
 * SEE: Q. McNemar, Psychometrika 12 (1947); A. Agresti, "Categorical Data Analysis", 2nd ed. 2002, section 10.1.
 */
export function signTest(pairs: readonly PairedScore[]): SignTest {
  const better = pairs.filter(({ one, other }) => differs(one - other) > 0).length;
  const worse = pairs.filter(({ one, other }) => differs(one - other) < 0).length;
  return { better, worse, same: pairs.length - better - worse, p: signP(better, worse) };
}

/** The two-sided p-value of so many for and so many against, each way as likely. */
export function signP(better: number, worse: number): number {
  const n = better + worse;
  let tail = 0;
  for (let k = 0; k <= Math.min(better, worse); k++) tail += binomial(k, n);
  return Math.min(1, 2 * tail);
}

/** A mean difference of pairs and the p-value that who is who makes none. */
export interface PermutationTest {
  readonly difference: number;
  readonly pairs: number;
  readonly p: number;
  /** Whether every exchange was counted, or a sample of them. */
  readonly exact: boolean;
}

/** Up to 2^16 exchanges are all counted. */
const ALL = 16;
/** Sums this much closer to the observed one are as extreme: adding up in another order moves the last digits. */
const AS_EXTREME = 1e-9;

/**
 * The permutation test over blocks, two-sided: how often would exchanging the two agents within blocks give a mean
 * difference as large? A sample counts itself once, so its p-value is never 0.
 * SEE: E. J. G. Pitman, JRSS Supplement 4 (1937); B. Phipson, G. K. Smyth, SAGMB 9 (2010) for the sample.
 */
export function permutationTest(pairs: readonly PairedScore[], rng: Rng, samples = 10_000): PermutationTest {
  const gaps = pairs.map(({ one, other }) => one - other).filter((gap) => differs(gap) !== 0);
  const sum = gaps.reduce((total, gap) => total + gap, 0);
  const exact = gaps.length <= ALL;
  const p = exact ? shareOfAll(gaps, Math.abs(sum)) : shareOfSample(gaps, Math.abs(sum), rng, samples);
  return { difference: pairs.length === 0 ? 0 : sum / pairs.length, pairs: pairs.length, p, exact };
}

function shareOfAll(gaps: readonly number[], least: number): number {
  let extreme = 0;
  const count = 2 ** gaps.length;
  for (let mask = 0; mask < count; mask++) {
    let sum = 0;
    for (let at = 0; at < gaps.length; at++) sum += (mask >> at) & 1 ? (gaps[at] as number) : -(gaps[at] as number);
    if (Math.abs(sum) >= least - AS_EXTREME) extreme++;
  }
  return extreme / count;
}

function shareOfSample(gaps: readonly number[], least: number, rng: Rng, samples: number): number {
  let extreme = 1;
  for (let sample = 0; sample < samples; sample++) {
    let sum = 0;
    for (const gap of gaps) sum += rng.next() < 0x80000000 ? gap : -gap;
    if (Math.abs(sum) >= least - AS_EXTREME) extreme++;
  }
  return extreme / (samples + 1);
}

/**
 * P-values corrected for being several, in their order, by Holm's method: a corrected value below 0.05 is a finding even
 * if all were looked at. SEE: S. Holm, Scandinavian Journal of Statistics 6 (1979).
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] as number) - (values[b] as number));
  const corrected = new Array<number>(values.length).fill(1);
  let largest = 0;
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (values.length - rank) * (values[index] as number)));
    corrected[index] = largest;
  }
  return corrected;
}

function differs(gap: number): number {
  return Math.abs(gap) < AS_EXTREME ? 0 : gap;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
