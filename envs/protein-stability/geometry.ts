/** A point or a direction; lengths in angstroms. */
export type Vector = readonly [x: number, y: number, z: number];

export function plus(a: Vector, b: Vector): Vector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function minus(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function times(a: Vector, factor: number): Vector {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function unit(a: Vector): Vector {
  return times(a, 1 / Math.sqrt(dot(a, a)));
}

export function distance(a: Vector, b: Vector): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** The mean of some points, of which there is at least one. */
export function centroid(points: readonly Vector[]): Vector {
  return times(
    points.reduce((sum, point) => plus(sum, point), [0, 0, 0] as Vector),
    1 / points.length,
  );
}

/** Angle between two directions, degrees from 0 to 180. */
export function angle(a: Vector, b: Vector): number {
  const cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  return degrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
}

/** Dihedral angle of four points, degrees from -180 to 180, IUPAC sign. */
export function dihedral(a: Vector, b: Vector, c: Vector, d: Vector): number {
  const axis = minus(c, b);
  const first = cross(minus(b, a), axis);
  const second = cross(axis, minus(d, c));
  const sine = dot(cross(first, second), unit(axis));
  return degrees(Math.atan2(sine, dot(first, second)));
}

export function radians(angle: number): number {
  return (angle * Math.PI) / 180;
}

function degrees(angle: number): number {
  return (angle * 180) / Math.PI;
}

/**
 * The point bonded to `c`, seen from the chain a-b-c.
 * @param length distance to c
 * @param bend angle b-c-point, degrees
 * @param turn dihedral a-b-c-point, degrees
 */
export function placed(a: Vector, b: Vector, c: Vector, length: number, bend: number, turn: number): Vector {
  const along = unit(minus(c, b));
  const normal = unit(cross(minus(b, a), along));
  const side = cross(normal, along);
  const [theta, phi] = [radians(bend), radians(turn)];
  const out = length * Math.sin(theta);
  return plus(
    plus(c, times(along, -length * Math.cos(theta))),
    plus(times(side, out * Math.cos(phi)), times(normal, out * Math.sin(phi))),
  );
}
