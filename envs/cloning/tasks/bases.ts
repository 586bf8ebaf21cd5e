/**
 * Strings of bases, in the plainest way there is. The tasks and their oracle stand on this and on nothing that the tools
 * use, so that each checks the other.
 */

/** The bases each letter stands for. SEE: IUPAC-IUB, "Nomenclature for incompletely specified bases", 1985, table 1. */
const BASES: { readonly [letter: string]: string } = {
  ...{ A: 'A', C: 'C', G: 'G', T: 'T', U: 'T', R: 'AG', Y: 'CT', S: 'CG', W: 'AT', K: 'GT', M: 'AC' },
  ...{ B: 'CGT', D: 'AGT', H: 'ACT', V: 'ACG', N: 'ACGT' },
};

const PARTNERS = 'ACGTRYSWKMBDHVN';
const OPPOSITE = 'TGCAYRSWMKVHDBN';

/** The other strand, read from its own 5' end. */
export function otherStrand(dna: string): string {
  let other = '';
  for (let at = dna.length - 1; at >= 0; at--) other += OPPOSITE[PARTNERS.indexOf(dna[at] as string)] ?? dna[at];
  return other;
}

const PATTERNS = new Map<string, RegExp>();

/** A pattern for a motif with letters that stand for several bases; its hits may overlap. */
function patternOf(motif: string): RegExp {
  let pattern = PATTERNS.get(motif);
  if (pattern === undefined) {
    const letters = [...motif].map((letter) => `[${BASES[letter] ?? letter}]`);
    pattern = new RegExp(`(?=${letters.join('')})`, 'g');
    PATTERNS.set(motif, pattern);
  }
  return pattern;
}

/** Where a motif begins on the strand as written, from 0; on a circle also across its origin. */
export function places(dna: string, motif: string, circular = false): number[] {
  if (motif.length > dna.length) return [];
  const read = circular ? dna + dna.slice(0, motif.length - 1) : dna;
  if (!/^[ACGT]*$/.test(motif)) return Array.from(read.matchAll(patternOf(motif)), ({ index }) => index);
  const found: number[] = [];
  for (let at = read.indexOf(motif); at >= 0; at = read.indexOf(motif, at + 1)) found.push(at);
  return found;
}

/** How often a motif occurs on both strands; one that reads the same on both counts once a place. */
export function occurrences(dna: string, motif: string, circular = false): number {
  const here = places(dna, motif, circular).length;
  const other = otherStrand(motif);
  return other === motif ? here : here + places(dna, other, circular).length;
}

/** Whether two circles are one molecule: some rotation of one is the other, on either strand. */
export function isSameCircle(one: string, other: string): boolean {
  const turned = one + one;
  return one.length === other.length && (turned.includes(other) || turned.includes(otherStrand(other)));
}

/** Percent of G and C, not rounded. */
export function gcOf(dna: string): number {
  let count = 0;
  for (const base of dna) if (base === 'G' || base === 'C') count++;
  return (100 * count) / dna.length;
}
