import type { Rng } from '../../src/core/rng.js';
import type { Amino } from './amino.js';
import { COILS, sitesOn } from './library.js';
import type { Site } from './sites.js';
import { alternatives, type Fold } from './stability.js';

/** A sound sequence on a backbone, before anything is spoilt. */
export interface Design extends Fold {
  readonly backbone: number;
}

/** Which residues are tried where, the likelier ones named more often. */
const CORE = 'LLLLIIIVVMAF';
const BOUNDARY = 'AEKQLRMIKE';
const SURFACE = 'EEEKKKRQQAAS';
const ENDS: { readonly [place: string]: string } = {
  ...{ 'N-cap': 'SSTDDN', N1: 'EPAE', N2: 'EEDQ', N3: 'EEQA' },
  ...{ C3: 'KRAQ', C2: 'KRKA', C1: 'KRAQ', 'C-cap': 'NKRQ', "C'": 'GGN' },
};

/** How buried a place of the core is at least. */
export const CORE_FROM = 0.5;

function paletteOf({ burial, place }: Site): string {
  if (burial >= CORE_FROM) return CORE;
  return ENDS[place] ?? (burial >= 0.2 ? BOUNDARY : SURFACE);
}

/** Rounds in which each position takes the best of a few residues for where it stands. */
const ROUNDS = 2;
const TRIED = 4;

/** A sequence that suits a backbone: hydrophobic inside, charged outside, partners of unlike charge, capped helices. */
export function designed(rng: Rng): Design {
  const backbone = rng.below(COILS.length);
  const sites = sitesOn(backbone);
  const residues = sites.map((site) => rng.pick([...paletteOf(site)]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [position, site] of sites.entries()) {
      const fold = { sites, sequence: residues.join('') };
      const tried = Array.from({ length: TRIED }, () => rng.pick([...paletteOf(site)]));
      residues[position] = fittest(fold, position, tried);
    }
  }
  return { backbone, sites, sequence: residues.join('') };
}

function fittest(fold: Fold, position: number, tried: readonly Amino[]): Amino {
  const energies = alternatives(fold, position, tried);
  const least = Math.min(0, ...energies);
  return tried[energies.indexOf(least)] ?? (fold.sequence[position] as Amino);
}

/** A sequence with one residue put in. */
export function withResidue(sequence: string, position: number, amino: Amino): string {
  return sequence.slice(0, position) + amino + sequence.slice(position + 1);
}
