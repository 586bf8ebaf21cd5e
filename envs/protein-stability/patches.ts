import { type Amino, BLACK_MOULD } from './amino.js';
import { middleOf } from './energy.js';
import { distance } from './geometry.js';
import type { Fold } from './stability.js';

/** Residues whose side chains are this near count for a residue's patch, angstroms. */
const PATCH = 10;

/**
 * How hydrophobic the surface about each residue is: over all side chains within 10 angstroms of its own, the exposed
 * share times the hydrophobicity beyond glycine's. Above 0 the surface is sticky.
 * SEE: N. Chennamsetty et al., PNAS 106 (2009) 11937 (spatial aggregation propensity), here with side chains' middles
 * instead of all atoms, and with 1 less the burial as the exposed share.
 */
export function patches({ sites, sequence }: Fold): number[] {
  const middles = sites.map((site, at) => middleOf(site, sequence[at] as Amino));
  const weights = sites.map(({ burial }, at) => (1 - burial) * beyondGlycine(sequence[at] as Amino));
  return middles.map((middle) =>
    middles.reduce((sum, other, at) => (distance(middle, other) <= PATCH ? sum + (weights[at] as number) : sum), 0),
  );
}

function beyondGlycine(amino: Amino): number {
  return (BLACK_MOULD[amino] as number) - (BLACK_MOULD.G as number);
}
