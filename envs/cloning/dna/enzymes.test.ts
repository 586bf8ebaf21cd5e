import { aliasedEnzymesByName } from '@teselagen/sequence-utils';
import { describe, expect, it } from 'vitest';
import { digest } from './digest.js';
import { COMMON, ENZYMES, enzyme, enzymeNamed, isTypeIIS } from './enzymes.js';
import { reverseComplement } from './iupac.js';
import { molecule } from './sequence.js';

interface Theirs {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly site: string;
  readonly topSnipOffset: number;
  readonly bottomSnipOffset: number;
}

// SEE: @teselagen/sequence-utils 0.3.42, a table made from REBASE by others; isoschizomers that cut alike share an entry.
const theirs = Object.values(aliasedEnzymesByName as unknown as { readonly [name: string]: Theirs });
const byName = new Map(theirs.flatMap((one) => [one.name, ...(one.aliases ?? [])].map((name) => [name, one] as const)));

/**
 * Where that table and REBASE disagree, with REBASE's entry. SEE: rebase.neb.com; NEB's pages of MluCI (^AATT), BseYI
 * (CCCAGC -5/-1, as PspFI) and TspRI (NNCASTGNN^, an overhang of 9 bases).
 */
const THEIR_SLIPS: { readonly [name: string]: string } = {
  MluCI: '^AATT',
  PspFI: 'CCCAGC(-5/-1)',
  TspRI: 'CASTG(2/-7)',
  TscAI: 'CASTG(2/-7)',
};

describe('the table of enzymes', () => {
  it('has at least 300 enzymes that stand in another table, too', () => {
    expect([...ENZYMES.keys()].filter((name) => byName.has(name)).length).toBeGreaterThan(300);
  });

  it('has their sites and cuts', () => {
    const odd = [...ENZYMES.values()].filter(({ name, site, top, bottom }) => {
      const other = byName.get(name);
      if (other === undefined) return false;
      return other.site.toUpperCase() !== site || other.topSnipOffset !== top || other.bottomSnipOffset !== bottom;
    });
    expect(Object.fromEntries(odd.map(({ name, notation }) => [name, notation]))).toEqual(THEIR_SLIPS);
  });

  it('cuts sites that read alike on both strands alike on both', () => {
    const odd = [...ENZYMES.values()].filter(
      ({ site, top, bottom }) => reverseComplement(site) === site && top + bottom !== site.length,
    );
    expect(odd).toEqual([]);
  });

  it('finds names in any case and of improved versions', () => {
    expect([enzymeNamed('ecori')?.name, enzymeNamed('BsaI-HFv2')?.name, enzymeNamed('BsmBI-v2')?.name]).toEqual([
      'EcoRI',
      'BsaI',
      'BsmBI',
    ]);
    expect(() => enzyme('EcoR1')).toThrow(/EcoRI/);
  });

  it('knows the common ones', () => {
    expect(COMMON.every((each) => each !== undefined)).toBe(true);
    expect(COMMON.length).toBeGreaterThan(55);
  });
});

// SEE: New England Biolabs, "Cleavage of DNA" (cross index of recognition sequences and overhangs): enzyme, overhang from
// 5' to 3' where both ends have the same, and which strand sticks out.
const OVERHANGS: readonly (readonly [enzyme: string, kind: string | null, bases: string])[] = [
  ['EcoRI', "5'", 'AATT'],
  ['BamHI', "5'", 'GATC'],
  ['HindIII', "5'", 'AGCT'],
  ['NdeI', "5'", 'TA'],
  ['NcoI', "5'", 'CATG'],
  ['XhoI', "5'", 'TCGA'],
  ['NotI', "5'", 'GGCC'],
  ['BglII', "5'", 'GATC'],
  ['SpeI', "5'", 'CTAG'],
  ['XbaI', "5'", 'CTAG'],
  ['ClaI', "5'", 'CG'],
  ['AscI', "5'", 'CGCG'],
  ['Sau3AI', "5'", 'GATC'],
  ['PstI', "3'", 'TGCA'],
  ['KpnI', "3'", 'GTAC'],
  ['SacI', "3'", 'AGCT'],
  ['SphI', "3'", 'CATG'],
  ['ApaI', "3'", 'GGCC'],
  ['AatII', "3'", 'ACGT'],
  ['PacI', "3'", 'AT'],
  ['NlaIII', "3'", 'CATG'],
  ['SmaI', null, ''],
  ['EcoRV', null, ''],
  ['PvuII', null, ''],
  ['StuI', null, ''],
  ['ScaI', null, ''],
];

describe('overhangs', () => {
  it.each(OVERHANGS)('%s leaves %s %s', (name, kind, bases) => {
    const { site } = enzyme(name);
    const [left, right] = digest(molecule(`TTACTTACTT${site}TTACTTACTT`), [enzyme(name)]);
    const end = kind === null ? null : { kind, bases };
    expect([left?.right, right?.left]).toEqual([end, end]);
    expect([left?.left, right?.right]).toEqual([null, null]);
  });

  // SEE: C. Engler et al., PLoS ONE 3 (2008) e3647, figure 1 (BsaI); REBASE: SapI GCTCTTC(1/4), BbsI GAAGAC(2/6),
  // BsmBI CGTCTC(1/5), FokI GGATG(9/13).
  it.each([
    ['BsaI', 'GGTCTCACGTATTTTTTTTTT', 'CGTA'],
    ['BbsI', 'GAAGACTTACGTTTTTTTTTT', 'ACGT'],
    ['BsmBI', 'CGTCTCTGCAATTTTTTTTTT', 'GCAA'],
    ['SapI', 'GCTCTTCAACGTTTTTTTTTT', 'ACG'],
    ['FokI', 'GGATGAAAAAAAAACGTATTTTT', 'CGTA'],
  ])('%s cuts beside its site: %s gives %s', (name, bases, overhang) => {
    expect(isTypeIIS(enzyme(name))).toBe(true);
    const sequence = `TTTTTTTTTT${bases}`;
    const [, right] = digest(molecule(sequence), [enzyme(name)]);
    expect(right?.left).toEqual({ kind: "5'", bases: overhang });
    const [turned] = digest(molecule(reverseComplement(sequence)), [enzyme(name)]);
    expect(turned?.right).toEqual({ kind: "5'", bases: overhang });
  });
});
