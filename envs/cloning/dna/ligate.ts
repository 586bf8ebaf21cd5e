import { UserError } from '../../../src/core/errors.js';
import { reverseComplement } from './iupac.js';
import type { Overhang, Sequence } from './sequence.js';
import { canonical, closed, joined, reversed } from './shape.js';

/** Whether the right end of one piece and the left end of the next fit: both blunt, or overhangs that pair. */
export function fits(right: Overhang | null, left: Overhang | null): boolean {
  if (right === null || left === null) return right === left;
  return right.kind === left.kind && right.bases === reverseComplement(left.bases);
}

/** What a search for assemblies may give before it is called off: more products are no plan. */
const MOST = 64;

/**
 * Every circle that uses each piece once, in any order and orientation, joined where ends fit.
 * @param joins how two neighbouring ends may be joined: the number of shared bases, or null where they do not fit
 * @throws UserError when there are more than 64
 */
export function circles(
  pieces: readonly Sequence[],
  joins: (first: Sequence, second: Sequence) => number | null,
): Sequence[] {
  const found = new Map<string, Sequence>();
  const [first, ...rest] = pieces;
  if (first === undefined) return [];
  grow(first, rest, joins, (chain) => {
    const overlap = joins(chain, chain);
    if (overlap === null) return;
    const circle = closed(chain, overlap);
    const name = canonical(circle);
    if (!found.has(name)) found.set(name, circle);
    if (found.size > MOST)
      throw new UserError(`the pieces join in more than ${MOST} ways; give ends that fit one way only`);
  });
  return [...found.values()];
}

/** Every chain from the left end of `chain` through all other pieces. */
export function grow(
  chain: Sequence,
  rest: readonly Sequence[],
  joins: (first: Sequence, second: Sequence) => number | null,
  done: (chain: Sequence) => void,
): void {
  if (rest.length === 0) {
    done(chain);
    return;
  }
  for (const [at, piece] of rest.entries()) {
    for (const turned of [piece, reversed(piece)]) {
      const overlap = joins(chain, turned);
      if (overlap === null) continue;
      grow(
        joined(chain, turned, overlap),
        rest.filter((_, other) => other !== at),
        joins,
        done,
      );
    }
  }
}

/** Joins by sticky ends alone: blunt ends are left, for they would join in every way. */
export function bySticky(first: Sequence, second: Sequence): number | null {
  return first.right !== null && fits(first.right, second.left) ? 0 : null;
}

/** Joins by any ends that fit, blunt ones too. */
export function byEnds(first: Sequence, second: Sequence): number | null {
  return fits(first.right, second.left) ? 0 : null;
}
