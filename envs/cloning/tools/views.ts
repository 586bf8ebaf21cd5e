import { z } from 'zod';
import { UserError } from '../../../src/core/errors.js';
import { translate } from '../dna/codes.js';
import { sitesOf } from '../dna/digest.js';
import { COMMON } from '../dna/enzymes.js';
import { shareOfGc } from '../dna/melting.js';
import { dnaAt, oneAt } from '../store.js';
import { counted } from '../words.js';
import { key, position, sampleKey, tool } from './args.js';

const ROW = 20;
/** Sites that an enzyme may have to be of use: one with more cuts a molecule to pieces. */
const MOST_SITES = 4;
const MOST_LETTERS = 20_000;

const one = z.strictObject({ seq: key('key of a molecule') });

export const viewTranslation = tool({
  description:
    'view_translation(seq, start, stop): the protein that the first reading frame codes for, 20 amino acids a line, each line with the position of its first one. Positions count amino acids from 1, both ends included.',
  args: one.extend({
    start: position('first amino acid').default(1),
    stop: position('last amino acid; the last of all where absent').optional(),
  }),
  sample: (rng) => ({ seq: sampleKey(rng), start: 1 + rng.below(5) }),
  run(job, { seq, start, stop }) {
    const molecule = oneAt(job, seq);
    const protein = molecule.type === 'protein' ? molecule.sequence : translate(molecule.sequence);
    const last = Math.min(stop ?? protein.length, protein.length);
    if (start > last)
      throw new UserError(
        `${seq} codes for ${counted(protein.length, 'amino acid')}; ${start}-${stop ?? last} shows none`,
      );
    const rows: string[] = [];
    for (let at = start; at <= last; at += ROW) {
      const letters = protein.slice(at - 1, Math.min(last, at + ROW - 1));
      rows.push(`${String(at).padStart(6)} ${[...letters].join(' ')}`);
    }
    return { text: rows.join('\n') };
  },
});

export const viewSequenceStats = tool({
  description: 'view_sequence_stats(seq): length, percent G and C, and the longest run of one letter.',
  args: one,
  sample: (rng) => ({ seq: sampleKey(rng) }),
  run(job, { seq }) {
    const { sequence, type } = oneAt(job, seq);
    const run = longestRun(sequence);
    const gc = type === 'protein' ? '' : `, ${(100 * shareOfGc(sequence)).toFixed(2)} % G and C`;
    return { text: `length ${sequence.length}${gc}, longest run of one letter: ${run.length} (${run[0] ?? 'none'})` };
  },
});

function longestRun(text: string): string {
  const runs = text.match(/(.)\1*/g) ?? [''];
  return runs.reduce((best, run) => (run.length > best.length ? run : best));
}

export const viewRestrictionSites = tool({
  description: `view_restriction_sites(seq): the sites of common enzymes that cut a DNA molecule 1 to ${MOST_SITES} times. A site is told by its first base on the strand as written, counted from 1.`,
  args: one,
  sample: (rng) => ({ seq: sampleKey(rng) }),
  run(job, { seq }) {
    const molecule = dnaAt(job, seq);
    const all = COMMON.map((enzyme) => ({ enzyme, sites: sitesOf(molecule, enzyme) }));
    const cutting = all.filter(({ sites }) => sites.length > 0 && sites.length <= MOST_SITES);
    const lines = cutting.map(({ enzyme, sites }) => {
      const places = sites.map(({ at, strand }) => `${at + 1}${strand === 1 ? '' : ' (other strand)'}`).join(', ');
      return `${enzyme.name} ${enzyme.notation}: ${places}`;
    });
    const none = all.filter(({ sites }) => sites.length === 0).map(({ enzyme }) => enzyme.name);
    return { text: [...lines, `no site: ${none.length === 0 ? 'none of them' : none.join(', ')}`].join('\n') };
  },
});

export const viewSequence = tool({
  description: "view_sequence(seq): all letters of a molecule, as written from 5' to 3' or from N to C.",
  args: one,
  sample: (rng) => ({ seq: sampleKey(rng) }),
  run(job, { seq }) {
    const { sequence } = oneAt(job, seq);
    if (sequence.length > MOST_LETTERS)
      throw new UserError(
        `${seq} has ${sequence.length} letters, and ${MOST_LETTERS} are shown at once; take a part with slice_sequence`,
      );
    return { text: sequence };
  },
});
