import type { Amino } from './amino.js';
import { type OwnTerms, ownTerms, pairEnergy, pairTerm, TERMS, type Term, type Terms } from './energy.js';
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
  let sum = 0;
  differ(fold, mutations, (_, energy) => {
    sum += energy;
  });
  return sum;
}

/** The same difference, term by term. */
export function difference(fold: Fold, mutations: readonly Mutation[]): Terms {
  const sum = Object.fromEntries(Object.keys(TERMS).map((term) => [term, 0])) as { [term in Term]: number };
  differ(fold, mutations, (term, energy) => {
    sum[term] += energy;
  });
  return sum;
}

type Tell = (term: Term, energy: number) => void;

/** Tells each difference once. A mutation is compared with the wild type in its place, pair by pair. */
function differ({ sites, sequence }: Fold, mutations: readonly Mutation[], tell: Tell): void {
  for (const { position, amino } of mutations) {
    const site = sites[position] as Site;
    const wild = sequence[position] as Amino;
    tellOwn(ownTerms(site, amino), 1, tell);
    tellOwn(ownTerms(site, wild), -1, tell);
    for (const other of site.near) {
      const there = sequence[other] as Amino;
      const partner = mutations.find((mutation) => mutation.position === other)?.amino;
      // NOTE: a pair of two mutations is met from both sides and counted from the first.
      if (partner !== undefined && other < position) continue;
      const now = partner ?? there;
      const beside = sites[other] as Site;
      tell(pairTerm(amino, now), pairEnergy(site, amino, beside, now));
      tell(pairTerm(wild, there), -pairEnergy(site, wild, beside, there));
    }
  }
}

function tellOwn(own: OwnTerms, sign: 1 | -1, tell: Tell): void {
  tell('burial', sign * own.burial);
  tell('exposure', sign * own.exposure);
  tell('volume', sign * own.volume);
  tell('helix', sign * own.helix);
}

/** What two mutations make together beyond what each makes alone, kcal/mol. */
export function coupling({ sites, sequence }: Fold, one: Mutation, other: Mutation): number {
  const [here, there] = [sites[one.position] as Site, sites[other.position] as Site];
  if (!here.near.includes(other.position)) return 0;
  const [wild, partner] = [sequence[one.position] as Amino, sequence[other.position] as Amino];
  const alone = pairEnergy(here, one.amino, there, partner) + pairEnergy(here, wild, there, other.amino);
  return pairEnergy(here, one.amino, there, other.amino) + pairEnergy(here, wild, there, partner) - alone;
}
