import { z } from 'zod';
import { UserError } from '../../../src/core/errors.js';
import { CODES, code } from '../dna/codes.js';
import { shareOfGc } from '../dna/melting.js';
import { backTranslated, mended } from '../dna/optimise.js';
import { type Orf, orfsOf } from '../dna/orfs.js';
import { molecule, type Sequence, type Strand } from '../dna/sequence.js';
import { oneAt, stored } from '../store.js';
import { brief, counted, placeOf } from '../words.js';
import { key, sampleKey, tool } from './args.js';

/** How many frames a search stores; the others are told of. */
const MOST_ORFS = 20;

const codonTable = (says: string) =>
  z
    .number()
    .int()
    .min(0)
    .max(33)
    .describe(`${says}; one of ${[...CODES.keys()].join(', ')}`);

export const findOrfs = tool({
  description:
    'find_orfs(sequence, min_length, codon_table, strand): open reading frames from a start codon to a stop, both included, longest first; of frames that share a stop, the longest. Positions count from 1 on the strand as written; frames 1-3 are on it, 4-6 on the other. Across the origin of a circle, too. Stores each as its coding strand.',
  args: z.strictObject({
    sequence: key('key of DNA or RNA'),
    min_length: z.number().int().min(6).max(100_000).default(30).describe('fewest bases, stop codon included'),
    codon_table: codonTable("NCBI's number; 0 is the standard code with ATG as the only start").default(0),
    strand: z
      .union([z.literal(0), z.literal(1), z.literal(-1)])
      .default(1)
      .describe('1: as written, -1: the other, 0: both'),
  }),
  sample: (rng) => ({ sequence: sampleKey(rng), min_length: 12, strand: rng.pick([0, 1, -1]) }),
  run(job, { sequence, min_length, codon_table, strand }) {
    const molecule = oneAt(job, sequence);
    if (molecule.type === 'protein') throw new UserError(`${sequence} is a protein; reading frames are on DNA or RNA`);
    const strands: readonly Strand[] = strand === 0 ? [1, -1] : [strand];
    const found = orfsOf(molecule, code(codon_table), min_length, strands);
    if (found.length === 0) return { text: `no open reading frame of ${min_length} bases or more` };
    const kept = found.slice(0, MOST_ORFS);
    const { world, keys } = stored(
      job,
      kept.map((orf) => coding(orf, molecule)),
      () => 'orf',
    );
    const lines = kept.map((orf, at) => line(keys[at] as string, orf, molecule.sequence.length));
    const rest = found.length > kept.length ? [`and ${found.length - kept.length} shorter ones, not stored`] : [];
    return { world, text: [`${counted(found.length, 'open reading frame')}:`, ...lines, ...rest].join('\n') };
  },
});

function coding({ bases, start, end }: Orf, { name, type, sequence }: Sequence): Sequence {
  const place = placeOf(start, end, sequence.length);
  const letters = type === 'rna' ? bases.replaceAll('T', 'U') : bases;
  return molecule(letters, { name: `${name === '' ? 'ORF' : `${name} ORF`} ${place}`, type });
}

function line(at: string, { start, end, strand, frame, bases, protein, inner }: Orf, length: number): string {
  const side = strand === 1 ? '' : ', other strand';
  const more = inner === 0 ? '' : `, ${counted(inner, 'further start codon')} inside`;
  return `${at}: ${placeOf(start, end, length)}, frame ${frame}${side}, ${bases.length} bases, ${counted(protein.length, 'amino acid')}${more}: ${brief(protein)}`;
}

export const optimizeTranslation = tool({
  description:
    'optimize_translation(sequence, cg_content, codon_table, min_repeat_length): DNA for a protein in the codons Escherichia coli uses, or a reading frame mended with as few changes as it takes. A stop is added only where the protein ends in *.',
  args: z.strictObject({
    sequence: key('key of a protein, or of a reading frame of DNA or RNA'),
    cg_content: z.number().min(10).max(90).default(62).describe('most G and C, in percent'),
    codon_table: codonTable("NCBI's number").default(11),
    min_repeat_length: z
      .number()
      .int()
      .min(12)
      .max(100)
      .default(15)
      .describe('no stretch of this many bases occurs twice'),
  }),
  sample: (rng) => ({ sequence: sampleKey(rng).slice(0, 60), cg_content: 50 + rng.below(20) }),
  run(job, { sequence, cg_content, codon_table, min_repeat_length }) {
    const given = oneAt(job, sequence);
    const wishes = { gc: cg_content, repeat: min_repeat_length };
    const table = code(codon_table);
    const letters = given.sequence.replaceAll('U', 'T');
    const dna = given.type === 'protein' ? backTranslated(letters, table, wishes) : mended(letters, table, wishes);
    const made = molecule(dna, { name: given.name === '' ? '' : `${given.name} optimised` });
    const { world, text } = stored(job, [made], () => 'coding');
    return { world, text: `${(100 * shareOfGc(dna)).toFixed(1)} % G and C\n${text}` };
  },
});
