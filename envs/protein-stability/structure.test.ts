import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BondType, bondsAmong } from './bonds.js';
import { distance } from './geometry.js';
import { backboneBonds } from './hydrogen-bonds.js';
import { readPdb, writePdb } from './pdb.js';
import { readStructure } from './protein.js';
import { burialsOf, stemsOf } from './room.js';
import { secondaryStructure } from './secondary.js';
import { atom, type Residue, type Structure, sequenceOf } from './structure.js';

function file(name: string): Structure {
  return readStructure(readFileSync(new URL(`./structures/${name}`, import.meta.url), 'utf8'));
}

const capsid = file('1a8o.pdb');
const conotoxin = file('1as5.cif');

// Entries of the Protein Data Bank, cut down to what is needed. SEE: wwPDB entries 1A8O, 2BEG, 1AS5, 1A7G, 1GBT (CC0).
// The letters are those of mdtraj 1.11.1, `compute_dssp(simplified=False)`; of 2BEG, 1A7G and 1GBT the
// backbone alone is there.
const LETTERS: readonly [file: string, sequence: string, letters: string][] = [
  [
    '1a8o.pdb',
    'MDIRQGPKEPFRDYVDRFYKTLRAEQASQEVKNWMTETLLVQNANPDCKTILKALGPGATLEEMMTACQG',
    '------TTS-HHHHHHHHHHHHHTTT--HHHHHHHHHTHHHHTS-HHHHHHHHTT-TT--HHHHHHHT--',
  ],
  [
    '2beg-ab.pdb',
    'LVFFAEDVGSNKGAIIGLMVGGVVIALVFFAEDVGSNKGAIIGLMVGGVVIA',
    '-EEEEEEEEES--SEEEEEEEEEEE--EEEEEEEEES--SEEEEEEEEEEE-',
  ],
  ['1as5.cif', 'HPPCCLYGKCRRYPGCSSASCCQR', '---SSSTT-----TT-TT---S--'],
  [
    '1a7g-backbone.cif',
    'ATTPIIHLKGDANILKCLRYRLSKYKQLYEQVSSTWHWTCTDGKHKNAIVTLTYISTSQRDDFLNTVVIPNTVSVSTGYMTI',
    '-EEEEEEEEE-HHHHHHHHHHGGG-GGG-S-B---EE-TT---TTTTEEEEEE-S-HHHHHHHHHHS---TTSEEEEEEEE-',
  ],
  [
    '1gbt-part.pdb',
    'LNSGYHFCGGSLINSQWVVSAAHCYKSGIQVRLGEDNINVVEGNEQFISASKSIVH',
    '-BSSSB----EEEETTEEE--GGG--SS-EEEES-SSTTS--SS-EEEE-S-----',
  ],
];

describe('files of the Protein Data Bank', () => {
  it.each(LETTERS)('%s is read, and its letters are those of DSSP', (name, sequence, letters) => {
    const structure = file(name);
    expect(sequenceOf(structure)).toBe(sequence);
    expect(secondaryStructure(structure)).toBe(letters);
  });

  it('keep the numbers and chains they give', () => {
    expect(capsid.map(({ chain, number }) => chain + number).slice(0, 2)).toEqual(['A151', 'A152']);
    expect(capsid.at(-1)?.number).toBe('220');
    expect(
      file('2beg-ab.pdb')
        .map(({ chain }) => chain)
        .join(''),
    ).toBe('A'.repeat(26) + 'B'.repeat(26));
  });

  it('give their first model alone', () => {
    // The file holds two of the fourteen models; the first begins with N at 8.305, 4.928, 4.859.
    expect(conotoxin[0]?.atoms.N).toEqual([8.305, 4.928, 4.859]);
    expect(conotoxin).toHaveLength(24);
  });

  it('are the same when written and read again', () => {
    expect(readPdb(writePdb(capsid))).toEqual(capsid);
  });
});

// SEE: alpha carbons of 1A8O as Bio.PDB of Biopython 1.88 measures them.
const DISTANCES: readonly [one: number, other: number, angstroms: number][] = [
  [0, 69, 23.65],
  [10, 14, 6.1],
  [13, 17, 6.03],
  [47, 67, 5.66],
  [20, 30, 12.84],
];

it.each(DISTANCES)('alpha carbons %i and %i of 1A8O are %f angstroms apart', (one, other, angstroms) => {
  expect(distance(atom(capsid[one] as Residue, 'CA'), atom(capsid[other] as Residue, 'CA'))).toBeCloseTo(angstroms, 2);
});

// SEE: energies of Kabsch and Sander as mdtraj 1.11.1, `kabsch_sander`, gives them for 1A8O.
const ENERGIES: readonly [acceptor: number, donor: number, energy: number][] = [
  [5, 8, -1.22],
  [9, 13, -1.68],
  [10, 14, -2.71],
  [13, 17, -2.9],
  [21, 24, -1.36],
  [37, 41, -3.05],
  [44, 48, -3.17],
  [60, 64, -2.95],
  [67, 10, -0.66],
];

it.each(ENERGIES)('the bond to %i from %i of 1A8O has %f kcal/mol', (acceptor, donor, energy) => {
  const bond = backboneBonds(capsid).find((one) => one.acceptor === acceptor && one.donor === donor);
  expect(bond?.energy).toBeCloseTo(energy, 1);
});

// SEE: the SSBOND record of 1A8O and struct_conn of 1AS5; all else as Bio.PDB of Biopython 1.88 measures 1A8O.
const BONDS: readonly [structure: Structure, type: BondType, one: number, other: number, angstroms: number][] = [
  [capsid, 'disulfide_bonds', 47, 67, 2.04],
  [conotoxin, 'disulfide_bonds', 3, 15, 2],
  [conotoxin, 'disulfide_bonds', 4, 20, 2],
  [conotoxin, 'disulfide_bonds', 9, 21, 1.99],
  [capsid, 'salt_bridges', 8, 16, 2.81],
  [capsid, 'salt_bridges', 11, 15, 3.06],
  [capsid, 'repulsive_ionic_bonding', 8, 12, 5.49],
  [capsid, 'repulsive_ionic_bonding', 12, 15, 5.09],
  [capsid, 'pi_stacking', 10, 13, 5.75],
  [capsid, 'pi_stacking', 13, 17, 6],
];

describe('bonds', () => {
  it.each(BONDS)('%#: a pair that is bonded', (structure, type, one, other, angstroms) => {
    const [bond, ...rest] = bondsAmong(structure, [one, other], type);
    expect(rest).toEqual([]);
    expect(bond?.distance).toBeCloseTo(angstroms, 1);
  });

  it('are none where nothing is near enough', () => {
    expect(bondsAmong(capsid, [8, 12, 15], 'salt_bridges')).toEqual([]);
    // The guanidinium of R16 is 6.32 angstroms from the ring of Y13, past the 6 of a cation over a ring.
    expect(bondsAmong(capsid, [13, 16], 'pi_cation')).toEqual([]);
    expect(bondsAmong(conotoxin, [3, 4, 9], 'disulfide_bonds')).toEqual([]);
  });

  it('of hydrogen join every fourth residue of a helix', () => {
    for (const at of [10, 11, 12, 13]) {
      const found = bondsAmong(capsid, [at, at + 4], 'hydrogen_bonds');
      expect(found.map(({ atoms }) => atoms)).toContainEqual(['O', 'N']);
    }
  });

  it('tell how rings lie', () => {
    expect(bondsAmong(capsid, [10, 13], 'pi_stacking')[0]?.planes).toBeCloseTo(61.1, 0);
    expect(bondsAmong(capsid, [13, 17], 'pi_stacking')[0]?.planes).toBeCloseTo(70.2, 0);
  });
});

// SEE: accessible share of each residue of 1A8O, FreeSASA 2.2.1, `relativeTotal`; null for selenomethionine.
const EXPOSED: readonly (number | null)[] = [
  ...[null, 0.94, 0.16, 0.64, 0.08, 0.28, 0.73, 0.9, 0.21, 0.41, 0.02, 0.59, 0.49, 0, 0.04, 0.47, 0.38, 0, 0.19, 0.72],
  ...[0.36, 0.05, 0.63, 0.62, 0.74, 0.83, 0.17, 0.54, 0.64, 0.56, 0.34, 0.33, 0.44, 0.56, null, 0.07, 0.53, 0.4, 0.29],
  ...[
    0, 0.03, 0.42, 0.06, 0.08, 0.08, 0.77, 0.73, 0.05, 0.36, 0.69, 0.45, 0.03, 0.56, 0.8, 0.39, 0.42, 1.03, 0.76, 0.17,
  ],
  ...[0.46, 0.19, 0.6, 0.54, null, null, 0.63, 0.33, 0.13, 0.75, 1.36],
];

it('what counts as buried is what water does not reach', () => {
  const burials = burialsOf(stemsOf(capsid));
  const known = EXPOSED.flatMap((share, at) => (share === null ? [] : [[share, burials[at] as number] as const]));
  const ranks = (values: readonly number[]) =>
    values.map(
      (value) => values.filter((other) => other < value).length + values.filter((other) => other === value).length / 2,
    );
  const [x, y] = [ranks(known.map(([share]) => share)), ranks(known.map(([, burial]) => burial))];
  expect(correlation(x, y)).toBeLessThan(-0.75);
});

function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const product = x.reduce((sum, value, at) => sum + (value - mx) * ((y[at] as number) - my), 0);
  const spread = (values: readonly number[], middle: number) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0));
  return product / (spread(x, mx) * spread(y, my));
}

const ATOM = 'ATOM      1  N   ALA A   1      11.104   6.134  -6.504  1.00  0.00           N';

describe('files that can not be read', () => {
  const broken: readonly [what: string, text: string, says: RegExp][] = [
    ['nothing', '', /no protein/],
    ['a single atom', ATOM, /no protein/],
    ['coordinates that are none', ATOM.replace('11.104', '11.1O4'), /line 1 .*31-54/],
    ['a line cut short', ATOM.slice(0, 40), /line 1/],
    ['mmCIF without atoms', 'data_x\n_cell.length_a 1\n', /no table of atoms/],
    [
      'mmCIF without coordinates',
      'data_x\nloop_\n_atom_site.label_atom_id\n_atom_site.label_comp_id\nN ALA\n',
      /auth_seq_id|label_asym_id|no column/,
    ],
    ['mmCIF broken off', 'data_x\nloop_\n_atom_site.label_atom_id\n_atom_site.label_comp_id\nN\n', /broken off/],
  ];
  it.each(broken)('are refused: %s', (_, text, says) => {
    expect(() => readStructure(text)).toThrow(says);
  });
});

describe('atoms', () => {
  const residue = (alternative: string, x: number, occupancy: number) =>
    ['N', 'CA', 'C', 'O'].map((name, at) => {
      const xyz = [x + at, 0, 0].map((value) => value.toFixed(3).padStart(8)).join('');
      return `ATOM  ${String(at + 1).padStart(5)}  ${name.padEnd(3)}${alternative}ALA A   7A   ${xyz}  ${occupancy.toFixed(2)}  0.00`;
    });

  it('of the likeliest alternative place are taken, and inserted residues keep their letter', () => {
    const [only] = readPdb([...residue('A', 1, 0.3), ...residue('B', 5, 0.7)].join('\n'));
    expect(only?.number).toBe('7A');
    expect(only?.atoms.N).toEqual([5, 0, 0]);
  });

  it('of water and hydrogen are left out', () => {
    const extra = [
      'HETATM    9  O   HOH A   8      1.000   1.000   1.000  1.00  0.00           O',
      'ATOM     10 1HB  ALA A   7A      1.000   1.000   1.000  1.00  0.00',
    ];
    const [only, ...rest] = readPdb([...residue(' ', 1, 1), ...extra].join('\n'));
    expect(rest).toEqual([]);
    expect(Object.keys(only?.atoms ?? {})).toEqual(['N', 'CA', 'C', 'O']);
  });
});
