import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { element } from '../library/elements.js';
import { PUC19 } from '../library/puc19.js';
import { digest, sitesOf } from './digest.js';
import { enzyme, enzymesIn } from './enzymes.js';
import { gibson } from './gibson.js';
import { goldenGate } from './goldengate.js';
import { reverseComplement } from './iupac.js';
import { ligate } from './ligate.js';
import { amplify } from './pcr.js';
import { molecule, type Sequence } from './sequence.js';
import { canonical, leastRotation } from './shape.js';

const pUC19 = molecule(PUC19, { name: 'pUC19', circular: true });
const EGFP = element('EGFP').dna;

/**
 * The checksum of a circle of double-stranded DNA: of its least rotation, and what pairs with it.
 * SEE: H. Pereira et al., "SEGUID v2: extending SEGUID checksums for circular, linear, single- and double-stranded
 * biological sequences", 2024; the package seguid 1.0 for Python.
 */
function cdseguid({ sequence }: Sequence): string {
  const strands = [leastRotation(sequence), leastRotation(reverseComplement(sequence))].sort();
  const first = strands[0] as string;
  const hash = createHash('sha1')
    .update(`${first};${reverseComplement(first)}`)
    .digest('base64url');
  return hash.replace(/=+$/, '');
}

function only<T>(list: readonly T[]): T {
  expect(list.length).toBe(1);
  return list[0] as T;
}

function longest(fragments: readonly Sequence[]): Sequence {
  return fragments.reduce((best, each) => (each.sequence.length > best.sequence.length ? each : best));
}

function cut(sequence: Sequence, enzymes: string): Sequence {
  return longest(digest(sequence, enzymesIn(enzymes)));
}

function copied(template: Sequence, forward: string, reverse: string): Sequence {
  return only(amplify(template, forward, reverse)).product;
}

// SEE: pydna 5.5.16 (cut, pcr, Assembly with terminal_overlap, looped) on the same molecules, and seguid 1.0; the checksum
// of pUC19 itself stands in the GenBank file L09137.2 that pydna brings.
describe('textbook constructs of pUC19 and EGFP', () => {
  it('pUC19 is GenBank L09137.2', () => {
    expect(cdseguid(pUC19)).toBe('mCC0B3UMZfgLyh3Pl574MVjm30U');
  });

  it('restriction cloning: EGFP between EcoRI and HindIII', () => {
    const tails = [`GCGCGAATTC${EGFP.slice(0, 22)}`, `GCGCAAGCTT${reverseComplement(EGFP).slice(0, 22)}`] as const;
    const insert = copied(molecule(EGFP), ...tails);
    expect(insert.sequence.length).toBe(740);
    const [vector, gene] = [cut(pUC19, 'EcoRI, HindIII'), cut(insert, 'EcoRI, HindIII')];
    expect([vector.sequence.length, gene.sequence.length]).toEqual([2635, 726]);
    const made = only(ligate([vector, gene]));
    expect([made.sequence.length, made.circular]).toEqual([3361, true]);
    expect(cdseguid(made)).toBe('9z_dAwT0DU14BL67SFTocIFqqe0');
  });

  it('Gibson assembly: EGFP into the SmaI site', () => {
    const vector = cut(pUC19, 'SmaI');
    const [left, right] = [vector.sequence.slice(-25), reverseComplement(vector.sequence.slice(0, 25))];
    const insert = copied(molecule(EGFP), left + EGFP.slice(0, 22), right + reverseComplement(EGFP).slice(0, 22));
    const made = only(gibson([vector, insert]));
    expect([made.sequence.length, made.circular]).toEqual([3406, true]);
    expect(cdseguid(made)).toBe('GD_58LJDC14LwZjSsmB0RJl3eUk');
    expect(canonical(only(gibson([insert, vector])))).toBe(canonical(made));
  });

  it('Golden Gate with BbsI: vector and EGFP, both amplified with sites', () => {
    const line = cut(pUC19, 'SmaI');
    const back = reverseComplement(line.sequence);
    const vector = copied(line, `TTGAAGACAAGCTT${line.sequence.slice(0, 20)}`, `TTGAAGACAACATT${back.slice(0, 20)}`);
    const insert = copied(
      molecule(EGFP),
      `TTGAAGACAAAATG${EGFP.slice(3, 23)}`,
      `TTGAAGACAAAAGC${reverseComplement(EGFP).slice(0, 20)}`,
    );
    const made = only(goldenGate([vector, insert], enzyme('BbsI')));
    expect([made.sequence.length, made.circular]).toEqual([3411, true]);
    expect(cdseguid(made)).toBe('e52_ozTHVkl-fwX-I9rjW9nu46g');
    expect(sitesOf(made, enzyme('BbsI'))).toEqual([]);
  });

  it('PCR of the cloning sites between the M13 primers', () => {
    const product = copied(pUC19, 'GTAAAACGACGGCCAGT', 'CAGGAAACAGCTATGAC');
    expect(product.sequence).toBe(
      'GTAAAACGACGGCCAGTGAATTCGAGCTCGGTACCCGGGGATCCTCTAGAGTCGACCTGCAGGCATGCAAGCTTGGCGTAATCATGGTCATAGCTGTTTCCTG',
    );
  });
});

// SEE: Biopython 1.88, Bio.Restriction: catalyse(linear=False) of GenBank L09137.2. The lists of HaeIII and MspI are
// also those of the pUC19 digests sold as size markers.
const DIGESTS: readonly (readonly [enzyme: string, lengths: readonly number[]])[] = [
  ['HaeIII', [587, 458, 434, 298, 267, 257, 174, 102, 80, 18, 11]],
  ['MspI', [501, 489, 404, 331, 242, 190, 147, 111, 110, 67, 34, 34, 26]],
  ['DdeI', [910, 540, 426, 409, 235, 166]],
  ['HinfI', [1419, 517, 396, 214, 75, 65]],
  ['PvuII', [2364, 322]],
  ['BglI', [1568, 1118]],
  ['RsaI', [1769, 676, 241]],
  ['TaqI', [1444, 736, 476, 30]],
  ['BspHI', [1573, 1008, 105]],
  ['DraI', [1975, 692, 19]],
  ['AluI', [679, 521, 257, 245, 226, 118, 100, 96, 95, 90, 64, 63, 46, 45, 22, 19]],
  ['Sau3AI', [955, 585, 341, 258, 141, 105, 78, 75, 46, 36, 18, 17, 12, 11, 8]],
  ['HhaI', [393, 337, 332, 331, 270, 174, 130, 109, 103, 100, 100, 93, 67, 65, 33, 28, 21]],
  ['MnlI', [594, 400, 260, 250, 224, 206, 147, 132, 81, 74, 209, 59, 50]],
  ['BbvI', [611, 419, 391, 303, 303, 206, 188, 90, 81, 73, 18, 3]],
  ['EcoRI', [2686]],
  ['BsaI', [2686]],
  ['SapI', [2686]],
  ['ScaI', [2686]],
];

describe('digests of pUC19', () => {
  it.each(DIGESTS)('%s', (name, lengths) => {
    const fragments = digest(pUC19, [enzyme(name)]);
    expect(fragments.map(({ sequence }) => sequence.length).sort((a, b) => b - a)).toEqual(
      [...lengths].sort((a, b) => b - a),
    );
    expect(fragments.every(({ circular }) => !circular)).toBe(true);
  });

  // SEE: Biopython 1.88, Bio.Restriction: search(linear=False), the first base after the cut of the top strand.
  it.each([
    ['EcoRI', [397]],
    ['NdeI', [185]],
    ['BsaI', [1761]],
    ['AflIII', [807]],
    ['PvuII', [309, 631]],
    ['RsaI', [170, 411, 2180]],
  ] as const)('%s cuts before bases %j', (name, cuts) => {
    const starts = digest(pUC19, [enzyme(name)]).map(({ sequence }) => (PUC19 + PUC19).indexOf(sequence) + 1);
    expect(starts.sort((a, b) => a - b)).toEqual([...cuts]);
  });

  it('leaves a molecule without a site as it is', () => {
    expect(digest(pUC19, [enzyme('BbsI')])).toEqual([pUC19]);
  });
});
