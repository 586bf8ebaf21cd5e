import { describe, expect, it } from 'vitest';
import { code, translate } from '../dna/codes.js';
import { molecule, type Sequence } from '../dna/sequence.js';
import { reversed, rotated } from '../dna/shape.js';
import { annotated } from './annotate.js';
import { ELEMENTS, element, TAGS } from './elements.js';
import { genesFor, meets, plasmidsFor } from './search.js';
import { library } from './shelf.js';

describe('elements', () => {
  it('are plain bases under names of their own, each with a source', () => {
    expect(ELEMENTS.filter(({ dna }) => !/^[ACGT]+$/.test(dna))).toEqual([]);
    expect(ELEMENTS.filter(({ source }) => !/\d{4}/.test(source))).toEqual([]);
    expect(new Set(ELEMENTS.map(({ name }) => name)).size).toBe(ELEMENTS.length);
  });

  it('that code run from ATG to a stop', () => {
    for (const { name, dna } of ELEMENTS.filter(({ type }) => type === 'CDS')) {
      expect([name, translate(dna, code(11))]).toEqual([name, expect.stringMatching(/^M[^*]+\*$/)]);
    }
  });

  // SEE: lengths in amino acids of UniProt P62593 (bla), P00551 with another start (KanR of kanMX), P62577 (cat), Q9U6Y8
  // (DsRed), P42212 with one more (EGFP), and the lengths in bases of the others as their sources have them.
  it.each([
    ['AmpR', 861],
    ['KanR', 810],
    ['CmR', 660],
    ['DsRed-Express', 678],
    ['EGFP', 720],
    ['ori', 589],
    ['loxP', 34],
    ['FRT', 34],
    ['lac operator', 17],
    ['T7 promoter', 19],
    ['T7 terminator', 48],
  ] as const)('%s has %i bases', (name, length) => {
    expect(element(name).dna.length).toBe(length);
  });

  // SEE: R. H. Hoess, M. Ziese, N. Sternberg, PNAS 79 (1982) 3398: arms of 13 bases that are each other's inverse.
  it('loxP has inverted arms around 8 bases', () => {
    const { sequence } = molecule(element('loxP').dna);
    expect(reversed(molecule(sequence.slice(0, 13))).sequence).toBe(sequence.slice(-13));
  });
});

describe('annotation', () => {
  it('finds the same wherever a circle is written from, and on its other strand', () => {
    const [pUC19] = library().plasmids;
    const bare: Sequence = { ...(pUC19 as Sequence), features: [] };
    const names = (of: Sequence) =>
      annotated(of)
        .features.map(({ name }) => name)
        .sort();
    expect(names(bare).length).toBe(8);
    for (const from of [200, 1000, 2000, 2550]) expect(names(rotated(bare, from))).toEqual(names(bare));
    expect(names(reversed(bare))).toEqual(names(bare));
  });

  it('finds tags in any codons, on both strands', () => {
    for (const { name, acids } of TAGS) {
      const codons = [...acids].map((acid, at) => {
        const all = [...code(1).acids].filter(([, of]) => of === acid).map(([codon]) => codon);
        return all[at % all.length] as string;
      });
      const tagged = molecule(`AAAAC${codons.join('')}CTTTT`);
      const places = [tagged, reversed(tagged)].map((each) =>
        annotated(each).features.filter((one) => one.name === name),
      );
      expect(places.map((found) => found.map(({ start, end }) => [start, end]))).toEqual([
        [[5, 5 + 3 * acids.length]],
        [[5, 5 + 3 * acids.length]],
      ]);
    }
  });

  it('adds nothing twice', () => {
    const [pUC19] = library().plasmids;
    const once = annotated(pUC19 as Sequence);
    expect(annotated(once)).toEqual(once);
  });
});

describe('plasmids', () => {
  it('are circles; those that nobody has made say so', () => {
    const { plasmids } = library();
    expect(plasmids.every(({ circular }) => circular)).toBe(true);
    expect(
      plasmids.filter(({ description }) => description.startsWith('fictional')).map(({ name }) => name.slice(0, 4)),
    ).toEqual(Array.from({ length: plasmids.length - 1 }, () => 'pLud'));
  });

  it('are found by words, and genes on the strand that codes', () => {
    const { plasmids, genes } = library();
    expect(plasmidsFor('kanamycin -yeast', plasmids).map(({ name }) => name)).toEqual(['pLud2-Kan', 'pLud5-Red']);
    expect(plasmidsFor('"red fluorescent" OR chloramphenicol', plasmids).map(({ name }) => name)).toEqual([
      'pLud3-Cm',
      'pLud5-Red',
    ]);
    expect(genesFor('fluorescent', genes, plasmids).map(({ name }) => name)).toEqual(['EGFP', 'DsRed-Express']);
    for (const { sequence } of genesFor('resistance', genes, plasmids)) expect(sequence.startsWith('ATG')).toBe(true);
  });

  it.each([
    ['a b', true],
    ['a AND c', true],
    ['a z', false],
    ['z OR c', true],
    ['a -b', false],
    ['a -z', true],
    ['"a b"', true],
    ['"b a"', false],
    ['-"b c"', false],
  ])('%s', (query, met) => {
    expect(meets('A b C', query)).toBe(met);
  });
});
