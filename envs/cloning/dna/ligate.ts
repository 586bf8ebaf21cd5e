import { UserError } from '../../../src/core/errors.js';
import { chains, circles } from './assemble.js';
import { reverseComplement } from './iupac.js';
import type { Overhang, Sequence } from './sequence.js';

/** Whether the right end of one piece and the left end of the next fit: both blunt, or overhangs that pair. */
export function fits(right: Overhang | null, left: Overhang | null): boolean {
  if (right === null || left === null) return right === left;
  return right.kind === left.kind && right.bases === reverseComplement(left.bases);
}

/**
 * Everything that DNA ligase makes of linear pieces, using each once: circles where there are any, else lines.
 * @throws UserError on a circle, and where no ends fit
 */
export function ligate(pieces: readonly Sequence[]): Sequence[] {
  const round = pieces.findIndex(({ circular }) => circular);
  if (round >= 0) throw new UserError(`piece ${round + 1} is circular and has no ends; cut it first`);
  const closed = circles(pieces, byEnds);
  const made = closed.length > 0 ? closed : chains(pieces, byEnds);
  if (made.length === 0) throw new UserError(`no ends fit: ${pieces.map(endsOf).join('; ')}`);
  return made;
}

function endsOf({ left, right }: Sequence, at: number): string {
  const said = (end: Overhang | null) => (end === null ? 'blunt' : `${end.kind} ${end.bases}`);
  return `piece ${at + 1} has left ${said(left)}, right ${said(right)}`;
}

/** Joins by sticky ends alone: blunt ends are left, for they would join in every way. */
export function bySticky(first: Sequence, second: Sequence): number | null {
  return first.right === null ? null : byEnds(first, second);
}

/** Joins by any ends that fit, blunt ones too. */
export function byEnds(first: Sequence, second: Sequence): number | null {
  return fits(first.right, second.left) ? 0 : null;
}
