import { gcOf } from '../bases.js';
import { frameAt, framesOf, NAMES, outermost } from '../codons.js';
import { between, codingDna, crossed, randomDna, some, wrongNumbers } from '../make.js';
import type { Make } from './kind.js';

const AMINO_ACIDS = Object.keys(NAMES);

/** How a reading frame is told in questions, so that there is one way to count them. */
const STRAND = 'on the strand as written';

const gcpercent: Make = (rng, shelf) => {
  const bias = rng.below(6);
  const bases = `ACGT${'AT'.repeat(bias)}${rng.below(2) === 0 ? '' : 'GC'.repeat(2 * bias)}`;
  const dna = Array.from({ length: between(rng, 200, 1000) }, () => bases[rng.below(bases.length)]).join('');
  const percent = gcOf(dna);
  // NOTE: a half would be rounded in two ways.
  if (Math.abs((percent % 1) - 0.5) < 0.01) return undefined;
  const right = Math.round(percent);
  const question = `What is the percent GC of the DNA sequence ${shelf.add(dna)}? Round to the nearest whole number.`;
  return { question, right: String(right), wrong: wrongNumbers(rng, right, 1, 12) };
};

/** A sequence with one reading frame that is longer than all others on its strand. */
function withLongest(rng: Parameters<Make>[0]): { dna: string; protein: string } | undefined {
  const coding = codingDna(rng, between(rng, 40, 110));
  const dna = randomDna(rng, between(rng, 100, 400)) + coding + randomDna(rng, between(rng, 100, 400));
  const frames = outermost(framesOf(dna)).sort((one, other) => other.protein.length - one.protein.length);
  const [first, second] = frames;
  if (first === undefined || first.protein.length === second?.protein.length) return undefined;
  return { dna, protein: first.protein };
}

const aaid: Make = (rng, shelf) => {
  const made = withLongest(rng);
  if (made === undefined) return undefined;
  const { dna, protein } = made;
  const position = between(rng, 2, protein.length);
  const right = protein[position - 1] as string;
  const near = [...new Set([...protein.slice(Math.max(1, position - 4), position + 3)])].filter((one) => one !== right);
  const others = AMINO_ACIDS.filter((one) => one !== right && !near.includes(one));
  const wrong = [...some(rng, near, 2), ...some(rng, others, 3)].slice(0, 3);
  const question = `Which amino acid is at position ${position} of the protein that the longest open reading frame of ${shelf.add(dna)} encodes? Frames run from ATG to a stop, ${STRAND}.`;
  return { question, right: NAMES[right] as string, wrong: wrong.map((one) => NAMES[one] as string) };
};

const aaseq: Make = (rng, shelf) => {
  const made = withLongest(rng);
  if (made === undefined) return undefined;
  const { dna, protein } = made;
  const [early, late] = [between(rng, 2, 19), between(rng, 21, protein.length - 1)];
  const other = (at: number) => rng.pick(AMINO_ACIDS.filter((one) => one !== protein[at]));
  const write = (one: string, two: string) =>
    protein.slice(0, early) + one + protein.slice(early + 1, late) + two + protein.slice(late + 1);
  const halves = [early, late].map((at) => [protein[at] as string, other(at)] as const);
  const question = `What is the amino acid sequence of the longest open reading frame of ${shelf.add(dna)}? Frames run from ATG to a stop, ${STRAND}.`;
  return { question, ...crossed(write, halves[0] as [string, string], halves[1] as [string, string]) };
};

const numlen: Make = (rng, shelf) => {
  const dna = randomDna(rng, between(rng, 500, 1000));
  const least = between(rng, 10, 26);
  const count = outermost(framesOf(dna)).filter(({ protein }) => protein.length > least).length;
  if (count < 3) return undefined;
  const question = `How many open reading frames of ${shelf.add(dna)} encode proteins of more than ${least} amino acids? Frames run from ATG to a stop, ${STRAND}; of those that share a stop, count the longest only.`;
  return { question, right: String(count), wrong: wrongNumbers(rng, count, 0, 4) };
};

/** What stands around a start codon, and whether another one lies upstream. */
interface Start {
  readonly before: string;
  readonly after: string;
  readonly upstream: boolean;
}

/**
 * The best start and worse ones. SEE: M. Kozak, "Point mutations define a sequence flanking the AUG initiator codon that
 * modulates translation by eukaryotic ribosomes", Cell 44 (1986) 283: a purine at -3 counts most, then G at +4; an AUG
 * upstream takes ribosomes away.
 */
const BEST: Start = { before: 'GCCACC', after: 'G', upstream: false };
const WORSE: readonly Start[] = [
  { before: 'GCCTCC', after: 'C', upstream: false },
  { before: 'GCCCTT', after: 'A', upstream: false },
  { before: 'GCCTCC', after: 'G', upstream: false },
  { before: 'GCCACC', after: 'T', upstream: false },
  { before: 'GCCACC', after: 'G', upstream: true },
  { before: 'GCCTCC', after: 'T', upstream: true },
];

function messenger(rng: Parameters<Make>[0], { before, after, upstream }: Start, aminoAcids: number): string {
  const leader = between(rng, 12, 20);
  const first = randomDna(rng, leader).replaceAll('ATG', 'ACG');
  const second = randomDna(rng, 40 - leader).replaceAll('ATG', 'ACG');
  const coding = codingDna(rng, aminoAcids);
  const read = `ATG${after}${coding.slice(4)}`;
  return `${first}${upstream ? 'ATGC' : 'ACGC'}${second}${before}${read}${randomDna(rng, 40)}`;
}

/** Whether the frame meant is longer than all others, and no ATG lies upstream but the one put there. */
function isPlain(dna: string, { upstream }: Start, aminoAcids: number): boolean {
  const others = outermost(framesOf(dna)).filter(({ start }) => start !== 50);
  const isLongest = frameAt(dna, 50)?.protein.length === aminoAcids;
  if (!isLongest || others.some(({ protein }) => protein.length >= aminoAcids)) return false;
  return dna.slice(0, 52).split('ATG').length - 1 === (upstream ? 1 : 0);
}

const transeff: Make = (rng, shelf) => {
  const aminoAcids = between(rng, 30, 50);
  const starts = [BEST, ...some(rng, WORSE, 3)];
  const dna = starts.map((start) => messenger(rng, start, aminoAcids));
  if (!dna.every((one, index) => isPlain(one, starts[index] as Start, aminoAcids))) return undefined;
  const [right, ...wrong] = dna.map((one) => shelf.add(one.replaceAll('T', 'U'), { type: 'rna' }));
  const question =
    'Which of these RNA sequences contains an open reading frame that is most likely to be translated with high efficiency in a human cell?';
  return { question, right: right as string, wrong };
};

export const properties = {
  'Prop-seq-gcpercent': gcpercent,
  'ORF-seq-AAid': aaid,
  'ORF-seq-AAseq': aaseq,
  'ORF-seq-numlen': numlen,
  'ORF-transeff': transeff,
};
