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

/** Rounds in which every side chain is put anew. */
const ROUNDS = 3;

/** The bundle with side chains, each in the rotamer that meets the least of the others. */
export function bundle(coil: Coil, sequence: string): Structure {
  const bare = bareBundle(coil, sequence);
  const crowd = new Crowd();
  for (const [at, { atoms }] of bare.entries()) crowd.add(at, Object.values(atoms));
  const sides: Atoms[] = bare.map(() => ({}));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, residue] of bare.entries()) {
      crowd.remove(at, Object.values(sides[at] as Atoms));
      sides[at] = freest(residue, at, crowd);
      crowd.add(at, Object.values(sides[at] as Atoms));
    }
  }
  return bare.map((residue, at) => ({ ...residue, atoms: { ...residue.atoms, ...sides[at] } }));
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
  readonly place: Vector;
}

/** Atoms nearer than this meet, angstroms. */
const MEET = 3.6;

/** Atoms in cells, so that only those near a point are looked at. */
class Crowd {
  readonly #cells = new Map<number, Member[]>();

  add(at: number, places: readonly Vector[]): void {
    for (const place of places) {
      const key = keyOf(...cellOf(place));
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [{ at, place }]);
      else cell.push({ at, place });
    }
  }

  remove(at: number, places: readonly Vector[]): void {
    for (const place of places) {
      const cell = this.#cells.get(keyOf(...cellOf(place))) as Member[];
      cell.splice(
        cell.findIndex((member) => member.at === at && member.place === place),
        1,
      );
    }
  }

  /** How much a point is in the way of atoms of other residues; the more, the nearer. */
  met(place: Vector, at: number): number {
    const [x, y, z] = cellOf(place);
    let sum = 0;
    for (const [dx, dy, dz] of AROUND) {
      for (const other of this.#cells.get(keyOf(x + dx, y + dy, z + dz)) ?? []) {
        if (other.at === at) continue;
        const overlap = MEET - distance(other.place, place);
        if (overlap > 0) sum += overlap * overlap;
      }
    }
    return sum;
  }
}

const STEPS = [-1, 0, 1];
const AROUND: readonly Vector[] = STEPS.flatMap((x) => STEPS.flatMap((y) => STEPS.map((z): Vector => [x, y, z])));

function cellOf([x, y, z]: Vector): Vector {
  return [Math.floor(x / MEET), Math.floor(y / MEET), Math.floor(z / MEET)];
}

function keyOf(x: number, y: number, z: number): number {
  return (x * 1024 + y) * 1024 + z;
}
