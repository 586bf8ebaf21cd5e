import { distance, minus, plus, unit, type Vector } from './geometry.js';
import { atom, isBonded, type Residue, type Structure } from './structure.js';

/** A bond from the N-H of one residue to the C=O of another, both positions; energy in kcal/mol. */
export interface BackboneBond {
  readonly donor: number;
  readonly acceptor: number;
  readonly energy: number;
}

/** Bonds are those below this, kcal/mol. */
const BOND = -0.5;
const LOWEST = -9.9;
/** Residues whose alpha carbons are farther apart have no bond, angstroms. */
const REACH = 9;

/** The place of the amide hydrogen: 1 angstrom from N, against the C=O before it. Null where there is none. */
function hydrogen(before: Residue | undefined, here: Residue): Vector | null {
  if (here.amino === 'P' || before === undefined || !isBonded(before, here)) return null;
  return plus(atom(here, 'N'), unit(minus(atom(before, 'C'), atom(before, 'O'))));
}

/** NOTE: q1 q2 f of the paper: 0.42 e, 0.20 e and 332 kcal angstrom / mol e2. */
function energy(donor: Residue, h: Vector, acceptor: Residue): number {
  const [n, c, o] = [atom(donor, 'N'), atom(acceptor, 'C'), atom(acceptor, 'O')];
  const sum = 1 / distance(o, n) + 1 / distance(c, h) - 1 / distance(o, h) - 1 / distance(c, n);
  return Math.max(LOWEST, 0.42 * 0.2 * 332 * sum);
}

/**
 * The hydrogen bonds of the backbone, by donor. Only the two best of each donor count, as DSSP has it.
 * SEE: W. Kabsch, C. Sander, Biopolymers 22 (1983) 2577, equation 1.
 */
export function backboneBonds(structure: Structure): BackboneBond[] {
  return structure.flatMap((residue, donor) => {
    const h = hydrogen(structure[donor - 1], residue);
    if (h === null) return [];
    const bonds: BackboneBond[] = [];
    for (const [acceptor, other] of structure.entries()) {
      if (distance(atom(residue, 'CA'), atom(other, 'CA')) > REACH || acceptor === donor) continue;
      if (acceptor === donor - 1 && isBonded(other, residue)) continue;
      bonds.push({ donor, acceptor, energy: energy(residue, h, other) });
    }
    return bonds
      .filter((bond) => bond.energy < BOND)
      .sort((x, y) => x.energy - y.energy)
      .slice(0, 2);
  });
}
