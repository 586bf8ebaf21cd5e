import type { Rng } from '../../src/core/rng.js';
import { AMINO, type Amino } from './amino.js';
import { CORE_FROM } from './design.js';
import { blosum62 } from './pair-tables.js';
import type { Site } from './sites.js';
import { ddG, type Fold, type Mutation } from './stability.js';
import type { Flaw } from './types.js';

/** How many relatives a generated protein has. */
const RELATIVES = 24;

/**
 * Residues that nearly all relatives have and the protein does not, and that would harm it: kept in the family for what
 * it does, not for how stable it is.
 * @param planted positions left alone
 */
export function decoys(fold: Fold, planted: readonly Flaw[], rng: Rng): Mutation[] {
  const taken = new Set(planted.map(({ position }) => position));
  const free = [...fold.sequence].map((_, position) => position).filter((position) => !taken.has(position));
  const count = 5 + rng.below(3);
  const found: Mutation[] = [];
  for (const position of rng.shuffled(free)) {
    const amino = rng.pick([...'HDNCWYPGRS']);
    const harm = amino === fold.sequence[position] ? 0 : ddG(fold, [{ position, amino }]);
    if (harm >= LEAST_HARM && harm <= MOST_HARM) found.push({ position, amino });
    if (found.length === count) break;
  }
  return found;
}

/** NOTE: what would wreck the fold outright no family would keep. Both in kcal/mol. */
const LEAST_HARM = 1.5;
const MOST_HARM = 6;

/** Relatives of a protein, aligned to it. Mostly they are right where it has a weakness, and wrong at the decoys. */
export function relatives(fold: Fold, planted: readonly Flaw[], wrong: readonly Mutation[], rng: Rng): string[] {
  const sound = new Map(planted.map(({ position, sound }) => [position, sound]));
  const odd = new Map(wrong.map(({ position, amino }) => [position, amino]));
  const columns = fold.sites.map((site, position) => {
    const wild = fold.sequence[position] as Amino;
    const kept = odd.get(position) ?? sound.get(position) ?? wild;
    const share = odd.has(position) ? 0.85 + rng.float() * 0.15 : shareOf(site, rng);
    return Array.from({ length: RELATIVES }, () => (rng.float() < share ? kept : kin(kept, rng)));
  });
  return Array.from({ length: RELATIVES }, (_, row) => columns.map((column) => column[row]).join(''));
}

function shareOf({ burial }: Site, rng: Rng): number {
  return (burial >= CORE_FROM ? 0.6 : 0.45) + rng.float() * 0.35;
}

const KIN: { readonly [amino: Amino]: readonly Amino[] } = Object.fromEntries(
  [...AMINO].map((amino) => [amino, [...AMINO].filter((other) => other !== amino && blosum62(amino, other) >= 0)]),
);

/** A residue that evolution puts in another's place as often as chance would, or oftener. */
function kin(amino: Amino, rng: Rng): Amino {
  const others = KIN[amino] as readonly Amino[];
  return others.length === 0 ? amino : rng.pick(others);
}

/** The commonest residue of a column and the share of sequences that have it, gaps not counted. */
export interface Column {
  readonly amino: Amino;
  readonly share: number;
}

/** The columns of a family; null for one of gaps alone. Of equally common residues the first of the alphabet is told. */
export function columnsOf(family: readonly string[]): (Column | null)[] {
  return [...(family[0] ?? '')].map((_, at) => {
    const residues = family.map((sequence) => sequence[at] as Amino).filter((amino) => AMINO.includes(amino));
    if (residues.length === 0) return null;
    const counts = new Map<Amino, number>();
    for (const amino of residues) counts.set(amino, (counts.get(amino) ?? 0) + 1);
    const [amino, count] = [...counts].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))[0] as [Amino, number];
    return { amino, share: count / residues.length };
  });
}
