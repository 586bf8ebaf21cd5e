import type { Amino } from './amino.js';
import { cross, minus, plus, times, unit, type Vector } from './geometry.js';

/** Places of a residue's heavy atoms by PDB name. */
export type Atoms = { readonly [name: string]: Vector };

/** One residue with its place in the chain as its file has it. Positions elsewhere count residues of all chains from 0. */
export interface Residue {
  readonly amino: Amino;
  readonly chain: string;
  /** Number in its file with an insertion code, where there is one: `17`, `17A`. */
  readonly number: string;
  readonly atoms: Atoms;
}

/** Residues of all chains, in order; each has N, CA, C and O. */
export type Structure = readonly Residue[];

export function sequenceOf(structure: Structure): string {
  return structure.map(({ amino }) => amino).join('');
}

/** A residue as people call it: `L17 (chain A, number 18)`, 17 being its position from 0. */
export function labelOf(structure: Structure, position: number): string {
  const { amino, chain, number } = structure[position] as Residue;
  return `${amino}${position} (chain ${chain}, number ${number})`;
}

export function atom({ atoms }: Residue, name: string): Vector {
  return atoms[name] as Vector;
}

/**
 * Where the first side-chain carbon is, or would be on glycine: worked out from the backbone for all alike, so that it
 * does not hang on which residue is there. Bonds and angles are those of an ideal alanine.
 */
export function betaOf(residue: Residue): Vector {
  const [n, ca, c] = [atom(residue, 'N'), atom(residue, 'CA'), atom(residue, 'C')];
  const [back, on] = [minus(ca, n), minus(c, ca)];
  const across = cross(back, on);
  return plus(ca, plus(plus(times(across, -0.58273431), times(back, 0.56802827)), times(on, -0.54067466)));
}

/** Direction in which a side chain leaves the backbone. */
export function outOf(residue: Residue): Vector {
  return unit(minus(betaOf(residue), atom(residue, 'CA')));
}

/** Whether two neighbours of a list are bonded: carbon to nitrogen within 2.5 angstroms, as DSSP takes it. */
export function isBonded(before: Residue | undefined, after: Residue | undefined): boolean {
  if (before === undefined || after === undefined || before.chain !== after.chain) return false;
  const [x, y, z] = minus(atom(after, 'N'), atom(before, 'C'));
  return Math.hypot(x, y, z) <= 2.5;
}
