import { dihedral, distance, type Vector } from './geometry.js';
import { endAt, type HelixEnd } from './helix-ends.js';
import { burialsOf, roomAt, stemsOf } from './room.js';
import { type HelixSpan, helicesOf, secondaryStructure } from './secondary.js';
import { atom, isBonded, type Residue, type Structure } from './structure.js';

/** What a position offers to whatever side chain stands there: it follows from the backbone alone. */
export interface Site {
  readonly alpha: Vector;
  /** Direction in which the side chain leaves. */
  readonly out: Vector;
  /** From 0 (surface) to 1 (core). */
  readonly burial: number;
  /** Volume for a side chain, cubic angstroms; told apart in buried places only, 0 elsewhere. */
  readonly room: number;
  /** `helix` is the middle of an alpha helix. */
  readonly place: HelixEnd | 'helix' | 'other';
  /** Degrees; null at the start of a chain. */
  readonly phi: number | null;
  /** Positions whose side chains may act on this one's, from 3 residues on along the chain. */
  readonly near: readonly number[];
}

/** Alpha carbons within this act on each other, angstroms. */
const REACH = 16;

/** The sites of a structure, by position. */
export function sitesOf(structure: Structure): Site[] {
  const stems = stemsOf(structure);
  const burials = burialsOf(stems);
  const helices = helicesOf(structure, secondaryStructure(unnamed(structure)));
  return structure.map((_, at) => {
    const burial = burials[at] as number;
    return {
      ...{ alpha: stems.alphas[at] as Vector, out: stems.outs[at] as Vector, burial },
      room: burial < LEAST_BURIED ? 0 : roomAt(at, structure, stems),
      place: placeAt(structure, at, helices),
      phi: phiAt(structure, at),
      near: nearOf(structure, stems.alphas, at),
    };
  });
}

/** NOTE: a helix that a proline interrupts in the letters is one all the same to whatever would stand in its place. */
function unnamed(structure: Structure): Structure {
  return structure.map((residue) => ({ ...residue, amino: 'A' }));
}

/** Sites less buried than this have no room of their own: what lies before them is water. */
const LEAST_BURIED = 0.25;

function placeAt(structure: Structure, at: number, helices: readonly HelixSpan[]): Site['place'] {
  const chain = structure[at]?.chain;
  for (const helix of helices) {
    if (structure[helix.first]?.chain !== chain) continue;
    const isInside = at >= helix.first && at <= helix.last;
    // NOTE: before the helix stands its N-cap; behind it the C-cap and the residue after that.
    if (isInside || at === helix.first - 1 || at === helix.last + 1 || at === helix.last + 2)
      return endAt(at, helix) ?? (isInside ? 'helix' : 'other');
  }
  return 'other';
}

function phiAt(structure: Structure, at: number): number | null {
  const [before, here] = [structure[at - 1], structure[at] as Residue];
  if (before === undefined || !isBonded(before, here)) return null;
  return dihedral(atom(before, 'C'), atom(here, 'N'), atom(here, 'CA'), atom(here, 'C'));
}

function nearOf(structure: Structure, alphas: readonly Vector[], at: number): number[] {
  const alpha = alphas[at] as Vector;
  const chain = structure[at]?.chain;
  return [...alphas.keys()].filter((other) => {
    if (Math.abs(other - at) < 3 && structure[other]?.chain === chain) return false;
    return distance(alphas[other] as Vector, alpha) <= REACH;
  });
}
