import { cross, dot, minus, placed, plus, radians, times, unit, type Vector } from './geometry.js';
import type { Atoms } from './structure.js';

/**
 * The backbone of a coiled coil or helical bundle: straight alpha helices bent onto helices about a common axis.
 * SEE: F. H. C. Crick, "The Fourier transform of a coiled-coil" and "The packing of alpha-helices", Acta Cryst. 6 (1953)
 * 685 and 689; the parameters as in G. Grigoryan, W. F. DeGrado, J. Mol. Biol. 405 (2011) 1079, equation 1.
 */
export interface Coil {
  readonly helices: number;
  /** Every second helix runs the other way. */
  readonly antiparallel: boolean;
  /** Distance of the helices' axes from the common one, angstroms. */
  readonly radius: number;
  /** Rise of a left-handed superhelix in one turn, angstroms. */
  readonly pitch: number;
  /** Residues a helix. */
  readonly length: number;
  /** Position in the heptad abcdefg of the first residue, 0 to 6. */
  readonly register: number;
  /** Angle of the alpha carbon of position a from the inward direction, degrees; that of d is 360/7 less. */
  readonly phase: number;
}

/** Two turns of a helix take seven residues, seen from the common axis. */
const TURN = radians(720 / 7);

/** An atom of a straight helix in cylinder coordinates about its axis, from its residue's alpha carbon. */
interface Spot {
  readonly name: string;
  readonly radius: number;
  readonly angle: number;
  readonly rise: number;
}

interface Helix {
  readonly spots: readonly Spot[];
  /** Turn and rise from residue to residue: radians and angstroms. */
  readonly turn: number;
  readonly rise: number;
}

/** A straight alpha helix of the usual dihedrals of helices in coiled coils. */
const STRAIGHT = straight(-63, -42);

/** The backbone atoms of each residue of each helix. */
export function backbone(coil: Coil): Atoms[][] {
  return Array.from({ length: coil.helices }, (_, helix) => oneHelix(coil, helix));
}

function oneHelix(coil: Coil, helix: number): Atoms[] {
  const place = (360 / coil.helices) * helix;
  const turned = coil.antiparallel && helix % 2 === 1;
  return Array.from({ length: coil.length }, (_, at) => {
    const atoms: { [name: string]: Vector } = {};
    for (const spot of STRAIGHT.spots) {
      const point = bent(coil, at, spot);
      atoms[spot.name] = rotated(turned ? [point[0], -point[1], -point[2]] : point, radians(place));
    }
    return atoms;
  });
}

/** Where an atom of a residue comes to lie on the helix whose axis starts on the x axis. */
function bent({ radius, pitch, length, register, phase }: Coil, residue: number, spot: Spot): Vector {
  const slope = Math.atan((2 * Math.PI * radius) / pitch);
  const along = residue - (length - 1) / 2 + spot.rise / STRAIGHT.rise;
  const turnOfAxis = (-Math.sin(slope) * STRAIGHT.rise * along) / radius;
  const inward = Math.PI + radians(phase) + TURN * (residue + register);
  const around = inward + spot.angle + ((TURN - STRAIGHT.turn) * spot.rise) / STRAIGHT.rise;
  const out: Vector = [Math.cos(turnOfAxis), Math.sin(turnOfAxis), 0];
  const tangent: Vector = [Math.sin(slope) * out[1], -Math.sin(slope) * out[0], Math.cos(slope)];
  const aside = cross(tangent, out);
  const axis: Vector = [radius * out[0], radius * out[1], Math.cos(slope) * STRAIGHT.rise * along];
  const direction = plus(times(out, Math.cos(around)), times(aside, Math.sin(around)));
  return plus(axis, times(direction, spot.radius));
}

function rotated([x, y, z]: Vector, by: number): Vector {
  return [x * Math.cos(by) - y * Math.sin(by), x * Math.sin(by) + y * Math.cos(by), z];
}

function straight(phi: number, psi: number): Helix {
  const chain = strand(phi, psi, 5);
  const alpha = chain.map(({ CA }) => CA as Vector);
  const [p0, p1, p2, p3] = alpha as [Vector, Vector, Vector, Vector];
  // SEE: P. C. Kahn, "Defining the axis of a helix", Computers Chem. 13 (1989) 185.
  const first = minus(plus(p0, p2), times(p1, 2));
  const second = minus(plus(p1, p3), times(p2, 2));
  const axis = unit(cross(first, second));
  const turn = Math.atan2(dot(cross(first, second), axis), dot(first, second));
  const radius = Math.sqrt(dot(first, first)) / (2 * (1 - Math.cos(turn)));
  const center = plus(p1, times(unit(first), radius));
  const spots = Object.entries(chain[1] as Atoms).map(([name, point]) => {
    const from = minus(point, center);
    const rise = dot(from, axis);
    const flat = minus(from, times(axis, rise));
    const zero = minus(p1, center);
    const angle = Math.atan2(dot(cross(zero, flat), axis), dot(zero, flat));
    return { name, radius: Math.sqrt(dot(flat, flat)), angle, rise };
  });
  return { spots, turn, rise: dot(minus(p2, p1), axis) };
}

/** A chain of ideal bonds and angles with the same dihedrals at every residue. SEE: Engh and Huber 1991. */
function strand(phi: number, psi: number, length: number): Atoms[] {
  const residues: Atoms[] = [];
  let [n, ca, c]: [Vector, Vector, Vector] = [
    [0, 0, 0],
    [1.458, 0, 0],
    [1.98, 1.433, 0],
  ];
  for (let at = 0; at < length; at++) {
    const next = placed(n, ca, c, 1.329, 116.2, psi);
    const o = placed(n, ca, c, 1.231, 120.8, psi + 180);
    const cb = placed(c, n, ca, 1.53, 110.4, -122.6);
    residues.push({ N: n, CA: ca, C: c, O: o, CB: cb });
    const nextCa = placed(ca, c, next, 1.458, 121.7, 180);
    // NOTE: 110 degrees rather than their 111.2, for with these dihedrals that gives the 1.5 angstroms a residue of helices.
    const nextC = placed(c, next, nextCa, 1.525, 110, phi);
    [n, ca, c] = [next, nextCa, nextC];
  }
  return residues;
}
