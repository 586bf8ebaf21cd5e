import type { Rng } from '../../../src/core/rng.js';
import { otherStrand, places } from './bases.js';
import { SENSE } from './codons.js';
import { between, codingDna, randomDna } from './make.js';
import type { TaskFeature } from './task.js';

/** A piece of a molecule that is put together. `free`: what may be drawn anew to lose a site that must not be there. */
export interface Piece {
  readonly dna: string;
  readonly free: 'bases' | 'codons' | 'nothing';
  readonly strand?: 1 | -1;
  /** What it is annotated as; a piece without a name is not annotated. */
  readonly name?: string;
  readonly type?: string;
}

/**
 * Published elements. SEE: F. W. Studier et al., Methods Enzymol. 185 (1990) 60 (T7 promoter and terminator); Registry of
 * Standard Biological Parts, BBa_B0034 (ribosome binding site).
 */
export const ELEMENTS = {
  t7Promoter: 'TAATACGACTCACTATAG',
  ribosomeSite: 'AAAGAGGAGAAA',
  t7Terminator: 'CTAGCATAACCCCTTGGGGCCTCTAAACGGGTCTTGAGGGGTTTTTTG',
};

export function spacer(rng: Rng, low: number, high: number): Piece {
  return { dna: randomDna(rng, between(rng, low, high)), free: 'bases' };
}

/** What every plasmid here has beside what it is for: a made-up resistance gene and a made-up origin. */
export function housekeeping(rng: Rng): Piece[] {
  const strand = rng.pick([1, -1] as const);
  return [
    spacer(rng, 30, 60),
    { dna: codingDna(rng, between(rng, 80, 120)), free: 'codons', strand, name: 'resistance', type: 'CDS' },
    spacer(rng, 30, 60),
    { dna: randomDna(rng, between(rng, 150, 250)), free: 'bases', name: 'ori', type: 'rep_origin' },
    spacer(rng, 30, 60),
  ];
}

export interface Built {
  readonly sequence: string;
  readonly features: TaskFeature[];
  /** The pieces as they are in it, in the order they were given. */
  readonly pieces: readonly Piece[];
}

/**
 * Puts pieces together and draws free bases and codons anew until no motif of `unwanted` is left on either strand, but
 * those that lie wholly in pieces of which nothing is free. Undefined where that fails.
 */
export function assembled(
  rng: Rng,
  given: readonly Piece[],
  circular: boolean,
  unwanted: readonly string[],
): Built | undefined {
  const pieces = given.map((piece) => ({ ...piece }));
  const motifs = [...new Set(unwanted.flatMap((motif) => [motif, otherStrand(motif)]))];
  for (let round = 0; round < 400; round++) {
    const sequence = pieces.map(asWritten).join('');
    const starts = startsOf(pieces);
    const touched = motifs.flatMap((motif) =>
      places(sequence, motif, circular).map((at) => redraw(rng, pieces, starts, sequence.length, at, motif.length)),
    );
    if (!touched.includes(true)) return { sequence, features: featuresOf(pieces, starts), pieces };
  }
  return undefined;
}

/** The piece as it stands on the written strand. */
export function asWritten({ dna, strand = 1 }: Piece): string {
  return strand === 1 ? dna : otherStrand(dna);
}

function startsOf(pieces: readonly Piece[]): number[] {
  let end = 0;
  return pieces.map(({ dna }) => {
    end += dna.length;
    return end - dna.length;
  });
}

type Open<T> = { -readonly [K in keyof T]: T[K] };

/** Draws something free under a hit anew; false where nothing there is free. */
function redraw(
  rng: Rng,
  pieces: Open<Piece>[],
  starts: readonly number[],
  length: number,
  at: number,
  span: number,
): boolean {
  const under = Array.from({ length: span }, (_, offset) => (at + offset) % length);
  for (const place of rng.shuffled(under)) {
    const index = starts.findLastIndex((start) => start <= place);
    const piece = pieces[index] as Open<Piece>;
    const within = place - (starts[index] as number);
    if (piece.free === 'bases') {
      piece.dna = `${piece.dna.slice(0, within)}${'ACGT'[rng.below(4)]}${piece.dna.slice(within + 1)}`;
      return true;
    }
    const codon = Math.floor((piece.strand === -1 ? piece.dna.length - 1 - within : within) / 3);
    if (piece.free === 'codons' && codon > 0 && codon < piece.dna.length / 3 - 1) {
      piece.dna = `${piece.dna.slice(0, 3 * codon)}${rng.pick(SENSE)}${piece.dna.slice(3 * codon + 3)}`;
      return true;
    }
  }
  return false;
}

function featuresOf(pieces: readonly Piece[], starts: readonly number[]): TaskFeature[] {
  return pieces.flatMap(({ dna, strand = 1, name, type = 'misc_feature' }, index) => {
    const start = (starts[index] as number) + 1;
    return name === undefined ? [] : [{ start, end: start + dna.length - 1, strand, type, name }];
  });
}
