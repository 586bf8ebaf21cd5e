import { clipped, flipped, merged, shifted, within } from './features.js';
import { reverseComplement } from './iupac.js';
import { type Feature, letters, molecule, type Sequence, wrapped } from './sequence.js';

/** How far the bottom strand reaches, in positions of the top strand: from `start` to `end`, not included. */
export function bottomOf({ sequence, left, right }: Sequence): { readonly start: number; readonly end: number } {
  return {
    start: left === null ? 0 : left.kind === "5'" ? left.bases.length : -left.bases.length,
    end: sequence.length + (right === null ? 0 : right.kind === "5'" ? right.bases.length : -right.bases.length),
  };
}

/** The stretch in which both strands are there. */
export function doubled(sequence: Sequence): { readonly start: number; readonly end: number } {
  const { start, end } = bottomOf(sequence);
  return { start: Math.max(0, start), end: Math.min(sequence.sequence.length, end) };
}

/** The same molecule written from its other strand. */
export function reversed(sequence: Sequence): Sequence {
  const { left, right, circular } = sequence;
  const { start, end } = bottomOf(sequence);
  const before = left?.kind === "3'" ? reverseComplement(left.bases) : '';
  const after = right?.kind === "5'" ? reverseComplement(right.bases) : '';
  const top = before + sequence.sequence.slice(Math.max(0, start), Math.min(sequence.sequence.length, end)) + after;
  const length = end - start;
  const turned = sequence.features.map((feature) => flipped(feature, end));
  const kept = circular ? turned : turned.flatMap((feature) => clipped(feature, 0, length) ?? []);
  return {
    ...sequence,
    sequence: reverseComplement(top),
    features: merged(kept, circular ? length : null),
    left: right,
    right: left,
  };
}

/** Bases `start` to `end` (not included, counted from 0) as a blunt linear molecule; past the origin on a circle. */
export function slice(sequence: Sequence, start: number, end: number): Sequence {
  const turn = sequence.circular ? sequence.sequence.length : null;
  return molecule(letters(sequence, start, end - start), {
    name: sequence.name,
    type: sequence.type,
    features: merged(within(sequence.features, start, end, turn), null),
  });
}

/** A circle written from another base on. */
export function rotated(sequence: Sequence, start: number): Sequence {
  const length = sequence.sequence.length;
  const from = wrapped(start, length);
  const features = sequence.features.map((feature) => shifted(feature, -from));
  return { ...sequence, sequence: letters(sequence, from, length), features: merged(features, length) };
}

/** Two molecules end to end; `overlap` bases at the end of the first are the same as at the start of the second. */
export function joined(first: Sequence, second: Sequence, overlap = 0): Sequence {
  const at = first.sequence.length - overlap;
  const features: Feature[] = [...first.features, ...second.features.map((feature) => shifted(feature, at))];
  return {
    ...first,
    sequence: first.sequence + second.sequence.slice(overlap),
    features: merged(features, null),
    right: second.right,
  };
}

/** A linear molecule closed to a circle; its last `overlap` bases are its first. */
export function closed(sequence: Sequence, overlap = 0): Sequence {
  const top = sequence.sequence.slice(0, sequence.sequence.length - overlap);
  const features = merged(sequence.features, top.length);
  return { ...sequence, sequence: top, circular: true, features, left: null, right: null };
}

/**
 * A text that two molecules share exactly when they are the same, whatever strand or, for circles, base they are written
 * from. Features and names do not count.
 */
export function canonical(sequence: Sequence): string {
  const { sequence: top, circular, type } = sequence;
  if (type !== 'dna') return `${type}:${circular ? leastRotation(top) : top}`;
  if (circular) {
    return `circle:${first(leastRotation(top), leastRotation(reverseComplement(top)))}`;
  }
  return first(linear(sequence), linear(reversed(sequence)));
}

function first(...texts: readonly [string, string]): string {
  return [...texts].sort()[0] as string;
}

function linear({ sequence, left, right }: Sequence): string {
  return `${left?.kind ?? ''}${left?.bases ?? ''}|${sequence}|${right?.kind ?? ''}${right?.bases ?? ''}`;
}

/**
 * The rotation that comes first in the alphabet, in linear time.
 * SEE: J.-P. Duval, "Factorizing words over an ordered alphabet", J. Algorithms 4 (1983) 363.
 */
export function leastRotation(text: string): string {
  const length = text.length;
  const twice = text + text;
  let [best, other, same] = [0, 1, 0];
  while (best < length && other < length && same < length) {
    const a = twice.charCodeAt(best + same);
    const b = twice.charCodeAt(other + same);
    if (a === b) {
      same++;
      continue;
    }
    if (a > b) best += same + 1;
    else other += same + 1;
    if (best === other) other++;
    same = 0;
  }
  const at = Math.min(best, other);
  return twice.slice(at, at + length);
}
