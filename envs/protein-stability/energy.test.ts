import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/rng.js';
import { AMINO, type Amino } from './amino.js';
import { ownEnergy, ownTerms, pairEnergy } from './energy.js';
import type { Vector } from './geometry.js';
import { blosum62, contactEnergy } from './pair-tables.js';
import { readPdb } from './pdb.js';
import { proteinOf } from './protein.js';
import { type Site, sitesOf } from './sites.js';
import { alternatives, coupling, ddG, difference, type Fold, type Mutation } from './stability.js';
import { sequenceOf } from './structure.js';
import { tasks } from './tasks.js';

const SITE: Site = {
  ...{ alpha: [0, 0, 0], out: [0, 0, 1], burial: 1, room: 0, place: 'other', phi: -63, near: [] },
};
const at = (site: Partial<Site>): Site => ({ ...SITE, ...site });

// SEE: Fauchere and Pliska 1983 (2.303 RT is 1.364 kcal/mol at 298 K), Pace and Scholtz 1998, Eriksson et al. 1992 (24
// cal/mol for each cubic angstrom of cavity), Aurora and Rose 1998 (-RT ln 1.58 for aspartate at the N-cap).
const OWN: readonly [
  what: string,
  site: Partial<Site>,
  from: Amino,
  to: Amino,
  term: keyof ReturnType<typeof ownTerms>,
  energy: number,
][] = [
  ['leucine to alanine, out of the water', {}, 'L', 'A', 'burial', 1.896],
  ['glycine to tryptophan, out of the water', {}, 'G', 'W', 'burial', -3.07],
  ['leucine to aspartate, out of the water', {}, 'L', 'D', 'burial', 3.37],
  ['glutamate to leucine, in the water', { burial: 0 }, 'E', 'L', 'exposure', 1.16],
  ['lysine to glutamate, in the water', { burial: 0 }, 'K', 'E', 'exposure', 0],
  ['leucine to alanine, leaving a hole', { room: 99.3 }, 'L', 'A', 'volume', 1.77],
  ['alanine to glycine in a helix', { place: 'helix' }, 'A', 'G', 'helix', 1],
  ['alanine to proline in a helix', { place: 'helix' }, 'A', 'P', 'helix', 3.16],
  ['leucine to aspartate before a helix', { place: 'N-cap' }, 'L', 'D', 'helix', -0.411],
  ['alanine to glycine behind a helix', { place: "C'" }, 'A', 'G', 'helix', -0.752],
  ['glycine to alanine in a loop', {}, 'G', 'A', 'helix', -0.72],
  ['glycine to alanine where the chain turns left', { phi: 60 }, 'G', 'A', 'helix', 1],
];

it.each(OWN)('%s', (_, site, from, to, term, energy) => {
  expect(ownTerms(at(site), to)[term] - ownTerms(at(site), from)[term]).toBeCloseTo(energy, 2);
});

it('the terms of a site are its energy', () => {
  const site = at({ burial: 0.6, room: 80, place: 'helix' });
  for (const amino of AMINO) {
    const sum = Object.values(ownTerms(site, amino)).reduce((total, term) => total + term, 0);
    expect(ownEnergy(site, amino)).toBeCloseTo(sum, 12);
  }
});

describe('pairs', () => {
  /** A site whose side chain faces the first one's, alpha carbons so far apart. */
  const facing = (far: number) => at({ alpha: [0, 0, far], out: [0, 0, -1] });

  // SEE: Debye and Huckel 1923 with 332.06 kcal A/mol, dielectric 40 and a screening length of 7.9 A.
  it('of charges attract and repel through salt water', () => {
    const far = 5 + 2.94 + 2.63;
    expect(pairEnergy(SITE, 'K', facing(far), 'E')).toBeCloseTo(-0.882, 2);
    expect(pairEnergy(SITE, 'K', facing(5 + 2 * 2.94), 'K')).toBeCloseTo(0.882, 2);
  });

  // SEE: Miyazawa and Jernigan 1996, table 3: -0.30 RT for two leucines, +0.70 for leucine and aspartate.
  it('that touch have the energy of their contact', () => {
    expect(pairEnergy(SITE, 'L', facing(3 + 2 * 2.08), 'L')).toBeCloseTo(-0.3 * 0.5925, 2);
    expect(pairEnergy(SITE, 'L', facing(3 + 2.08 + 1.99), 'D')).toBeCloseTo(0.7 * 0.5925, 2);
    expect(pairEnergy(SITE, 'L', facing(16), 'L')).toBe(0);
  });

  it('are the same from both sides', () => {
    for (const one of AMINO)
      for (const other of AMINO)
        expect([contactEnergy(one, other), blosum62(one, other)]).toEqual([
          contactEnergy(other, one),
          blosum62(other, one),
        ]);
  });
});

const folds = [0, 1, 2].map((index) => proteinOf(tasks.at('train', index)).fold);

/** Every single and pair energy of a sequence, added up: another road to differences. */
function whole({ sites }: Fold, sequence: string): number {
  let sum = 0;
  for (const [position, site] of sites.entries()) {
    sum += ownEnergy(site, sequence[position] as Amino);
    for (const other of site.near) {
      if (other < position) continue;
      sum += pairEnergy(site, sequence[position] as Amino, sites[other] as Site, sequence[other] as Amino);
    }
  }
  return sum;
}

describe('differences', () => {
  const rng = stream('energy', 'test');
  const sets = Array.from({ length: 30 }, (_, at) => {
    const fold = folds[at % folds.length] as Fold;
    const positions = rng.shuffled([...fold.sequence].map((_, position) => position)).slice(0, 1 + (at % 7));
    return { fold, mutations: positions.map((position): Mutation => ({ position, amino: rng.pick([...AMINO]) })) };
  });

  it('are those of the energies of both whole proteins', () => {
    for (const { fold, mutations } of sets) {
      const mutant = [...fold.sequence];
      for (const { position, amino } of mutations) mutant[position] = amino;
      expect(ddG(fold, mutations)).toBeCloseTo(whole(fold, mutant.join('')) - whole(fold, fold.sequence), 9);
    }
  });

  it('are the same in any order, and add up by term', () => {
    for (const { fold, mutations } of sets) {
      const energy = ddG(fold, mutations);
      expect(ddG(fold, [...mutations].reverse())).toBeCloseTo(energy, 9);
      expect(Object.values(difference(fold, mutations)).reduce((sum, term) => sum + term, 0)).toBeCloseTo(energy, 9);
    }
  });

  it('of two mutations are those of each and their coupling', () => {
    for (const { fold, mutations } of sets) {
      const [one, other] = mutations;
      if (one === undefined || other === undefined) continue;
      const apart = ddG(fold, [one]) + ddG(fold, [other]);
      expect(ddG(fold, [one, other])).toBeCloseTo(apart + coupling(fold, one, other), 9);
    }
  });

  it('of all exchanges at a place are those of each', () => {
    const fold = folds[0] as Fold;
    const energies = alternatives(fold, 20, [...AMINO]);
    for (const [at, amino] of [...AMINO].entries())
      expect(energies[at]).toBeCloseTo(ddG(fold, [{ position: 20, amino }]), 9);
  });
});

it('a protein turned and moved in space has the same energies', () => {
  const capsid = readPdb(readFileSync(new URL('./structures/1a8o.pdb', import.meta.url), 'utf8'));
  const turned = capsid.map((residue) => ({
    ...residue,
    atoms: Object.fromEntries(
      Object.entries(residue.atoms).map(([name, [x, y, z]]) => [
        name,
        [0.6 * z - 0.8 * x + 9, y - 40, -0.6 * x - 0.8 * z] as Vector,
      ]),
    ),
  }));
  const sequence = sequenceOf(capsid);
  const [one, other] = [sitesOf(capsid), sitesOf(turned)];
  const mutations = [10, 13, 33, 39, 51].map((position) => ({ position, amino: 'A' }));
  expect(ddG({ sites: other, sequence }, mutations)).toBeCloseTo(ddG({ sites: one, sequence }, mutations), 6);
});
