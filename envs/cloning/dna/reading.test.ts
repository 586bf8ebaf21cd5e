import { describe, expect, it } from 'vitest';
import { element } from '../library/elements.js';
import { PUC19 } from '../library/puc19.js';
import { CODES, CODONS, code, translate } from './codes.js';
import { orfsOf } from './orfs.js';
import { molecule } from './sequence.js';
import { reversed, rotated } from './shape.js';

// SEE: A. Elzanowski, J. Ostell, "The genetic codes", NCBI taxonomy: "Differences from the Standard Code" of each table,
// and its start codons as Biopython 1.88 (Bio.Data.CodonTable) has them.
const DIFFERENCES: readonly (readonly [id: number, differences: string, starts: string])[] = [
  [1, '', 'ATG CTG TTG'],
  [2, 'AGA * AGG * ATA M TGA W', 'ATA ATC ATG ATT GTG'],
  [3, 'ATA M CTT T CTC T CTA T CTG T TGA W', 'ATA ATG GTG'],
  [4, 'TGA W', 'ATA ATC ATG ATT CTG GTG TTA TTG'],
  [5, 'AGA S AGG S ATA M TGA W', 'ATA ATC ATG ATT GTG TTG'],
  [6, 'TAA Q TAG Q', 'ATG'],
  [9, 'AAA N AGA S AGG S TGA W', 'ATG GTG'],
  [10, 'TGA C', 'ATG'],
  [11, '', 'ATA ATC ATG ATT CTG GTG TTG'],
  [12, 'CTG S', 'ATG CTG'],
  [13, 'AGA G AGG G ATA M TGA W', 'ATA ATG GTG TTG'],
  [14, 'AAA N AGA S AGG S TAA Y TGA W', 'ATG'],
  [15, 'TAG Q', 'ATG'],
  [16, 'TAG L', 'ATG'],
  [21, 'TGA W ATA M AGA S AGG S AAA N', 'ATG GTG'],
  [22, 'TCA * TAG L', 'ATG'],
  [23, 'TTA *', 'ATG ATT GTG'],
  [24, 'AGA S AGG K TGA W', 'ATG CTG GTG TTG'],
  [25, 'TGA G', 'ATG GTG TTG'],
  [26, 'CTG A', 'ATG CTG'],
  [27, 'TAA Q TAG Q TGA W', 'ATG'],
  [28, 'TAA Q TAG Q TGA W', 'ATG'],
  [29, 'TAA Y TAG Y', 'ATG'],
  [30, 'TAA E TAG E', 'ATG'],
  [31, 'TAA E TAG E TGA W', 'ATG'],
  [32, 'TAG W', 'ATA ATC ATG ATT CTG GTG TTG'],
  [33, 'TAA Y TGA W AGA S AGG K', 'ATG CTG GTG TTG'],
];

/** SEE: B. Alberts et al., "Molecular Biology of the Cell", 6th edition, figure 6-48: the codons of each amino acid. */
const STANDARD: { readonly [acid: string]: string } = {
  A: 'GCA GCC GCG GCT',
  C: 'TGC TGT',
  D: 'GAC GAT',
  E: 'GAA GAG',
  F: 'TTC TTT',
  G: 'GGA GGC GGG GGT',
  H: 'CAC CAT',
  I: 'ATA ATC ATT',
  K: 'AAA AAG',
  L: 'CTA CTC CTG CTT TTA TTG',
  M: 'ATG',
  N: 'AAC AAT',
  P: 'CCA CCC CCG CCT',
  Q: 'CAA CAG',
  R: 'AGA AGG CGA CGC CGG CGT',
  S: 'AGC AGT TCA TCC TCG TCT',
  T: 'ACA ACC ACG ACT',
  V: 'GTA GTC GTG GTT',
  W: 'TGG',
  Y: 'TAC TAT',
  '*': 'TAA TAG TGA',
};

describe('genetic codes', () => {
  it('are all that NCBI lists, and 0 for the standard code with ATG alone', () => {
    expect([...CODES.keys()]).toEqual([0, ...DIFFERENCES.map(([id]) => id)]);
    expect([...code(0).starts]).toEqual(['ATG']);
    expect(() => code(7)).toThrow(/no codon table 7; the tables are 0, 1, 2/);
  });

  it('the standard one is that of the textbook', () => {
    for (const [acid, codons] of Object.entries(STANDARD)) {
      expect(CODONS.filter((codon) => code(1).acids.get(codon) === acid).sort()).toEqual(codons.split(' '));
    }
  });

  it.each(DIFFERENCES)('%i differs by "%s" and starts with %s', (id, differences, starts) => {
    const standard = code(1).acids;
    const words = differences === '' ? [] : differences.split(' ');
    const wanted = Object.fromEntries(words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1]]] : [])));
    const own = code(id);
    const found = CODONS.filter((codon) => own.acids.get(codon) !== standard.get(codon));
    expect(Object.fromEntries(found.map((codon) => [codon, own.acids.get(codon)]))).toEqual(wanted);
    expect([...own.starts].sort()).toEqual(starts.split(' '));
  });

  // SEE: UniProt P42212 with F64L and S65T, and V after the first methionine (EGFP); UniProt P62593 (TEM-1) with V84I and A184V.
  it('read the protein of EGFP and of the resistance to ampicillin', () => {
    expect(translate(element('EGFP').dna)).toBe(
      'MVSKGEELFTGVVPILVELDGDVNGHKFSVSGEGEGDATYGKLTLKFICTTGKLPVPWPTLVTTLTYGVQCFSRYPDHMKQHDFFKSAMPEGYVQERTIFFKDDGNYKTRAEVKFEGDTLVNRIELKGIDFKEDGNILGHKLEYNYNSHNVYIMADKQKNGIKVNFKIRHNIEDGSVQLADHYQQNTPIGDGPVLLPDNHYLSTQSALSKDPNEKRDHMVLLEFVTAAGITLGMDELYK*',
    );
    expect(translate(element('AmpR').dna)).toBe(
      'MSIQHFRVALIPFFAAFCLPVFAHPETLVKVKDAEDQLGARVGYIELDLNSGKILESFRPEERFPMMSTFKVLLCGAVLSRIDAGQEQLGRRIHYSQNDLVEYSPVTEKHLTDGMTVRELCSAAITMSDNTAANLLLTTIGGPKELTAFLHNMGDHVTRLDRWEPELNEAIPNDERDTTMPVAMATTLRKLLTGELLTLASRQQLIDWMEADKVAGPLLRSALPAGWFIADKSGAGERGSRGIIAALGPDGKPSRIVVIYTTGSQATMDERNRQIAEIGASLIKHW*',
    );
  });

  it('give X where bases are not known', () => {
    expect(translate('ATGNNNTAAA')).toBe('MX*');
  });
});

// SEE: orfipy 0.0.4 on GenBank L09137.2: --start ATG --strand b, complete frames of 150 bases or more before the stop, the
// stop included here.
const PUC19_ORFS = [
  [1626, 2486, -1],
  [186, 542, 1],
  [146, 469, -1],
  [1756, 2022, 1],
  [209, 382, 1],
  [2029, 2199, 1],
  [16, 174, 1],
];

describe('open reading frames', () => {
  const line = molecule(PUC19);
  const circle = molecule(PUC19, { circular: true });

  it('of pUC19 are those of another program', () => {
    const found = orfsOf(line, code(0), 153).map(({ start, end, strand }) => [start + 1, end, strand]);
    expect(found).toEqual(PUC19_ORFS);
  });

  it('are told with frame, protein and the start codons inside', () => {
    const [bla] = orfsOf(line, code(0), 800);
    expect(bla).toMatchObject({ frame: 6, inner: 9, bases: element('AmpR').dna });
    expect(bla?.protein).toBe(translate(element('AmpR').dna).slice(0, -1));
  });

  it('run over the origin of a circle, wherever that is', () => {
    for (const from of [1, 500, 1700, 2000, 2400]) {
      const turned = orfsOf(rotated(circle, from), code(0), 153);
      expect(turned.map(({ bases }) => bases).sort()).toEqual(
        orfsOf(circle, code(0), 153)
          .map(({ bases }) => bases)
          .sort(),
      );
    }
    const [bla] = orfsOf(rotated(circle, 2000), code(0), 800);
    expect([bla?.start, bla?.end]).toEqual([2311, 3172]);
  });

  it('are on the other strand of the molecule turned round', () => {
    const found = orfsOf(reversed(line), code(0), 153);
    expect(found.map(({ bases, strand }) => [bases, strand])).toEqual(
      expect.arrayContaining(orfsOf(line, code(0), 153).map(({ bases, strand }) => [bases, -strand])),
    );
  });

  it('go once around a circle at most', () => {
    const endless = molecule(`ATG${'GCA'.repeat(20)}G`, { circular: true });
    const stopped = molecule(`ATG${'GCA'.repeat(20)}TAA`, { circular: true });
    const late = molecule(`ATGG${'GCAC'.repeat(12)}TAAC`, { circular: true });
    const lengths = [endless, stopped, late].map((circle) =>
      orfsOf(circle, code(0), 6, [1]).map(({ bases }) => bases.length),
    );
    expect(lengths).toEqual([[], [66], []]);
  });

  it('need a stop, and a code that has one', () => {
    expect(orfsOf(molecule('ATGAAAAAA'), code(0), 6)).toEqual([]);
    expect(orfsOf(molecule('ATGAAATAA'), code(0), 6).map(({ protein }) => protein)).toEqual(['MK']);
    expect(orfsOf(molecule('TTGAAATAA'), code(1), 6).map(({ protein }) => protein)).toEqual(['MK']);
    expect(orfsOf(molecule('ATGAAATGAAAATAG'), code(4), 6).map(({ protein }) => protein)).toEqual(['MKWK']);
    expect(() => orfsOf(line, code(27), 30)).toThrow(/table 27/);
  });
});
