import { cross, distance, dot, minus, plus, times, unit, type Vector } from './geometry.js';
import { atom, betaOf, outOf, type Residue, type Structure } from './structure.js';

/** Where a side chain starts and in which direction it leaves, by position; it follows from the backbone alone. */
export interface Stems {
  readonly alphas: readonly Vector[];
  readonly betas: readonly Vector[];
  readonly outs: readonly Vector[];
}

export function stemsOf(structure: Structure): Stems {
  return {
    alphas: structure.map((residue) => atom(residue, 'CA')),
    betas: structure.map(betaOf),
    outs: structure.map(outOf),
  };
}

/**
 * How buried each position is, from 0 (surface) to 1 (core): side chains in the direction of its own are counted, near
 * ones in front as 1, those behind as nothing; up to 2 is surface, from 5.2 on core.
 * SEE: Rosetta's layer selector ("sidechain neighbors"): a soft cut at 9 angstroms times a cone.
 */
export function burialsOf({ betas, outs }: Stems): number[] {
  return betas.map((beta, at) => {
    const out = outs[at] as Vector;
    let count = 0;
    for (const [other, there] of betas.entries()) {
      if (other !== at) count += inFront(beta, out, there);
    }
    return Math.max(0, Math.min(1, (count - 2) / 3.2));
  });
}

function inFront(beta: Vector, out: Vector, there: Vector): number {
  const far = distance(beta, there);
  if (far > 18) return 0;
  const front = (dot(minus(there, beta), out) / far + 0.5) / 1.5;
  return front > 0 ? (front * front) / (1 + Math.exp(far - 9)) : 0;
}

const GRID = 1.25;
/** No side chain reaches farther from its middle, angstroms. */
const RADIUS = 5.5;
/** Where atoms of side chains end and those of the backbone begin, angstroms from the latter. */
const CLEAR = 2.2;

/** Points of a grid about a side chain's middle, the nearest first. */
const POINTS: readonly Vector[] = ball();

function ball(): Vector[] {
  const steps = Array.from(
    { length: 2 * Math.floor(RADIUS / GRID) + 1 },
    (_, at) => (at - Math.floor(RADIUS / GRID)) * GRID,
  );
  return steps
    .flatMap((x) => steps.flatMap((y) => steps.map((z): Vector => [x, y, z])))
    .filter(([x, y, z]) => Math.hypot(x, y, z) <= RADIUS);
}

/**
 * The volume before a position that a side chain could fill, cubic angstroms: nearer to the middle of its own side chain
 * than to any other's, and free of backbone.
 */
export function roomAt(at: number, structure: Structure, { alphas, betas, outs }: Stems): number {
  const middle = middleAt(betas, outs, at);
  const rivals: Vector[] = [];
  const walls: Vector[] = [];
  for (const [other, residue] of structure.entries()) {
    if (distance(alphas[other] as Vector, middle) > 2 * RADIUS + 3) continue;
    if (other !== at) rivals.push(middleAt(betas, outs, other));
    for (const name of ['N', 'CA', 'C', 'O']) walls.push(atom(residue, name));
  }
  const nearRivals = rivals.filter((rival) => distance(rival, middle) < 2 * RADIUS);
  const nearWalls = walls.filter((wall) => distance(wall, middle) < RADIUS + CLEAR);
  const back = minus(atom(structure[at] as Residue, 'N'), alphas[at] as Vector);
  const points = pointsAbout(middle, outs[at] as Vector, back);
  return points.filter((point) => isFree(point, middle, nearRivals, nearWalls)).length * GRID ** 3;
}

function middleAt(betas: readonly Vector[], outs: readonly Vector[], at: number): Vector {
  return plus(betas[at] as Vector, outs[at] as Vector);
}

/** NOTE: the grid turns with the residue, so that a protein laid otherwise in space has the same room. */
function pointsAbout(middle: Vector, along: Vector, back: Vector): Vector[] {
  const aside = unit(cross(along, back));
  const third = cross(along, aside);
  return POINTS.map(([x, y, z]) => plus(plus(middle, times(along, x)), plus(times(aside, y), times(third, z))));
}

function isFree(point: Vector, middle: Vector, rivals: readonly Vector[], walls: readonly Vector[]): boolean {
  const reach = square(point, middle);
  for (const rival of rivals) if (square(rival, point) < reach) return false;
  for (const wall of walls) if (square(wall, point) < CLEAR * CLEAR) return false;
  return true;
}

function square(a: Vector, b: Vector): number {
  const x = a[0] - b[0];
  const y = a[1] - b[1];
  const z = a[2] - b[2];
  return x * x + y * y + z * z;
}
