import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/core/config.js';
import { Episode } from '../../../src/core/episode.js';
import type { Json } from '../../../src/core/json.js';
import { writeGenbank } from '../dna/genbank.js';
import { molecule } from '../dna/sequence.js';
import cloning from '../index.js';
import { answer } from './files.js';

const GENE = 'ATGGCTCACGTTACCGATCTTGGCAATCGTCCGAAACTGTAA';
const before = process.env.LUDUS_SEQUENCES;
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ludus-sequences-'));
  const backbone = `${'GATTACA'.repeat(10)}${GENE}${'CCATGCA'.repeat(9)}`;
  const feature = { start: 70, end: 70 + GENE.length, strand: 1 as const, type: 'CDS', name: 'tovA' };
  const plasmid = molecule(backbone, { name: 'pMine', description: 'my own', circular: true, features: [feature] });
  await writeFile(join(folder, 'mine.gb'), writeGenbank(plasmid));
  await writeFile(join(folder, 'genes.fasta'), '>zinB made-up zinc gene\nATGACGACGGCATTTGGGCCCAAATAG\n');
  await writeFile(join(folder, 'torn.gbk'), 'LOCUS       torn 5 bp\n');
  await writeFile(join(folder, 'notes.txt'), 'not a sequence');
  process.env.LUDUS_SEQUENCES = folder;
});

afterEach(async () => {
  if (before === undefined) delete process.env.LUDUS_SEQUENCES;
  else process.env.LUDUS_SEQUENCES = before;
  await rm(folder, { recursive: true });
});

const asked = (request: Json) =>
  answer(request, new AbortController().signal) as Promise<{ readonly [field: string]: Json }>;

async function told(name: string, args: { readonly [name: string]: Json }): Promise<string> {
  const config = readConfig(cloning.spec, { set: { ownLibrary: true, split: 'val', task: 0 } });
  const episode = new Episode(cloning, config);
  episode.apply({ chance: 'val_0' });
  episode.apply({ seats: { 0: [{ id: 'c', name, args }] } });
  const { turn } = episode;
  if (turn.kind !== 'call') throw new Error(`${name} asks nothing`);
  episode.apply({ answers: await Promise.all(turn.requests.map(asked)) });
  return episode.log.flatMap((event) => (event.kind === 'result' ? [event.text as string] : [])).at(-1) as string;
}

describe('your own sequence files', () => {
  it('are searched for plasmids and genes, before the embedded library', async () => {
    expect(await told('plasmid_search', { query: 'own OR pUC19' })).toMatch(
      /^2 hits:\nplasmid-1: pMine, 175 bp circular DNA.*\nplasmid-2: pUC19/,
    );
    expect(await told('gene_search', { query: 'tovA' })).toMatch(
      new RegExp(`gene-1: tovA, 42 bp linear DNA.*; ${GENE}; features: tovA`),
    );
    expect(await told('gene_search', { query: 'zinc' })).toMatch(/gene-1: zinB, 27 bp/);
  });

  it('name features', async () => {
    const text = await told('annotate', { sequence: `TTTTTTTT${GENE}TTTTTTTT` });
    expect(text).toMatch(/1 feature found: tovA \(CDS 9-50\)/);
  });

  it('that cannot be read are told, and the others searched', async () => {
    expect(await told('plasmid_search', { query: 'pMine' })).toMatch(
      /Not read: torn\.gbk: record 1: there is no ORIGIN/,
    );
  });

  it('in a folder that is not named or not there are an error, and the embedded library is searched', async () => {
    process.env.LUDUS_SEQUENCES = join(folder, 'none');
    expect(await asked({ search: 'genes', query: 'x' })).toEqual({ error: 'LUDUS_SEQUENCES: ENOENT' });
    delete process.env.LUDUS_SEQUENCES;
    expect(await told('plasmid_search', { query: 'pUC19' })).toMatch(
      /plasmid-1: pUC19[\s\S]*not searched: no folder is named: set LUDUS_SEQUENCES/,
    );
  });

  it('come into a record as answers from outside, which hold no path', async () => {
    expect(JSON.stringify(await asked({ search: 'plasmids', query: 'pMine' }))).not.toContain(folder);
  });
});
