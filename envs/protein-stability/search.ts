import { AMINO } from './amino.js';
import { coupling, ddG, type Fold, type Mutation } from './stability.js';

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

/** Sets kept at each size. */
const BEAM = 12;
/** Single mutations that sets are made of, the best alone first. */
const CANDIDATES = 90;

/**
 * The best set of 3 to 7 mutations that a beam search over sets of growing size finds, each member then exchanged for
 * better ones while there are any. It is the mark that rewards are measured by; a better set, if there is one, pays no
 * more.
 */
export function bestOf(fold: Fold): Found {
  const all = singles(fold);
  const candidates = all.slice(0, CANDIDATES);
  let beam: readonly Found[] = [{ mutations: [], energy: 0 }];
  let best: Found | null = null;
  for (let size = 1; size <= MOST; size++) {
    beam = widened(fold, beam, candidates);
    const first = beam[0] as Found;
    if (size >= FEWEST && (best === null || first.energy < best.energy)) best = first;
  }
  return exchanged(fold, best as Found, all);
}

/** All single mutations, the best first. */
function singles(fold: Fold): Candidate[] {
  const all = [...fold.sequence].flatMap((wild, position) =>
    [...AMINO]
      .filter((amino) => amino !== wild)
      .map((amino) => ({ position, amino, alone: ddG(fold, [{ position, amino }]) })),
  );
  return all.sort((x, y) => x.alone - y.alone);
}

function widened(fold: Fold, beam: readonly Found[], candidates: readonly Candidate[]): Found[] {
  const wider = new Map<string, Found>();
  for (const { mutations, energy } of beam) {
    for (const { position, amino, alone } of candidates) {
      if (mutations.some((mutation) => mutation.position === position)) continue;
      const with_ = mutations.reduce((sum, other) => sum + coupling(fold, other, { position, amino }), energy + alone);
      const set = [...mutations, { position, amino }].sort((x, y) => x.position - y.position);
      wider.set(set.map((mutation) => `${mutation.position}${mutation.amino}`).join(), {
        mutations: set,
        energy: with_,
      });
    }
  }
  return [...wider.values()].sort((x, y) => x.energy - y.energy).slice(0, BEAM);
}

function exchanged(fold: Fold, start: Found, candidates: readonly Candidate[]): Found {
  let now = start;
  for (let at = 0, kept = 0; kept < now.mutations.length; at = (at + 1) % now.mutations.length) {
    const rest = now.mutations.filter((_, index) => index !== at);
    const [better] = widened(fold, [{ mutations: rest, energy: ddG(fold, rest) }], candidates);
    kept = better !== undefined && better.energy < now.energy - 1e-9 ? 0 : kept + 1;
    if (kept === 0) now = better as Found;
  }
  return now;
}
