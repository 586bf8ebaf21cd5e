import type { Amino } from './amino.js';
import { placed, type Vector } from './geometry.js';
import type { Atoms } from './structure.js';

/**
 * Heavy atoms beyond the beta carbon, each as `name parent grandparent great-grandparent length bend turn`: lengths in
 * angstroms, angles in degrees, the turn a number or a side-chain dihedral (`x1` to `x4`) with what is added to it.
 * SEE: bond lengths and angles of R. A. Engh, R. Huber, Acta Cryst. A47 (1991) 392.
 */
const GROWN: { readonly [amino: Amino]: string } = {
  A: '',
  R: 'CG CB CA N 1.52 114.1 x1; CD CG CB CA 1.52 111.3 x2; NE CD CG CB 1.461 112 x3; CZ NE CD CG 1.329 124.2 x4; NH1 CZ NE CD 1.326 120 0; NH2 CZ NE CD 1.326 119.7 180',
  N: 'CG CB CA N 1.516 112.6 x1; OD1 CG CB CA 1.231 120.8 x2; ND2 CG CB CA 1.328 116.4 x2+180',
  D: 'CG CB CA N 1.516 112.6 x1; OD1 CG CB CA 1.249 118.4 x2; OD2 CG CB CA 1.249 118.4 x2+180',
  C: 'SG CB CA N 1.808 114.4 x1',
  Q: 'CG CB CA N 1.52 114.1 x1; CD CG CB CA 1.516 112.6 x2; OE1 CD CG CB 1.231 120.8 x3; NE2 CD CG CB 1.328 116.4 x3+180',
  E: 'CG CB CA N 1.52 114.1 x1; CD CG CB CA 1.516 112.6 x2; OE1 CD CG CB 1.249 118.4 x3; OE2 CD CG CB 1.249 118.4 x3+180',
  G: '',
  H: 'CG CB CA N 1.497 113.8 x1; ND1 CG CB CA 1.378 122.7 x2; CD2 CG CB CA 1.354 131.2 x2+180; CE1 ND1 CG CB 1.321 109 180; NE2 CD2 CG CB 1.374 107.2 180',
  I: 'CG1 CB CA N 1.53 110.4 x1; CG2 CB CA N 1.521 110.5 x1-122.6; CD1 CG1 CB CA 1.513 113.8 x2',
  L: 'CG CB CA N 1.53 116.3 x1; CD1 CG CB CA 1.521 110.7 x2; CD2 CG CB CA 1.521 110.7 x2+122.6',
  K: 'CG CB CA N 1.52 114.1 x1; CD CG CB CA 1.52 111.3 x2; CE CD CG CB 1.52 111.3 x3; NZ CE CD CG 1.489 111.9 x4',
  M: 'CG CB CA N 1.52 114.1 x1; SD CG CB CA 1.803 112.7 x2; CE SD CG CB 1.791 100.9 x3',
  F: 'CG CB CA N 1.502 113.8 x1; CD1 CG CB CA 1.384 120.7 x2; CD2 CG CB CA 1.384 120.7 x2+180; CE1 CD1 CG CB 1.382 120.7 180; CE2 CD2 CG CB 1.382 120.7 180; CZ CE1 CD1 CG 1.382 120 0',
  P: 'CG CB CA N 1.492 104.5 x1; CD CG CB CA 1.503 106.1 x2',
  S: 'OG CB CA N 1.417 111.1 x1',
  T: 'OG1 CB CA N 1.433 109.6 x1; CG2 CB CA N 1.521 110.5 x1-120',
  W: 'CG CB CA N 1.498 113.6 x1; CD1 CG CB CA 1.365 126.9 x2; CD2 CG CB CA 1.433 126.8 x2+180; NE1 CD1 CG CB 1.374 110.2 180; CE2 CD2 CG CB 1.409 107.2 180; CE3 CD2 CG CB 1.398 133.9 0; CZ2 CE2 CD2 CG 1.394 122.4 180; CZ3 CE3 CD2 CG 1.382 118.6 180; CH2 CZ2 CE2 CD2 1.368 117.5 0',
  Y: 'CG CB CA N 1.512 113.8 x1; CD1 CG CB CA 1.389 120.8 x2; CD2 CG CB CA 1.389 120.8 x2+180; CE1 CD1 CG CB 1.382 121.2 180; CE2 CD2 CG CB 1.382 121.2 180; CZ CE1 CD1 CG 1.378 119.6 0; OH CZ CE1 CD1 1.376 119.9 180',
  V: 'CG1 CB CA N 1.521 110.5 x1; CG2 CB CA N 1.521 110.5 x1+122.6',
};

interface Growth {
  readonly name: string;
  readonly from: readonly [string, string, string];
  readonly length: number;
  readonly bend: number;
  /** Which side-chain dihedral turns it, from 0; null for a fixed angle. */
  readonly chi: number | null;
  readonly add: number;
}

function growth(written: string): Growth {
  const [name, c, b, a, length, bend, turn] = written.split(' ') as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const chi = /^x(\d)(.*)$/.exec(turn);
  return {
    ...{ name, from: [a, b, c], length: Number(length), bend: Number(bend) },
    ...(chi === null ? { chi: null, add: Number(turn) } : { chi: Number(chi[1]) - 1, add: Number(chi[2]) }),
  };
}

const growths: { readonly [amino: Amino]: readonly Growth[] } = Object.fromEntries(
  Object.entries(GROWN).map(([amino, written]) => [amino, written === '' ? [] : written.split('; ').map(growth)]),
);

/**
 * Side-chain dihedrals seen most in helices, degrees, the commonest first.
 * SEE: S. C. Lovell et al., "The penultimate rotamer library", Proteins 40 (2000) 389.
 */
const ROTAMERS: { readonly [amino: Amino]: readonly (readonly number[])[] } = {
  A: [[]],
  R: [
    [-67, 180, 180, 180],
    [180, 180, 180, 180],
    [-67, -60, 180, 180],
    [180, 65, 180, 180],
  ],
  N: [
    [-71, -23],
    [-165, -20],
    [-71, 120],
    [62, 10],
  ],
  D: [
    [-70, -15],
    [-177, 0],
    [62, -10],
  ],
  C: [[-65], [-177], [62]],
  Q: [
    [-67, 177, -20],
    [-65, -65, -40],
    [180, 65, 20],
    [180, 180, 0],
  ],
  E: [
    [-67, 177, -10],
    [-65, -65, -40],
    [180, 180, 0],
    [180, 65, 10],
  ],
  G: [[]],
  H: [
    [-65, -70],
    [-65, 80],
    [180, 80],
    [180, -80],
  ],
  I: [
    [-66, 169],
    [-57, -60],
    [62, 170],
    [-177, 165],
  ],
  L: [
    [-65, 174],
    [180, 63],
    [-90, 40],
  ],
  K: [
    [-67, 180, 180, 180],
    [180, 180, 180, 180],
    [-67, -68, 180, 180],
    [180, 68, 180, 180],
  ],
  M: [
    [-65, -65, -70],
    [-67, 180, 75],
    [-67, 180, -75],
    [180, 65, 75],
    [180, 65, 180],
  ],
  F: [
    [180, 80],
    [-65, -85],
    [-65, -30],
  ],
  P: [
    [30, -36],
    [-30, 36],
  ],
  S: [[-65], [62], [178]],
  T: [[-65], [62], [-175]],
  W: [
    [-65, 95],
    [180, -105],
    [180, 90],
    [-65, -5],
  ],
  Y: [
    [180, 80],
    [-65, -85],
    [-65, -30],
  ],
  V: [[175], [-63], [62]],
};

export function rotamersOf(amino: Amino): readonly (readonly number[])[] {
  return ROTAMERS[amino] as readonly (readonly number[])[];
}

/**
 * The atoms of a side chain beyond the beta carbon.
 * @param base N, CA and CB of the residue
 * @param dihedrals of the side chain, degrees
 */
export function grown(amino: Amino, base: Atoms, dihedrals: readonly number[]): { readonly [name: string]: Vector } {
  const atoms: { [name: string]: Vector } = { N: base.N as Vector, CA: base.CA as Vector, CB: base.CB as Vector };
  const made: { [name: string]: Vector } = {};
  for (const { name, from, length, bend, chi, add } of growths[amino] ?? []) {
    const [a, b, c] = from.map((parent) => atoms[parent]) as [Vector, Vector, Vector];
    const turn = add + (chi === null ? 0 : (dihedrals[chi] as number));
    atoms[name] = made[name] = placed(a, b, c, length, bend, turn);
  }
  return made;
}
