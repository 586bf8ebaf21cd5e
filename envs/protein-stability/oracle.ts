import { AMINO } from './amino.js';
import { ddG, type Fold, type Mutation } from './stability.js';

/** Mutations that are good alone and tried together. */
const TRIED = 400;
const COUNT = 7;

/** A set of mutations and its score. */
type Scored = { readonly set: readonly Mutation[]; readonly score: number };

/** Searches from so many first mutations. */
const STARTS = 2;

/**
 * A set of seven mutations, asking nothing but the score: from each of a few first mutations one is added after the
 * other; of the best set each one, and then each two, are taken out and put in anew as long as that helps.
 */
export function bestSet(fold: Fold): readonly Mutation[] {
  const all = [...fold.sequence].flatMap((wild, position) =>
    [...AMINO]
      .filter((amino) => amino !== wild)
      .map((amino) => ({ position, amino, score: ddG(fold, [{ position, amino }]) })),
  );
  const tried = all.sort((x, y) => x.score - y.score).slice(0, TRIED);
  const ends = tried.slice(0, STARTS).map((first) => filled(fold, [first], tried));
  let now = ends.reduce((best, end) => (end.score < best.score ? end : best));
  for (let next = better(fold, now, tried); next !== null; next = better(fold, now, tried)) now = next;
  return now.set;
}

/** A better set with one or two members exchanged; null where there is none. */
function better(fold: Fold, { set, score }: Scored, tried: readonly Mutation[]): Scored | null {
  const places = [...set.keys()];
  const pairs = places.flatMap((one) => places.slice(one + 1).map((other) => [one, other]));
  for (const out of [...places.map((one) => [one]), ...pairs]) {
    const rest = set.filter((_, at) => !out.includes(at));
    const next = filled(fold, rest, tried);
    if (next.score < score - 1e-9) return next;
  }
  return null;
}

function holds(set: readonly Mutation[], { position }: Mutation): boolean {
  return set.some((mutation) => mutation.position === position);
}

/** A set filled up to seven, each time with the mutation that is best on the protein as it is by then. */
function filled({ sites, sequence }: Fold, set: readonly Mutation[], tried: readonly Mutation[]): Scored {
  const mutant = [...sequence];
  for (const { position, amino } of set) mutant[position] = amino;
  const now = [...set];
  while (now.length < COUNT) {
    const fold = { sites, sequence: mutant.join('') };
    let best: { mutation: Mutation; score: number } | null = null;
    for (const mutation of tried) {
      if (holds(now, mutation)) continue;
      const score = ddG(fold, [mutation]);
      if (best === null || score < best.score) best = { mutation, score };
    }
    if (best === null) break;
    now.push(best.mutation);
    mutant[best.mutation.position] = best.mutation.amino;
  }
  return { set: now, score: ddG({ sites, sequence }, now) };
}
