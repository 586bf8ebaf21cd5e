import { UserError } from '../../../src/core/errors.js';
import { type Code, translate } from './codes.js';
import { reverseComplement } from './iupac.js';
import { letters, type Sequence, type Strand } from './sequence.js';

/** An open reading frame, from a start codon to the stop, both included. */
export interface Orf {
  /** Its first base as the top strand counts, from 0; on the bottom strand, the base that ends its stop. */
  readonly start: number;
  /** Not included; past the length where the frame crosses the origin of a circle. */
  readonly end: number;
  readonly strand: Strand;
  /** 1 to 3 on the top strand, 4 to 6 on the bottom strand, each counted from that strand's first base. */
  readonly frame: number;
  /** The coding strand, from start codon to stop. */
  readonly bases: string;
  /** Begins with M, whatever the start codon; without the stop. */
  readonly protein: string;
  /** How many more start codons lie in it. */
  readonly inner: number;
}

/**
 * Every open reading frame of `least` bases or more, the stop included, longest first. Of the frames that share a stop
 * the longest is given. Frames run across the origin of a circle, once around at most.
 * @throws UserError for a code without a stop of its own
 */
export function orfsOf(sequence: Sequence, code: Code, least: number, strands: readonly Strand[] = [1, -1]): Orf[] {
  if (code.stops.size === 0)
    throw new UserError(
      `in codon table ${code.id} every stop codon also codes for an amino acid, so frames have no end`,
    );
  return strands
    .flatMap((strand) => framesOf(sequence, code, strand))
    .filter(({ bases }) => bases.length >= least)
    .sort((a, b) => b.bases.length - a.bases.length || a.start - b.start || b.strand - a.strand);
}

function framesOf(sequence: Sequence, code: Code, strand: Strand): Orf[] {
  const { length } = sequence.sequence;
  const top = sequence.sequence.replaceAll('U', 'T');
  const once = strand === 1 ? top : reverseComplement(top);
  const text = sequence.circular ? letters({ ...sequence, sequence: once }, 0, 2 * length) : once;
  const found = [0, 1, 2].flatMap((offset) => scan(text, offset, code, length));
  return unique(found, length).map(({ from, to, inner }) => {
    const bases = text.slice(from, to);
    const start = strand === 1 ? from : length - to;
    const first = start < 0 ? start + length : start;
    const protein = `M${translate(bases.slice(3, -3), code)}`;
    return {
      start: first,
      end: first + to - from,
      strand,
      frame: (from % 3) + (strand === 1 ? 1 : 4),
      bases,
      protein,
      inner,
    };
  });
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly inner: number;
}

/** Frames that begin within the first turn, in one reading frame. */
function scan(text: string, offset: number, { starts, stops }: Code, turn: number): Span[] {
  const spans: Span[] = [];
  let open: number[] = [];
  for (let at = offset; at + 3 <= text.length; at += 3) {
    const codon = text.slice(at, at + 3);
    if (starts.has(codon)) open.push(at);
    if (!stops.has(codon)) continue;
    const from = open.find((start) => at + 3 - start <= turn);
    if (from !== undefined && from < turn)
      spans.push({ from, to: at + 3, inner: open.filter((start) => start > from).length });
    open = [];
  }
  return spans;
}

/** NOTE: on a circle the same frame may be met in the first and in the second turn; the longest to each stop is kept. */
function unique(spans: readonly Span[], turn: number): Span[] {
  const byStop = new Map<number, Span>();
  for (const span of spans) {
    const stop = span.to % turn;
    const known = byStop.get(stop);
    if (known === undefined || span.to - span.from > known.to - known.from) byStop.set(stop, span);
  }
  return [...byStop.values()];
}
