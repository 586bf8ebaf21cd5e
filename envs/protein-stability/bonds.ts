import type { Amino } from './amino.js';
import { angle, centroid, cross, distance, minus, unit, type Vector } from './geometry.js';
import { isBonded, type Residue, type Structure } from './structure.js';

/** The kinds of bonds that are told, with what makes one. */
export const BOND_TYPES = {
  hydrogen_bonds:
    'nitrogen or oxygen atoms, one giving and one taking, at most 3.5 A apart, both angles to the atoms before them at least 90 degrees',
  salt_bridges: 'an oxygen of D or E and a nitrogen of K, R or H at most 4 A apart',
  repulsive_ionic_bonding:
    'charged atoms of the same sign (D, E; K, R) at most 8 A apart, the reach of a charge in salt water',
  pi_stacking: 'middles of the rings of F, W, Y or H at most 7 A apart',
  pi_cation: 'the charge of K or R at most 6 A from the middle of a ring of F, W or Y',
  disulfide_bonds: 'sulphur atoms of two C at most 2.5 A apart',
} as const;

export type BondType = keyof typeof BOND_TYPES;

/** A bond between two residues: their positions, the atoms (or `ring`) and how far apart these are, angstroms. */
export interface Bond {
  readonly positions: readonly [number, number];
  readonly atoms: readonly [string, string];
  readonly distance: number;
  /** Angle between the planes of stacked rings, degrees from 0 to 90. */
  readonly planes?: number;
}

type Point = { readonly name: string; readonly place: Vector };

/**
 * The bonds of a kind among some residues, each pair of residues with its shortest one.
 * SEE: E. N. Baker, R. E. Hubbard, Prog. Biophys. Mol. Biol. 44 (1984) 97 (hydrogen bonds); D. J. Barlow, J. M. Thornton,
 * J. Mol. Biol. 168 (1983) 867 (salt bridges); S. K. Burley, G. A. Petsko, Science 229 (1985) 23 (rings); J. P. Gallivan,
 * D. A. Dougherty, PNAS 96 (1999) 9459 (cations); J. M. Thornton, J. Mol. Biol. 151 (1981) 261 (disulfides).
 */
export function bondsAmong(structure: Structure, positions: readonly number[], type: BondType): Bond[] {
  const chosen = [...new Set(positions)].sort((x, y) => x - y);
  return chosen.flatMap((one, index) =>
    chosen.slice(index + 1).flatMap((other) => shortest(FINDERS[type](structure, one, other))),
  );
}

function shortest(bonds: readonly Bond[]): Bond[] {
  const [first, ...rest] = bonds;
  return first === undefined ? [] : [rest.reduce((best, bond) => (bond.distance < best.distance ? bond : best), first)];
}

type Finder = (structure: Structure, one: number, other: number) => Bond[];

const FINDERS: { readonly [type in BondType]: Finder } = {
  hydrogen_bonds: hydrogenBonds,
  salt_bridges: (structure, one, other) => [
    ...within(4, structure, [one, ACIDIC], [other, BASIC]),
    ...within(4, structure, [one, BASIC], [other, ACIDIC]),
  ],
  repulsive_ionic_bonding: (structure, one, other) => [
    ...within(8, structure, [one, ACIDIC], [other, ACIDIC]),
    ...within(8, structure, [one, CHARGED_BASES], [other, CHARGED_BASES]),
  ],
  pi_stacking: stacked,
  pi_cation: (structure, one, other) => [
    ...cationOver(structure, one, other),
    ...cationOver(structure, other, one).map(turned),
  ],
  disulfide_bonds: (structure, one, other) => within(2.5, structure, [one, ['C.SG']], [other, ['C.SG']]),
};

const ACIDIC = ['D.OD1', 'D.OD2', 'E.OE1', 'E.OE2'];
const CHARGED_BASES = ['K.NZ', 'R.NE', 'R.NH1', 'R.NH2'];
const BASIC = [...CHARGED_BASES, 'H.ND1', 'H.NE2'];
const CATIONS = ['K.NZ', 'R.CZ'];

/** The atoms of a residue among those named as `residue.atom`. */
function pointsOf(residue: Residue, names: readonly string[]): Point[] {
  return names.flatMap((name) => {
    const place = name.startsWith(`${residue.amino}.`) ? residue.atoms[name.slice(2)] : undefined;
    return place === undefined ? [] : [{ name: name.slice(2), place }];
  });
}

type Side = readonly [position: number, names: readonly string[]];

function within(reach: number, structure: Structure, [one, names]: Side, [other, others]: Side): Bond[] {
  const first = pointsOf(structure[one] as Residue, names);
  const second = pointsOf(structure[other] as Residue, others);
  return first.flatMap((here) => second.flatMap((there) => bondOf(reach, [one, here], [other, there])));
}

function bondOf(
  reach: number,
  [one, here]: readonly [number, Point],
  [other, there]: readonly [number, Point],
): Bond[] {
  const far = distance(here.place, there.place);
  return far > reach ? [] : [{ positions: [one, other], atoms: [here.name, there.name], distance: far }];
}

function turned({ positions, atoms, distance }: Bond): Bond {
  return { positions: [positions[1], positions[0]], atoms: [atoms[1], atoms[0]], distance };
}

const RINGS: { readonly [amino: Amino]: string } = {
  F: 'CG CD1 CD2 CE1 CE2 CZ',
  Y: 'CG CD1 CD2 CE1 CE2 CZ',
  W: 'CD2 CE2 CE3 CZ2 CZ3 CH2',
  H: 'CG ND1 CD2 CE1 NE2',
};

/** The ring of an aromatic residue: its middle and the direction it faces. Null where atoms of it are missing. */
function ringOf({ amino, atoms }: Residue): { readonly middle: Vector; readonly face: Vector } | null {
  const places = (RINGS[amino]?.split(' ') ?? []).map((name) => atoms[name]);
  if (places.length === 0 || places.includes(undefined)) return null;
  const [a, b, c] = places as Vector[] as [Vector, Vector, Vector];
  return { middle: centroid(places as Vector[]), face: unit(cross(minus(b, a), minus(c, a))) };
}

function stacked(structure: Structure, one: number, other: number): Bond[] {
  const [here, there] = [ringOf(structure[one] as Residue), ringOf(structure[other] as Residue)];
  if (here === null || there === null) return [];
  const far = distance(here.middle, there.middle);
  const between = angle(here.face, there.face);
  const planes = Math.min(between, 180 - between);
  return far > 7 ? [] : [{ positions: [one, other], atoms: ['ring', 'ring'], distance: far, planes }];
}

function cationOver(structure: Structure, one: number, other: number): Bond[] {
  const under = structure[other] as Residue;
  const ring = under.amino === 'H' ? null : ringOf(under);
  if (ring === null) return [];
  const points = pointsOf(structure[one] as Residue, CATIONS);
  return points.flatMap((point) => bondOf(6, [one, point], [other, { name: 'ring', place: ring.middle }]));
}

/** Atoms that give a hydrogen, and atoms that take one, each with the atom before it. `*` is any residue. */
const GIVING =
  '*.N<CA K.NZ<CE R.NE<CD R.NH1<CZ R.NH2<CZ N.ND2<CG Q.NE2<CD H.ND1<CG H.NE2<CD2 W.NE1<CD1 S.OG<CB T.OG1<CB Y.OH<CZ';
const TAKING =
  '*.O<C D.OD1<CG D.OD2<CG E.OE1<CD E.OE2<CD N.OD1<CG Q.OE1<CD H.ND1<CG H.NE2<CD2 S.OG<CB T.OG1<CB Y.OH<CZ';

type Ended = Point & { readonly before: Vector };

function endedOf(residue: Residue, written: string): Ended[] {
  return written.split(' ').flatMap((entry) => {
    const [amino, name, before] = entry.split(/[.<]/) as [string, string, string];
    const place = residue.atoms[name];
    const root = residue.atoms[before];
    const fits = (amino === '*' || amino === residue.amino) && !(residue.amino === 'P' && name === 'N');
    return fits && place !== undefined && root !== undefined ? [{ name, place, before: root }] : [];
  });
}

function hydrogenBonds(structure: Structure, one: number, other: number): Bond[] {
  const [here, there] = [structure[one] as Residue, structure[other] as Residue];
  const found = [...given(here, there, one, other), ...given(there, here, other, one).map(turned)];
  const neighbours = isBonded(here, there) && other === one + 1;
  return found.filter(({ atoms }) => !(neighbours && atoms.every((name) => name === 'N' || name === 'O')));
}

function given(giver: Residue, taker: Residue, one: number, other: number): Bond[] {
  const takers = endedOf(taker, TAKING);
  return endedOf(giver, GIVING).flatMap((from) =>
    takers.flatMap((to) => {
      const bent = [
        angle(minus(from.before, from.place), minus(to.place, from.place)),
        angle(minus(to.before, to.place), minus(from.place, to.place)),
      ];
      return bent.every((degrees) => degrees >= 90) ? bondOf(3.5, [one, from], [other, to]) : [];
    }),
  );
}
