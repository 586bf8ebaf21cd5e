/** SEE: NCBI "The Genetic Codes", table 1, amino acids of the codons in the order TTT, TTC, TTA, TTG, TCT, ... GGG. */
const STANDARD = 'FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG';
const ORDER = 'TCAG';

/** The 64 codons in that order. */
export const CODONS: readonly string[] = Array.from(STANDARD, (_, index) =>
  [index >> 4, (index >> 2) & 3, index & 3].map((at) => ORDER[at]).join(''),
);
export const SENSE = CODONS.filter((_, index) => STANDARD[index] !== '*');
export const STOPS = CODONS.filter((_, index) => STANDARD[index] === '*');

/** The codons that are read as an amino acid. */
export function codonsFor(aminoAcid: string): string[] {
  return CODONS.filter((_, index) => STANDARD[index] === aminoAcid);
}

/** The amino acid of a codon, `*` for a stop. */
export function aminoAcidOf(codon: string): string {
  const [a, b, c] = Array.from(codon, (base) => ORDER.indexOf(base));
  return STANDARD[16 * (a as number) + 4 * (b as number) + (c as number)] as string;
}

/** DNA read in its first frame, to the end; bases left over are not read. */
export function translated(dna: string): string {
  let protein = '';
  for (let at = 0; at + 3 <= dna.length; at += 3) protein += aminoAcidOf(dna.slice(at, at + 3));
  return protein;
}

/** A reading frame from its ATG to its stop. Positions count from 0; `end` is after the stop. */
export interface Frame {
  readonly start: number;
  readonly end: number;
  /** Without the stop. */
  readonly protein: string;
}

/** Every reading frame on the strand as written, one for each ATG that a stop follows in its frame. */
export function framesOf(dna: string): Frame[] {
  const frames: Frame[] = [];
  for (let start = dna.indexOf('ATG'); start >= 0; start = dna.indexOf('ATG', start + 1)) {
    const frame = frameAt(dna, start);
    if (frame !== null) frames.push(frame);
  }
  return frames;
}

/** What is read from a place to the first stop in its frame; null where no stop follows. */
export function frameAt(dna: string, start: number): Frame | null {
  let protein = '';
  for (let at = start; at + 3 <= dna.length; at += 3) {
    const aminoAcid = aminoAcidOf(dna.slice(at, at + 3));
    if (aminoAcid === '*') return { start, end: at + 3, protein };
    protein += aminoAcid;
  }
  return null;
}

/** Of the frames that share a stop, the longest; in the order of their starts. */
export function outermost(frames: readonly Frame[]): Frame[] {
  return frames.filter(({ start, end }) => !frames.some((other) => other.end === end && other.start < start));
}

export const NAMES: { readonly [letter: string]: string } = {
  ...{ A: 'alanine', R: 'arginine', N: 'asparagine', D: 'aspartate', C: 'cysteine', Q: 'glutamine', E: 'glutamate' },
  ...{ G: 'glycine', H: 'histidine', I: 'isoleucine', L: 'leucine', K: 'lysine', M: 'methionine' },
  ...{ F: 'phenylalanine', P: 'proline', S: 'serine', T: 'threonine', W: 'tryptophan', Y: 'tyrosine', V: 'valine' },
};
