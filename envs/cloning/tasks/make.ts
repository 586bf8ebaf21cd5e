import type { Rng } from '../../../src/core/rng.js';
import { SENSE, STOPS } from './codons.js';

/** Random bases, each equally likely. */
export function randomDna(rng: Rng, length: number): string {
  return Array.from({ length }, () => 'ACGT'[rng.below(4)]).join('');
}

/** A reading frame from ATG to a stop that makes a protein of so many amino acids. */
export function codingDna(rng: Rng, aminoAcids: number): string {
  return `ATG${Array.from({ length: aminoAcids - 1 }, () => rng.pick(SENSE)).join('')}${rng.pick(STOPS)}`;
}

/** A whole number between two, both included. */
export function between(rng: Rng, low: number, high: number): number {
  return low + rng.below(high - low + 1);
}

/** Some different items of a list, in an order drawn at random. */
export function some<T>(rng: Rng, items: readonly T[], count: number): T[] {
  return rng.shuffled(items).slice(0, count);
}

/** A name for a made-up gene: `tovJ`. NOTE: letters that real names hardly have, so that none is taken for a known one. */
export function geneName(rng: Rng): string {
  return `${rng.pick([...'bdfgklmnprstvz'])}${rng.pick([...'aeiou'])}${rng.pick([...'qvwxz'])}${rng.pick([...'JQUVW'])}`;
}

/**
 * Three wrong numbers, the right one being as likely to be the lowest of the four as any other rank. It must lie at least
 * 3 above `least`, the lowest number that makes sense.
 */
export function wrongNumbers(rng: Rng, right: number, least: number, widest: number): string[] {
  const lower = some(rng, range(Math.max(least, right - widest), right - 1), rng.below(4));
  const upper = some(rng, range(right + 1, right + widest), 3 - lower.length);
  return [...lower, ...upper].map(String);
}

function range(low: number, high: number): number[] {
  return Array.from({ length: Math.max(0, high - low + 1) }, (_, index) => low + index);
}

/**
 * The right pair and three wrong ones, which share its first half, its second half, and neither, so that no half is met
 * more often than the other.
 */
export function crossed(
  write: (first: string, second: string) => string,
  [right1, wrong1]: readonly [string, string],
  [right2, wrong2]: readonly [string, string],
): { right: string; wrong: string[] } {
  const wrong = [write(wrong1, right2), write(right1, wrong2), write(wrong1, wrong2)];
  return { right: write(right1, right2), wrong };
}
