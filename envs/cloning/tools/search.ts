import { z } from 'zod';
import { isObject, type Json } from '../../../src/core/json.js';
import type { Work } from '../../../src/core/task/contract.js';
import type { Sequence } from '../dna/sequence.js';
import { annotated, type Wanted } from '../library/annotate.js';
import { genesFor, MOST_HITS, plasmidsFor } from '../library/search.js';
import { library } from '../library/shelf.js';
import { dnaAt, stored } from '../store.js';
import { counted, featuresIn } from '../words.js';
import type { CloningJob, World } from '../world.js';
import { key, sampleKey, tool } from './args.js';

const QUERY = 'words, all of which must be met; OR between alternatives, -word for what must not be there';

const query = z.strictObject({ query: z.string().min(1).max(200).describe(`${QUERY}: "T7 promoter -kanamycin"`) });

/** What a search gives: hits of the user's own files first. */
function hits(job: CloningJob, found: readonly Sequence[], prefix: string, trouble: string): Work<World> {
  const shown = found.slice(0, MOST_HITS);
  if (shown.length === 0) return { text: `Nothing is found. Use fewer or other words.${trouble}` };
  const { world, text } = stored(job, shown, () => prefix);
  const more = found.length > shown.length ? `, the first ${shown.length} of them stored` : '';
  return { world, text: `${counted(found.length, 'hit')}${more}:\n${text}${trouble}` };
}

/** The sequences of an answer from outside, and a note where some files could not be read. */
function fromOutside(answer: Json): { readonly own: readonly Sequence[]; readonly trouble: string } {
  if (!isObject(answer)) return { own: [], trouble: '' };
  if (typeof answer.error === 'string')
    return { own: [], trouble: `\nYour own files were not searched: ${answer.error}` };
  const bad = (answer.bad ?? []) as readonly string[];
  const trouble = bad.length === 0 ? '' : `\nNot read: ${bad.join('; ')}`;
  return { own: (answer.sequences ?? []) as unknown as readonly Sequence[], trouble };
}

export const plasmidSearch = tool({
  description: `plasmid_search(query): searches plasmids by name, description and features, and stores up to ${MOST_HITS} of them.`,
  args: query,
  concurrent: true,
  sample: (rng) => ({ query: rng.pick(['pUC19', 'T7 promoter', 'kanamycin', 'EGFP OR DsRed', 'ampicillin -T7']) }),
  run(job, { query }) {
    if (job.config.ownLibrary) return { ask: { search: 'plasmids', query } };
    return hits(job, plasmidsFor(query, library().plasmids), 'plasmid', '');
  },
  answered(job, { query }, answer) {
    const { own, trouble } = fromOutside(answer);
    return hits(job, [...own, ...plasmidsFor(query, library().plasmids)], 'plasmid', trouble);
  },
});

export const geneSearch = tool({
  description: `gene_search(query): searches genes by name and description, and stores up to ${MOST_HITS} of them, each as its coding strand from start codon to stop.`,
  args: query,
  concurrent: true,
  sample: (rng) => ({ query: rng.pick(['green fluorescent protein', 'resistance', 'lacZ', 'bla', 'cat OR kan']) }),
  run(job, { query }) {
    if (job.config.ownLibrary) return { ask: { search: 'genes', query } };
    return hits(job, genesFor(query, library().genes, library().plasmids), 'gene', '');
  },
  answered(job, { query }, answer) {
    const { own, trouble } = fromOutside(answer);
    return hits(job, [...own, ...genesFor(query, library().genes, library().plasmids)], 'gene', trouble);
  },
});

export const annotate = tool({
  description:
    'annotate(sequence): finds known promoters, genes, origins, tags, sites and primers on both strands of a DNA molecule and stores a copy with these features.',
  args: z.strictObject({ sequence: key('key of a DNA molecule') }),
  concurrent: true,
  sample: (rng) => ({ sequence: sampleKey(rng) }),
  run(job, { sequence }) {
    const molecule = dnaAt(job, sequence);
    if (job.config.ownLibrary) return { ask: { search: 'features', sequence: molecule as unknown as Json } };
    return withFeatures(job, molecule, [], '');
  },
  answered(job, { sequence }, answer) {
    const features = isObject(answer) && Array.isArray(answer.features) ? answer.features : [];
    return withFeatures(
      job,
      dnaAt(job, sequence),
      features as unknown as readonly Wanted[],
      fromOutside(answer).trouble,
    );
  },
});

function withFeatures(job: CloningJob, molecule: Sequence, more: readonly Wanted[], trouble: string): Work<World> {
  const done = annotated(molecule, more);
  const before = new Set(molecule.features.map((feature) => JSON.stringify(feature)));
  const fresh = done.features.filter((feature) => !before.has(JSON.stringify(feature)));
  if (fresh.length === 0) return { text: `No further feature is found; nothing is stored.${trouble}` };
  const { world, text } = stored(job, [done], () => 'annotated');
  const found = `${counted(fresh.length, 'feature')} found: ${featuresIn(fresh, done.sequence.length)}`;
  return { world, text: `${found}\n${text}${trouble}` };
}
