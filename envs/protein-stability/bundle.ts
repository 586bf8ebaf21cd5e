import type { Amino } from './amino.js';
import { backbone, type Coil } from './crick.js';
import { distance, type Vector } from './geometry.js';
import { grown, rotamersOf } from './sidechains.js';
import type { Atoms, Residue, Structure } from './structure.js';

/** The chains of a bundle are called A, B, C, D. */
const CHAINS = 'ABCD';

/** The bundle without side chains, all residues alanine or glycine as the sequence has it. */
export function bareBundle(coil: Coil, sequence: string): Structure {
  return backbone(coil).flatMap((helix, chain) =>
    helix.map((atoms, at): Residue => {
      const amino = sequence[chain * coil.length + at] as Amino;
      const { CB, ...bare } = atoms;
      const whole = amino === 'G' ? bare : { ...bare, CB: CB as Vector };
      return { amino, chain: CHAINS[chain] as string, number: String(at + 1), atoms: whole };
    }),
  );
}

/** The bundle with side chains, each in the rotamer that meets the least when it is its turn. */
export function bundle(coil: Coil, sequence: string): Structure {
  const bare = bareBundle(coil, sequence);
  const crowd = new Crowd(bare.flatMap(({ atoms }, at) => Object.entries(atoms).map(([name, place]) => ({ at, name, place }))));
  const full = [...bare];
  for (const [at, residue] of bare.entries()) {
    const side = freest(residue, at, crowd);
    for (const [name, place] of Object.entries(side)) crowd.add({ at, name, place });
    full[at] = { ...residue, atoms: { ...residue.atoms, ...side } };
  }
  return full;
}

function freest({ amino, atoms }: Residue, at: number, crowd: Crowd): Atoms {
  let best: Atoms = {};
  let least = Number.POSITIVE_INFINITY;
  for (const [rank, rotamer] of rotamersOf(amino).entries()) {
    const side = grown(amino, atoms, rotamer);
    // NOTE: of two that meet as little the commoner is taken.
    const price = rank * 0.2 + Object.values(side).reduce((sum, place) => sum + crowd.met(place, at), 0);
    if (price < least) [best, least] = [side, price];
  }
  return best;
}

interface Member {
  readonly at: number;
  readonly name: string;
  readonly place: Vector;
}

/** Atoms nearer than this meet, angstroms. */
const MEET = 3.6;

/** Atoms in cells, so that only those near a point are looked at. */
class Crowd {
  readonly #cells = new Map<string, Member[]>();

  constructor(members: readonly Member[]) {
    for (const member of members) this.add(member);
  }

  add(member: Member): void {
    const key = cellOf(member.place).join();
    const cell = this.#cells.get(key);
    if (cell === undefined) this.#cells.set(key, [member]);
    else cell.push(member);
  }

  /** How much a point is in the way of atoms of other residues; the more, the nearer. */
  met(place: Vector, at: number): number {
    const [x, y, z] = cellOf(place);
    let sum = 0;
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (let dz = -1; dz <= 1; dz++)
          for (const other of this.#cells.get(`${x + dx},${y + dy},${z + dz}`) ?? []) {
            if (other.at === at) continue;
            const overlap = MEET - distance(other.place, place);
            if (overlap > 0) sum += overlap * overlap;
          }
    return sum;
  }
}

function cellOf([x, y, z]: Vector): Vector {
  return [Math.floor(x / MEET), Math.floor(y / MEET), Math.floor(z / MEET)];
}
