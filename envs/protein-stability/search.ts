import { AMINO } from './amino.js';
import { alternatives, coupling, ddG, type Fold, type Mutation } from './stability.js';

/** How many mutations are taken. */
export const FEWEST = 3;
export const MOST = 7;

/** A set of mutations and the difference in energy it makes, kcal/mol. */
export interface Found {
  readonly mutations: readonly Mutation[];
  readonly energy: number;
}

interface Candidate extends Mutation {
  readonly alone: number;
}

/**
 * A set of 3 to 7 mutations that no exchange of one of them makes better: the best is added to the set, one after the
 * other, then each is exchanged for better ones while there are any. It is the mark that rewards are measured by; a
 * better set, if there is one, pays no more.
 */
export function bestOf(fold: Fold): Found {
  const candidates = singles(fold);
  let now: Found = { mutations: [], energy: 0 };
  while (now.mutations.length < MOST) {
    const wider = refilled(fold, now, candidates);
    if (now.mutations.length >= FEWEST && wider.energy >= now.energy) break;
    now = wider;
  }
  return exchanged(fold, now, candidates);
}

const LETTERS = [...AMINO];

/** All single mutations, the best first. */
function singles(fold: Fold): Candidate[] {
  const all = [...fold.sequence].flatMap((wild, position) => {
    const energies = alternatives(fold, position, LETTERS);
    return LETTERS.map((amino, at) => ({ position, amino, alone: energies[at] as number })).filter(
      ({ amino }) => amino !== wild,
    );
  });
  return all.sort((x, y) => x.alone - y.alone);
}

function exchanged(fold: Fold, start: Found, candidates: readonly Candidate[]): Found {
  let now = start;
  for (let at = 0, kept = 0; kept < now.mutations.length; at = (at + 1) % now.mutations.length) {
    const mutations = now.mutations.filter((_, index) => index !== at);
    const better = refilled(fold, { mutations, energy: ddG(fold, mutations) }, candidates);
    kept = better.energy < now.energy - 1e-9 ? 0 : kept + 1;
    if (kept === 0) now = better;
  }
  return now;
}

/** More than the other mutations of a set add to one but rarely, kcal/mol. */
const SLACK = 3;

/** A set with the mutation more that does it the most good. */
function refilled(fold: Fold, rest: Found, candidates: readonly Candidate[]): Found {
  const taken = new Set(rest.mutations.map(({ position }) => position));
  let best: Candidate | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    // NOTE: candidates come by their energy alone, and couplings add little: those far behind hardly ever catch up.
    if (rest.energy + candidate.alone > least + SLACK) break;
    if (taken.has(candidate.position)) continue;
    const energy = rest.mutations.reduce(
      (sum, other) => sum + coupling(fold, other, candidate),
      rest.energy + candidate.alone,
    );
    if (energy < least) [best, least] = [candidate, energy];
  }
  if (best === null) return rest;
  const { position, amino } = best;
  const set = [...rest.mutations, { position, amino }];
  return { mutations: set.sort((x, y) => x.position - y.position), energy: least };
}
