import { type Amino, CHARGE, HELIX_COST, type Scale, TRANSFER, VOLUME } from './amino.js';
import { plus, times, type Vector } from './geometry.js';
import { endEnergy } from './helix-ends.js';
import { contactEnergy } from './pair-tables.js';
import type { Site } from './sites.js';

/** The terms of the model, each in kcal/mol; lower is more stable. */
export const TERMS = {
  burial: 'hydrophobic side chains buried, polar ones out of the water',
  exposure: 'hydrophobic side chains left in the water, where they make proteins stick together',
  volume: 'cavities and side chains too large for their place',
  helix: 'helix propensity, caps and first turns of helices, proline and glycine',
  contact: 'which side chains touch',
  charge: 'charges near each other in salt water',
} as const;

export type Term = keyof typeof TERMS;
export type Terms = { readonly [term in Term]: number };

/** RT at 298 K, kcal/mol. */
const RT = 0.5925;
const TRANSFER_UNIT = RT * Math.LN10;
/** NOTE: half of what burial would bring: the price that keeps surfaces soluble and partners from being mistaken. */
const EXPOSED = 0.5;

type OwnTerms = Pick<Terms, 'burial' | 'exposure' | 'volume' | 'helix'>;

/**
 * The part of a site's energy that hangs on its own side chain alone.
 * SEE: Fauchere and Pliska 1983 (transfer), Eriksson et al., Science 255 (1992) 178 (24 cal per cubic angstrom of
 * cavity), Pace and Scholtz 1998 and Aurora and Rose 1998 (helices), Matthews et al., PNAS 84 (1987) 6663 (glycine).
 */
export function ownTerms(site: Site, amino: Amino): OwnTerms {
  const transfer = TRANSFER_UNIT * of(TRANSFER, amino);
  return {
    burial: -transfer * site.burial,
    exposure: EXPOSED * Math.max(0, transfer) * (1 - site.burial),
    volume: volumeTerm(site, of(VOLUME, amino)),
    helix: backboneTerm(site, amino),
  };
}

/** The same as one number, kcal/mol. */
export function ownEnergy(site: Site, amino: Amino): number {
  const { burial, exposure, volume, helix } = ownTerms(site, amino);
  return burial + exposure + volume + helix;
}

const CAVITY = 0.024;
/** NOTE: pressing in costs more than leaving a hole, for a backbone can give way only a little. */
const PRESSED = 0.06;
/** A place takes this much more than its room before it is pressed, cubic angstroms. */
const GIVE = 15;

function volumeTerm({ burial, room }: Site, volume: number): number {
  if (room === 0) return 0;
  return burial * (CAVITY * Math.max(0, room - volume) + PRESSED * Math.max(0, volume - room - GIVE));
}

/** Chain entropy that glycine has more of than others: 2.4 e.u. at 298 K. SEE: Nemethy et al., J. Phys. Chem. 70 (1966) 998. */
const GLYCINE = 0.72;
/** What any other residue pays where the backbone turns the left-handed way. SEE: Takano et al., Proteins 45 (2001) 274. */
const LEFT_HANDED = 1;

function backboneTerm({ place, phi }: Site, amino: Amino): number {
  if (place === 'helix') return of(HELIX_COST, amino);
  const end = place === 'other' ? 0 : RT * endEnergy(place, amino);
  if (amino === 'P') return end + (phi === null || (phi > -95 && phi < -45) ? 0 : of(HELIX_COST, 'P'));
  if (phi !== null && phi > 0 && place !== "C'") return end + (amino === 'G' ? 0 : LEFT_HANDED);
  return end + (amino === 'G' && place === 'other' ? GLYCINE : 0);
}

/**
 * Distance of a side chain's middle from its alpha carbon, angstroms.
 * SEE: M. Levitt, J. Mol. Biol. 104 (1976) 59; AAindex LEVM760102.
 */
const REACHES: readonly (readonly [Amino, number])[] = [
  ...Object.entries({ A: 0.77, R: 3.72, N: 1.98, D: 1.99, C: 1.38, Q: 2.58, E: 2.63, G: 0, H: 2.76, I: 1.83 }),
  ...Object.entries({ L: 2.08, K: 2.94, M: 2.34, F: 2.97, P: 1.42, S: 1.28, T: 1.43, W: 3.58, Y: 3.36, V: 1.49 }),
];
const REACH: Scale = Object.fromEntries(REACHES);

/** The middle of a side chain at a site: its mean place, whatever stands around. */
export function middleOf(site: Site, amino: Amino): Vector {
  return plus(site.alpha, times(site.out, of(REACH, amino)));
}

/** Side chains whose middles are nearer than this touch, angstroms. SEE: Miyazawa and Jernigan 1996. */
export const TOUCH = 6.5;
const SOFT = 0.5;
/** Beyond this a contact weighs less than 0.1 %, angstroms. */
const NO_TOUCH = TOUCH + 7 * SOFT;
/** NOTE: between that of water and of a protein's inside, as is found for charges on surfaces. SEE: C. N. Schutz, A. Warshel, Proteins 44 (2001) 400. */
const DIELECTRIC = 40;
/** Screening length at 0.15 mol/l of salt, angstroms. */
const DEBYE = 7.9;
const COULOMB = 332.06;

/** What two side chains do to each other, and under which term it goes; kcal/mol. */
export function pairEnergy(one: Site, amino: Amino, other: Site, partner: Amino): number {
  const charges = chargesOf(amino, partner);
  const far = between(one, of(REACH, amino), other, of(REACH, partner));
  if (charges !== 0) return (COULOMB * charges * Math.exp(-far / DEBYE)) / (DIELECTRIC * far);
  if (far > NO_TOUCH) return 0;
  return (RT * contactEnergy(amino, partner)) / (1 + Math.exp((far - TOUCH) / SOFT));
}

/** The term of a pair. NOTE: charged pairs count as charges alone, or they would count twice. */
export function pairTerm(amino: Amino, partner: Amino): 'contact' | 'charge' {
  return chargesOf(amino, partner) === 0 ? 'contact' : 'charge';
}

function chargesOf(amino: Amino, partner: Amino): number {
  return of(CHARGE, amino) * of(CHARGE, partner);
}

/** How far apart two side chains' middles are, at least 3 angstroms. NOTE: spelt out, for it is asked a million times. */
function between(one: Site, reach: number, other: Site, otherReach: number): number {
  const x = one.alpha[0] + one.out[0] * reach - other.alpha[0] - other.out[0] * otherReach;
  const y = one.alpha[1] + one.out[1] * reach - other.alpha[1] - other.out[1] * otherReach;
  const z = one.alpha[2] + one.out[2] * reach - other.alpha[2] - other.out[2] * otherReach;
  return Math.max(3, Math.sqrt(x * x + y * y + z * z));
}

function of(scale: Scale, amino: Amino): number {
  return scale[amino] as number;
}
