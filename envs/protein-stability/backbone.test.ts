import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AMINO } from './amino.js';
import { bareBundle, bundle } from './bundle.js';
import type { Coil } from './crick.js';
import { dihedral, distance, type Vector } from './geometry.js';
import { backboneBonds } from './hydrogen-bonds.js';
import { COILS } from './library.js';
import { readPdb } from './pdb.js';
import { secondaryStructure } from './secondary.js';
import { grown, rotamersOf } from './sidechains.js';
import { sitesOf } from './sites.js';
import { atom, betaOf, type Residue, type Structure } from './structure.js';

const poly = (coil: Coil) => bareBundle(coil, 'A'.repeat(coil.helices * coil.length));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Runs over neighbours of one chain. */
function along(structure: Structure, size: number): Residue[][] {
  const windows = structure.map((_, at) => structure.slice(at, at + size));
  return windows.filter((window) => window.length === size && window.every(({ chain }) => chain === window[0]?.chain));
}

describe.each(COILS.slice(0, 6))('a bundle of $helices helices, radius $radius, pitch $pitch', (coil) => {
  const structure = poly(coil);

  // SEE: L. Pauling, R. B. Corey, H. R. Branson, PNAS 37 (1951) 205: 1.5 angstroms and 100 degrees a residue; trans peptides
  // hold neighbouring alpha carbons 3.80 angstroms apart. SEE: Grigoryan and DeGrado 2011: phi -63, psi -42 in coiled coils.
  it('is made of alpha helices', () => {
    const neighbours = along(structure, 2).map(([one, other]) =>
      distance(atom(one as Residue, 'CA'), atom(other as Residue, 'CA')),
    );
    for (const far of neighbours) expect(far).toBeCloseTo(3.8, 1);
    const turn = along(structure, 5).map((window) =>
      distance(atom(window[0] as Residue, 'CA'), atom(window[4] as Residue, 'CA')),
    );
    // Four residues on: 6.0 along the axis and 1.6 across, at a radius of 2.3.
    expect(mean(turn)).toBeCloseTo(6.2, 1);
    for (const [before, here, after] of along(structure, 3) as [Residue, Residue, Residue][]) {
      const [n, ca, c] = [atom(here, 'N'), atom(here, 'CA'), atom(here, 'C')];
      expect(Math.abs(dihedral(atom(before, 'C'), n, ca, c) + 63)).toBeLessThan(3);
      expect(Math.abs(dihedral(n, ca, c, atom(after, 'N')) + 42)).toBeLessThan(3);
    }
  });

  // SEE: mdtraj 1.11.1 gives the same letters for these bundles written as PDB files.
  it('has the letters of helices but at the ends', () => {
    const letters = secondaryStructure(structure);
    const one = `-${'H'.repeat(coil.length - 2)}-`;
    expect(letters).toBe(one.repeat(coil.helices));
  });

  it('has a cap at either end of every helix', () => {
    const places = sitesOf(structure).map(({ place }) => place);
    const helix = ['N-cap', 'N1', 'N2', 'N3', ...Array(coil.length - 8).fill('helix'), 'C3', 'C2', 'C1', 'C-cap'];
    expect(places).toEqual(Array(coil.helices).fill(helix).flat());
  });

  it('has the bond of every N-H to the C=O four before', () => {
    const bonds = new Set(backboneBonds(structure).map(({ donor, acceptor }) => `${donor} ${acceptor}`));
    for (const window of along(structure, 5)) {
      const first = structure.indexOf(window[0] as Residue);
      expect(bonds).toContain(`${first + 4} ${first}`);
    }
  });

  it('winds to the left about the common axis, at its radius and pitch', () => {
    const axis = along(structure.slice(0, coil.length), 7).map((window) => heptadMiddle(window));
    const radii = axis.map(([x, y]) => Math.hypot(x, y));
    expect(mean(radii)).toBeCloseTo(coil.radius, 0);
    const [first, last] = [axis[0] as Vector, axis.at(-1) as Vector];
    let turned = Math.atan2(last[1], last[0]) - Math.atan2(first[1], first[0]);
    if (turned > Math.PI) turned -= 2 * Math.PI;
    if (turned < -Math.PI) turned += 2 * Math.PI;
    expect(turned).toBeLessThan(0);
    expect(((last[2] - first[2]) * 2 * Math.PI) / -turned / coil.pitch).toBeCloseTo(1, 1);
  });

  it('is of L amino acids, with the beta carbon where alanine has it', () => {
    for (const residue of structure) {
      const [n, ca, c, cb] = ['N', 'CA', 'C', 'CB'].map((name) => atom(residue, name)) as [
        Vector,
        Vector,
        Vector,
        Vector,
      ];
      expect(dihedral(n, c, ca, cb)).toBeGreaterThan(100);
      expect(distance(betaOf(residue), cb)).toBeLessThan(0.1);
    }
  });
});

/** NOTE: two turns of a helix are seven residues, so that the mean of their alpha carbons lies near its axis. */
function heptadMiddle(window: readonly Residue[]): Vector {
  const places = window.map((residue) => atom(residue, 'CA'));
  return [0, 1, 2].map((axis) => mean(places.map((place) => place[axis] as number))) as unknown as Vector;
}

describe('side chains', () => {
  const capsid = readPdb(readFileSync(new URL('./structures/1a8o.pdb', import.meta.url), 'utf8'));
  const CHI: { readonly [amino: string]: string } = {
    ...{ R: 'CG CD NE CZ NH1', N: 'CG OD1', D: 'CG OD1', C: 'SG', Q: 'CG CD OE1', E: 'CG CD OE1', H: 'CG ND1' },
    ...{ I: 'CG1 CD1', L: 'CG CD1', K: 'CG CD CE NZ', M: 'CG SD CE', F: 'CG CD1', P: 'CG CD', S: 'OG', T: 'OG1' },
    ...{ W: 'CG CD1', Y: 'CG CD1', V: 'CG1' },
  };

  // SEE: wwPDB entry 1A8O, refined at 1.7 angstroms: bond lengths, angles and handedness of 15 kinds of side chains.
  it('grown with the dihedrals of a crystal lie where the crystal has them', () => {
    const misses = capsid.flatMap((residue) => {
      const { amino, atoms } = residue;
      const names = ['N', 'CA', 'CB', ...(CHI[amino]?.split(' ') ?? [])].slice(0, amino === 'R' ? 7 : undefined);
      if (CHI[amino] === undefined || names.some((name) => atoms[name] === undefined)) return [];
      const places = names.map((name) => atoms[name] as Vector);
      const turns = places
        .slice(3)
        .map((place, at) => dihedral(...(places.slice(at, at + 3) as [Vector, Vector, Vector]), place));
      const made = grown(amino, atoms, turns);
      return Object.entries(made).map(([name, place]) => ({ amino, far: distance(place, atoms[name] as Vector) }));
    });
    expect(new Set(misses.map(({ amino }) => amino)).size).toBeGreaterThanOrEqual(15);
    for (const { far, amino } of misses) expect(far, amino).toBeLessThan(0.6);
    expect(mean(misses.map(({ far }) => far))).toBeLessThan(0.15);
  });

  it('of every kind can be grown, in every rotamer, with atoms a bond apart', () => {
    const base = poly(COILS[0] as Coil)[10] as Residue;
    for (const amino of AMINO) {
      for (const rotamer of rotamersOf(amino)) {
        const atoms: Vector[] = [atom(base, 'CB'), ...Object.values(grown(amino, base.atoms, rotamer))];
        for (const [at, place] of atoms.entries()) {
          const nearest = Math.min(
            ...atoms.filter((_, other) => other !== at).map((other) => distance(other, place)),
            atoms.length === 1 ? 1.5 : 9,
          );
          expect(nearest).toBeGreaterThan(1.2);
          expect(nearest).toBeLessThan(1.9);
        }
      }
    }
  });

  it('keep out of each other as far as their rotamers let them', () => {
    const coil = COILS[1] as Coil;
    const sequence = Array.from(
      { length: coil.helices * coil.length },
      (_, at) => 'LEKLAEK'[(at % coil.length) % 7],
    ).join('');
    const atoms = bundle(coil, sequence).flatMap(({ atoms }, at) =>
      Object.values(atoms).map((place) => ({ at, place })),
    );
    const pairs = atoms.flatMap((one, index) =>
      atoms.slice(index + 1).filter((other) => other.at - one.at > 1 && distance(one.place, other.place) < 2.4),
    );
    expect(pairs.length / atoms.length).toBeLessThan(0.03);
  });
});
