import { fastaToJson, genbankToJson } from '@teselagen/bio-parsers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { library } from '../library/shelf.js';
import { digest } from './digest.js';
import { enzyme } from './enzymes.js';
import { readFasta, writeFasta } from './fasta.js';
import { readGenbank, writeGenbank } from './genbank.js';
import { readLocation, writeLocation } from './location.js';
import { type Feature, molecule, type Sequence } from './sequence.js';
import { rotated } from './shape.js';

const options = { seed: 6, numRuns: 150 };

// NOTE: in the form of NCBI's sample record of the flat file format, with a gene of our own.
const RECORD = `LOCUS       TOVA_REGION              120 bp    DNA     circular SYN 21-JUN-1999
DEFINITION  Made-up region with tovA, and a
            second line.
ACCESSION   X00000
FEATURES             Location/Qualifiers
     source          1..120
                     /organism="synthetic construct"
     gene            complement(11..40)
                     /gene="tovA"
     CDS             complement(11..40)
                     /gene="tovA"
                     /note="said ""so"" to
                     go on"
     exon            join(50..60,70..80)
                     /product="two stretches"
     promoter        join(111..120,1..5)
                     /label=around the origin
     misc_feature    <90..>95
ORIGIN
        1 atgcatgcat gcatgcatgc atgcatgcat gcatgcatgc atgcatgcat gcatgcatgc
       61 atgcatgcat gcatgcatgc atgcatgcat gcatgcatgc atgcatgcat gcatgcatgc
//
`;

/** What matters of a feature, in an order of its own. */
function placed(features: readonly Feature[]): string[] {
  return features.map(({ start, end, strand, type, name }) => `${start}-${end} ${strand} ${type} ${name}`).sort();
}

interface Theirs {
  readonly sequence: string;
  readonly circular: boolean;
  readonly features: readonly TheirFeature[];
  /** Features of the type primer_bind. */
  readonly primers?: readonly TheirFeature[];
}

interface TheirFeature {
  readonly start: number;
  readonly end: number;
  readonly strand: 1 | -1;
  readonly type: string;
  readonly name: string;
}

/** As @teselagen/bio-parsers 0.4.38 reads a record: its ends are included, and lie before the start across the origin. */
async function theirs(text: string): Promise<Theirs> {
  const [read] = (await genbankToJson(text)) as unknown as readonly { readonly parsedSequence: Theirs }[];
  return (read as { readonly parsedSequence: Theirs }).parsedSequence;
}

async function theirPlaces(text: string): Promise<string[]> {
  const { features, primers = [], sequence } = await theirs(text);
  return [...features, ...primers]
    .filter(({ type }) => type !== 'source')
    .map(
      ({ start, end, strand, type, name }) =>
        `${start}-${end < start ? end + 1 + sequence.length : end + 1} ${strand} ${type} ${name}`,
    )
    .sort();
}

function read(text: string): Sequence {
  const found = readGenbank(text);
  if (!found.ok) throw new Error(found.reason);
  return found.value[0] as Sequence;
}

describe('GenBank', () => {
  it('is read as it is meant', () => {
    const found = read(RECORD);
    expect(found).toMatchObject({
      name: 'TOVA_REGION',
      circular: true,
      type: 'dna',
      description: 'Made-up region with tovA, and a second line',
    });
    expect(placed(found.features)).toEqual([
      '10-40 -1 CDS tovA',
      '10-40 -1 gene tovA',
      '110-125 1 promoter around the origin',
      '49-60 1 exon two stretches',
      '69-80 1 exon two stretches',
      '89-95 1 misc_feature misc_feature',
    ]);
  });

  it('is read as another program reads it, stretches of one feature aside', async () => {
    const record = RECORD.replace(/ {5}exon[^\n]*\n[^\n]*\n/, '').replace(/ {5}misc_feature[^\n]*\n/, '');
    expect(placed(read(record).features)).toEqual(await theirPlaces(record));
    expect((await theirs(record)).sequence.toUpperCase()).toBe(read(record).sequence);
  });

  it('is written so that another program reads the same', async () => {
    for (const plasmid of [...library().plasmids, rotated(library().plasmids[0] as Sequence, 2000)]) {
      const text = writeGenbank(plasmid);
      const other = await theirs(text);
      expect([other.sequence.toUpperCase(), other.circular]).toEqual([plasmid.sequence, true]);
      expect(await theirPlaces(text)).toEqual(placed(plasmid.features));
    }
  });

  it('written and read is the same, overhangs and parts of features too', () => {
    for (const plasmid of library().plasmids) {
      for (const each of [plasmid, rotated(plasmid, 1234), ...digest(plasmid, [enzyme('HaeIII')])]) {
        const { name } = each;
        expect(read(writeGenbank(each))).toEqual({ ...each, name: name.replace(/\s/g, '_') });
      }
    }
    const protein = molecule('MSKGEEL*', { name: 'p', type: 'protein', description: 'a protein' });
    expect(read(writeGenbank(protein))).toEqual(protein);
    const rna = molecule('AUGGCU', { name: 'r', type: 'rna' });
    expect(read(writeGenbank(rna))).toEqual(rna);
  });

  it('that is none gives a reason and never throws', () => {
    const bits = fc.constantFrom(
      'LOCUS',
      ' x 5 bp',
      '\n',
      'FEATURES',
      'ORIGIN',
      '     CDS',
      ' join(1..',
      '5))',
      ' /gene="',
      'acgt',
      '//',
      '1',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(bits, { maxLength: 30 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const found = readGenbank(text);
          expect(found.ok || found.reason.length > 5).toBe(true);
        },
      ),
      options,
    );
    const reasons = [
      '',
      'hello',
      RECORD.replace('11..40', '11..400'),
      RECORD.replace('atgc', 'atg!'),
      RECORD.replace('ORIGIN', ''),
    ];
    expect(reasons.map((text) => readGenbank(text).ok)).toEqual([false, false, false, false, false]);
  });
});

describe('locations', () => {
  it('written and read are the same', () => {
    const span = fc.tuple(fc.nat(99), fc.integer({ min: 1, max: 99 }), fc.constantFrom<1 | -1>(1, -1));
    fc.assert(
      fc.property(span, ([start, size, strand]) => {
        const place = { start, end: start + size, strand };
        expect(readLocation(writeLocation(place, 100), 100, true)).toEqual([place]);
      }),
      options,
    );
  });

  // SEE: the DDBJ/ENA/GenBank feature table, section 3.4.3, examples of locations.
  it.each([
    ['467', '466-467 1'],
    ['340..565', '339-565 1'],
    ['<345..500', '344-500 1'],
    ['<1..888', '0-888 1'],
    ['1..>888', '0-888 1'],
    ['join(12..78,134..202)', '11-78 1, 133-202 1'],
    ['complement(34..126)', '33-126 -1'],
    ['complement(join(2691..4571,4918..5163))', '2690-4571 -1, 4917-5163 -1'],
    ['join(complement(4918..5163),complement(2691..4571))', '4917-5163 -1, 2690-4571 -1'],
  ])('%s', (text, wanted) => {
    const spans = readLocation(text, 6000, false);
    expect(spans.map(({ start, end, strand }) => `${start}-${end} ${strand}`).join(', ')).toBe(wanted);
  });
});

const FASTA = '>one first of two\nACGTNACGT\nACGT\n>two topology=circular\r\nacg taa\r\n';

describe('FASTA', () => {
  it('is read as another program reads it', async () => {
    const found = readFasta(FASTA);
    const own = found.ok ? found.value : [];
    const other = (await fastaToJson(FASTA)) as unknown as readonly {
      readonly parsedSequence: { readonly sequence: string; readonly name: string };
    }[];
    expect(other.map(({ parsedSequence }) => parsedSequence.sequence.toUpperCase())).toEqual(
      own.map(({ sequence }) => sequence),
    );
    expect(own.map(({ name, circular, description }) => [name, circular, description])).toEqual([
      ['one', false, 'first of two'],
      ['two', true, ''],
    ]);
  });

  it('written and read is the same, features and overhangs aside', () => {
    const plain = library().plasmids.map((each) => ({ ...each, features: [] }));
    const found = readFasta(writeFasta(plain));
    expect(found.ok && found.value).toEqual(plain);
  });

  it('that is none gives a reason and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `>${text}`),
        ),
        (text) => {
          const found = readFasta(text);
          expect(found.ok || found.reason.length > 5).toBe(true);
        },
      ),
      options,
    );
    expect(readFasta('ACGT').ok).toBe(false);
    expect(readFasta('>a\nAC!T')).toMatchObject({ ok: false, reason: expect.stringContaining('"!" at position 3') });
  });
});
