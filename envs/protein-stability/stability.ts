import type { Amino } from './amino.js';
import { ownEnergy, ownTerms, pairEnergy, pairTerm, TERMS, type Term, type Terms } from './energy.js';
import type { Site } from './sites.js';

/** One residue put in the place of another; positions count all chains from 0. */
export interface Mutation {
  readonly position: number;
  readonly amino: Amino;
}

/** What energies are worked out on: what each position offers, and what stands there. */
export interface Fold {
  readonly sites: readonly Site[];
  readonly sequence: string;
}

/**
 * The difference in energy that mutations make, kcal/mol; below 0 the mutant is the more stable. The backbone stays as
 * it is and every side chain at its mean place: a scoring model, not a prediction of what a laboratory would measure.
 */
export function ddG(fold: Fold, mutations: readonly Mutation[]): number {
  const [only, second] = mutations;
  if (only !== undefined && second === undefined) return alternatives(fold, only.position, [only.amino])[0] as number;
  const { sites, sequence } = fold;
  // NOTE: one after the other, each in the protein as the ones before have left it, so that pairs count once.
  const residues = [...sequence];
  let sum = 0;
  for (const { position, amino } of mutations) {
    sum +=
      standing(sites, residues, position, amino) - standing(sites, residues, position, residues[position] as Amino);
    residues[position] = amino;
  }
  return sum;
}

/** What each single exchange at a position makes, kcal/mol, in the order of the letters given. */
export function alternatives({ sites, sequence }: Fold, position: number, aminos: readonly Amino[]): number[] {
  const wild = standing(sites, sequence, position, sequence[position] as Amino);
  return aminos.map((amino) => standing(sites, sequence, position, amino) - wild);
}

/** The energy of a residue among others, kcal/mol. */
function standing(sites: readonly Site[], residues: ArrayLike<Amino>, position: number, amino: Amino): number {
  const site = sites[position] as Site;
  let sum = ownEnergy(site, amino);
  for (const other of site.near) sum += pairEnergy(site, amino, sites[other] as Site, residues[other] as Amino);
  return sum;
}

/** The difference that mutations make, term by term, kcal/mol. */
export function difference({ sites, sequence }: Fold, mutations: readonly Mutation[]): Terms {
  const sum = Object.fromEntries(Object.keys(TERMS).map((term) => [term, 0])) as { [term in Term]: number };
  const residues = [...sequence];
  for (const { position, amino } of mutations) {
    addTerms(sum, sites, residues, position, amino, 1);
    addTerms(sum, sites, residues, position, residues[position] as Amino, -1);
    residues[position] = amino;
  }
  return sum;
}

function addTerms(
  sum: { [term in Term]: number },
  sites: readonly Site[],
  residues: readonly Amino[],
  position: number,
  amino: Amino,
  sign: 1 | -1,
): void {
  const site = sites[position] as Site;
  for (const [term, energy] of Object.entries(ownTerms(site, amino))) sum[term as Term] += sign * energy;
  for (const other of site.near) {
    const partner = residues[other] as Amino;
    sum[pairTerm(amino, partner)] += sign * pairEnergy(site, amino, sites[other] as Site, partner);
  }
}

/** What two mutations make together beyond what each makes alone, kcal/mol. */
export function coupling({ sites, sequence }: Fold, one: Mutation, other: Mutation): number {
  const [here, there] = [sites[one.position] as Site, sites[other.position] as Site];
  if (!here.near.includes(other.position)) return 0;
  const [wild, partner] = [sequence[one.position] as Amino, sequence[other.position] as Amino];
  const alone = pairEnergy(here, one.amino, there, partner) + pairEnergy(here, wild, there, other.amino);
  return pairEnergy(here, one.amino, there, other.amino) + pairEnergy(here, wild, there, partner) - alone;
}
