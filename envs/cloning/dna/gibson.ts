import { UserError } from '../../../src/core/errors.js';
import { chains, circles } from './assemble.js';
import type { Sequence } from './sequence.js';
import { doubled, reversed, slice } from './shape.js';

/** The fewest bases that two ends must share to be joined. */
export const SHORTEST_OVERLAP = 10;
/** The most that are looked at: more than any assembly is planned with. */
const LONGEST_OVERLAP = 1000;

/**
 * Everything Gibson assembly makes of linear pieces, using each once: circles where all ends meet, else chains. Two ends
 * join by the longest stretch they share, of 10 to 1,000 bases, whatever way the pieces are written. Single-stranded ends
 * are chewed off before.
 * @throws UserError on a circle, on fewer than one piece, and where the pieces do not join
 * SEE: D. G. Gibson et al., "Enzymatic assembly of DNA molecules up to several hundred kilobases", Nature Methods 6
 * (2009) 343.
 */
export function gibson(pieces: readonly Sequence[]): Sequence[] {
  const round = pieces.findIndex(({ circular }) => circular);
  if (round >= 0)
    throw new UserError(`piece ${round + 1} is circular; Gibson assembly joins ends, so cut or amplify it first`);
  const ready = pieces.map(chewed);
  const closed = circles(ready, overlapOf);
  const made = closed.length > 0 ? closed : chains(ready, overlapOf);
  if (made.length === 0) throw new UserError(apart(ready));
  return made;
}

function chewed(piece: Sequence): Sequence {
  if (piece.left === null && piece.right === null) return piece;
  const { start, end } = doubled(piece);
  return { ...slice(piece, start, end), description: piece.description };
}

/** How many bases, up to 1,000, the end of one piece shares with the start of another; null below 10. A piece may meet itself. */
export function overlapOf(first: Sequence, second: Sequence): number | null {
  const [a, b] = [first.sequence, second.sequence];
  const free = first === second ? Math.floor(a.length / 2) : Math.min(a.length, b.length) - 1;
  const most = Math.min(free, LONGEST_OVERLAP);
  const length = longestBorder(a.slice(-most), b.slice(0, most));
  return most > 0 && length >= SHORTEST_OVERLAP ? length : null;
}

/** The longest end of one text that is the start of another: the last value of the prefix function of both in a row. */
function longestBorder(end: string, start: string): number {
  const text = `${start}|${end}`;
  const border = new Int32Array(text.length);
  for (let at = 1; at < text.length; at++) {
    let length = border[at - 1] as number;
    while (length > 0 && text[at] !== text[length]) length = border[length - 1] as number;
    border[at] = text[at] === text[length] ? length + 1 : 0;
  }
  return border[text.length - 1] ?? 0;
}

function apart(pieces: readonly Sequence[]): string {
  const loose = pieces.flatMap((piece, at) => {
    const others = pieces.filter((_, other) => other !== at || pieces.length === 1);
    const ways = others.flatMap((other) => (other === piece ? [other] : [other, reversed(other)]));
    const right = ways.some((other) => overlapOf(piece, other) !== null);
    const left = ways.some((other) => overlapOf(other, piece) !== null);
    if (left && right) return [];
    return [
      `${left ? '' : 'the left end'}${left || right ? '' : ' and '}${right ? '' : 'the right end'} of piece ${at + 1}`,
    ];
  });
  const where =
    loose.length === 0
      ? 'though each end has a partner, no order uses every piece once'
      : `${loose.join('; ')} overlap no other piece`;
  return `the pieces do not join by overlaps of ${SHORTEST_OVERLAP} bases or more: ${where}`;
}
