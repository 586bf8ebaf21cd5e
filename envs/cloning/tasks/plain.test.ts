import {
  aliasedEnzymesByName,
  getAminoAcidStringFromSequenceString,
  getReverseComplementSequenceString,
} from '@teselagen/sequence-utils';
import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/rng.js';
import { gcOf, isSameCircle, occurrences, otherStrand, places } from './bases.js';
import { CODONS, codonsFor, framesOf, outermost, translated } from './codons.js';
import { CUTTERS, cutsOf, cutter, piecesOf } from './cutters.js';
import { between, codingDna, randomDna } from './make.js';
import { amplicons, annealing } from './pcr.js';
import { withoutSites } from './rewrite.js';

/** The plain code of the tasks against tables and programs of other people. */
describe('enzymes', () => {
  it.each(CUTTERS.map((one) => [one.name, one] as const))(
    '%s is cut as in @teselagen/sequence-utils 0.3',
    (name, own) => {
      const other = aliasedEnzymesByName[name.toLowerCase() as keyof typeof aliasedEnzymesByName];
      if (other === undefined) throw new Error(`their table has no ${name}`);
      expect([other.site.toUpperCase(), other.topSnipOffset, other.bottomSnipOffset]).toEqual([
        own.site,
        own.top,
        own.bottom,
      ]);
    },
  );
});

describe('codons', () => {
  it('each is read as @teselagen/sequence-utils reads it', () => {
    expect(translated(CODONS.join(''))).toBe(getAminoAcidStringFromSequenceString(CODONS.join('')));
  });

  /** SEE: NCBI "The Genetic Codes", table 1. */
  it.each([
    ['M', ['ATG']],
    ['W', ['TGG']],
    ['*', ['TAA', 'TAG', 'TGA']],
    ['I', ['ATA', 'ATC', 'ATT']],
    ['R', ['AGA', 'AGG', 'CGA', 'CGC', 'CGG', 'CGT']],
  ])('%s has the codons %j', (letter, codons) => expect(codonsFor(letter).sort()).toEqual(codons));

  /** SEE: D. C. Prasher et al., Gene 111 (1992) 229: the start of GFP; Studier 1990: the His tag of pET-28. */
  it.each([
    ['ATGAGTAAAGGAGAAGAACTTTTCACTGGAGTTGTCCCAATTCTTGTTGAA', 'MSKGEELFTGVVPILVE'],
    ['ATGGGCAGCAGCCATCATCATCATCATCACAGCAGCGGC', 'MGSSHHHHHHSSG'],
  ])('%s makes %s', (dna, protein) => expect(translated(dna)).toBe(protein));

  it('counts a frame for each start, and of those that share a stop the longest', () => {
    const nested = framesOf('ATGAAAATGCCCTAA');
    expect(nested.map(({ protein }) => protein)).toEqual(['MKMP', 'MP']);
    expect(outermost(nested).map(({ protein }) => protein)).toEqual(['MKMP']);
  });

  it('writes genes without sites', () => {
    const sites = ['EcoRI', 'BsaI', 'PstI'].map((name) => cutter(name).site);
    const dna = withoutSites('MEFLQGLCREFSVDETLQ*', sites) as string;
    expect(translated(dna)).toBe('MEFLQGLCREFSVDETLQ*');
    expect(sites.map((site) => occurrences(dna, site))).toEqual([0, 0, 0]);
    expect(withoutSites('MM', ['ATGATG'])).toBeNull();
  });
});

describe('strands', () => {
  const rng = stream('plain', 'strands');
  const drawn = Array.from({ length: 40 }, () => randomDna(rng, between(rng, 30, 300)));

  it('the other strand is what @teselagen/sequence-utils gives, and its other strand is the first', () => {
    for (const dna of drawn) {
      expect(otherStrand(dna)).toBe(getReverseComplementSequenceString(dna));
      expect(otherStrand(otherStrand(dna))).toBe(dna);
    }
  });

  it('a circle is the same in any rotation, on either strand, and no other one', () => {
    for (const dna of drawn) {
      const turned = dna.slice(7) + dna.slice(0, 7);
      expect([isSameCircle(dna, turned), isSameCircle(dna, otherStrand(turned))]).toEqual([true, true]);
      expect(isSameCircle(dna, `${turned.slice(1)}${turned[0] === 'A' ? 'C' : 'A'}`)).toBe(false);
    }
  });

  it('finds motifs with letters for several bases, also across an origin', () => {
    expect(places('AAGTAC', 'GTMKAC', false)).toEqual([]);
    expect(places('GTAGACGTCTAC', 'GTMKAC', false)).toEqual([0, 6]);
    expect(places('TTCAAAAGAA', 'GAATTC', true)).toEqual([7]);
    expect(gcOf('GGCA')).toBe(75);
  });
});

describe('digests and copies', () => {
  /** The cloning site of pUC19. SEE: C. Yanisch-Perron et al., Gene 33 (1985) 103. */
  const site = 'GAATTCGAGCTCGGTACCCGGGGATCCTCTAGAGTCGACCTGCAGGCATGCAAGCTT';

  it.each([
    ['EcoRI', [1]],
    ['SacI', [11]],
    ['KpnI', [17]],
    ['SmaI', [19]],
    ['BamHI', [22]],
    ['PstI', [44]],
    ['HindIII', [52]],
    ['BsaI', []],
  ])('%s cuts the cloning site of pUC19 before base %j', (name, cuts) => {
    expect(cutsOf(site, [cutter(name)], false)).toEqual(cuts);
  });

  it('a type IIS enzyme cuts beside its site, on the side it points to', () => {
    expect(piecesOf('TTTTGGTCTCACCCCAAAA', [cutter('BsaI')], false)).toEqual(['TTTTGGTCTCA', 'CCCCAAAA']);
    expect(piecesOf('TTTTCCCCTGAGACCAAAA', [cutter('BsaI')], false)).toEqual(['TTTT', 'CCCCTGAGACCAAAA']);
  });

  it('pieces of a circle add up, whatever its rotation', () => {
    const rng = stream('plain', 'circles');
    for (let round = 0; round < 50; round++) {
      const dna = randomDna(rng, 600);
      const turned = dna.slice(123) + dna.slice(0, 123);
      const lengths = [dna, turned].map((one) =>
        piecesOf(one, [cutter('MboI'), cutter('BsaI')], true).map(({ length }) => length),
      );
      expect(lengths.map((list) => list.reduce((sum, length) => sum + length, 0))).toEqual([600, 600]);
      expect([...(lengths[0] as number[])].sort()).toEqual([...(lengths[1] as number[])].sort());
    }
  });

  it('a copy begins with one primer and ends with the other, tails included', () => {
    const rng = stream('plain', 'copies');
    const template = randomDna(rng, 300);
    const forward = `GGATCC${annealing(template.slice(50))}`;
    const reverse = `GAATTC${annealing(otherStrand(template.slice(0, 250)))}`;
    expect(amplicons(template, forward, reverse)).toEqual([`GGATCC${template.slice(50, 250)}GAATTC`]);
    expect(amplicons(template, reverse, forward)).toEqual([]);
    expect(codingDna(rng, 12)).toHaveLength(39);
  });
});
