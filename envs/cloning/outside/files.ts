import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { messageOf } from '../../../src/core/errors.js';
import type { Json } from '../../../src/core/json.js';
import type { Read } from '../../../src/core/read.js';
import type { Rng } from '../../../src/core/rng.js';
import { readFasta } from '../dna/fasta.js';
import { readGenbank } from '../dna/genbank.js';
import { reverseComplement } from '../dna/iupac.js';
import { letters, molecule, type Sequence } from '../dna/sequence.js';
import { reversed, slice } from '../dna/shape.js';
import type { Wanted } from '../library/annotate.js';
import { genesFor, MOST_HITS, plasmidsFor } from '../library/search.js';

/** What tools ask of the user's own sequence files. */
type Request =
  | { readonly search: 'plasmids' | 'genes'; readonly query: string }
  | { readonly search: 'features'; readonly sequence: Sequence };

/** The environment variable that names the folder. NOTE: never a configuration: whoever plays from afar chooses that. */
const FOLDER = 'LUDUS_SEQUENCES';
const MOST_FILES = 500;
const MOST_BYTES = 10_000_000;
/** Features shorter than this are found by chance. */
const SHORTEST_FEATURE = 12;

const READERS: { readonly [extension: string]: (text: string) => Read<Sequence[]> } = {
  '.gb': readGenbank,
  '.gbk': readGenbank,
  '.genbank': readGenbank,
  '.fa': readFasta,
  '.fasta': readFasta,
  '.fna': readFasta,
};

interface Files {
  readonly sequences: readonly Sequence[];
  /** Files that could not be read, each with the reason. */
  readonly bad: readonly string[];
}

/**
 * Answers from the GenBank and FASTA files of the folder that LUDUS_SEQUENCES names. A file that cannot be read is told
 * and the others are searched.
 */
export async function answer(request: Json, signal: AbortSignal): Promise<Json> {
  const folder = process.env[FOLDER];
  if (folder === undefined || folder === '')
    return { error: `no folder is named: set ${FOLDER} to the one with your files` };
  try {
    const { sequences, bad } = await filesOf(folder, signal);
    return { ...found(request as unknown as Request, sequences), bad: [...bad] };
  } catch (error) {
    return { error: `${FOLDER}: ${(error as NodeJS.ErrnoException).code ?? messageOf(error)}` };
  }
}

function found(request: Request, sequences: readonly Sequence[]): { readonly [field: string]: Json } {
  if (request.search === 'features') {
    return { features: wantedIn(sequences).filter((each) => liesOn(request.sequence, each.dna)) };
  }
  const { query } = request;
  const hits =
    request.search === 'plasmids' ? plasmidsFor(query, sequences) : genesFor(query, genesOf(sequences), sequences);
  return { sequences: hits.slice(0, MOST_HITS) as unknown as Json };
}

async function filesOf(folder: string, signal: AbortSignal): Promise<Files> {
  const names = (await readdir(folder)).filter((name) => READERS[extname(name).toLowerCase()] !== undefined).sort();
  const sequences: Sequence[] = [];
  const bad: string[] = names.length > MOST_FILES ? [`files beyond the first ${MOST_FILES}`] : [];
  for (const name of names.slice(0, MOST_FILES)) {
    signal.throwIfAborted();
    const read = await fileOf(join(folder, name), signal);
    if (read.ok) sequences.push(...read.value);
    else bad.push(`${name}: ${read.reason}`);
  }
  return { sequences, bad };
}

async function fileOf(path: string, signal: AbortSignal): Promise<Read<Sequence[]>> {
  const { size } = await stat(path);
  if (size > MOST_BYTES) return { ok: false, failure: 'illegal', reason: `it is larger than ${MOST_BYTES} bytes` };
  const reader = READERS[extname(path).toLowerCase()] as (text: string) => Read<Sequence[]>;
  return reader(await readFile(path, { encoding: 'utf8', signal }));
}

/** Linear records without features of their own are genes as they stand. */
function genesOf(sequences: readonly Sequence[]): Sequence[] {
  return sequences.filter(({ circular, features, type }) => !circular && features.length === 0 && type === 'dna');
}

/** What the user's files name: their whole features, and short records. */
function wantedIn(sequences: readonly Sequence[]): Wanted[] {
  const dna = sequences.filter(({ type }) => type === 'dna');
  const features = dna.flatMap((sequence) =>
    sequence.features.flatMap(({ start, end, strand, type, name, part }) => {
      if (part !== undefined || end - start < SHORTEST_FEATURE) return [];
      const piece = slice(sequence, start, end);
      return [{ name, type, dna: (strand === 1 ? piece : reversed(piece)).sequence }];
    }),
  );
  const records = genesOf(dna).filter(({ sequence }) => sequence.length >= SHORTEST_FEATURE);
  return [...features, ...records.map(({ name, sequence }) => ({ name, type: 'misc_feature', dna: sequence }))];
}

function liesOn(sequence: Sequence, bases: string): boolean {
  const { length } = sequence.sequence;
  if (bases.length > length) return false;
  const text = sequence.circular ? letters(sequence, 0, length + bases.length - 1) : sequence.sequence;
  return text.includes(bases) || text.includes(reverseComplement(bases));
}

/** What such files may hold, for random play. */
export function sampleAnswer(request: Json, rng: Rng): Json {
  if ((request as unknown as Request).search === 'features') return { features: [], bad: [] };
  const bases = Array.from({ length: 60 + rng.below(60) }, () => rng.pick([...'ACGT'])).join('');
  return { sequences: [molecule(bases, { name: `own-${rng.below(100)}`, circular: rng.below(2) === 0 })], bad: [] };
}
