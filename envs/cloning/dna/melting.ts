import { UserError } from '../../../src/core/errors.js';
import { reverseComplement } from './iupac.js';

/** Concentrations, and how salt is accounted for. */
export interface Conditions {
  /** Both strands together, nmol/l. */
  readonly strands: number;
  /** Sodium and other single-charged ions, mmol/l. */
  readonly sodium: number;
  /** `santalucia`: on the entropy; `owczarzy`: on the inverse of the temperature; `none`: as at 1 mol/l. */
  readonly salt: 'santalucia' | 'owczarzy' | 'none';
}

/** Conditions of a usual PCR, in which all temperatures of the tools are told. */
export const PCR: Conditions = { strands: 500, sodium: 50, salt: 'santalucia' };

/**
 * Enthalpy in kcal/mol and entropy in cal/(mol K) of each pair of neighbours, 5' to 3'.
 * SEE: J. SantaLucia Jr., "A unified view of polymer, dumbbell, and oligonucleotide DNA nearest-neighbor
 * thermodynamics", PNAS 95 (1998) 1460, table 2.
 */
const STACKS: { readonly [pair: string]: readonly [enthalpy: number, entropy: number] } = {
  AA: [-7.9, -22.2],
  AT: [-7.2, -20.4],
  TA: [-7.2, -21.3],
  CA: [-8.5, -22.7],
  GT: [-8.4, -22.4],
  CT: [-7.8, -21.0],
  GA: [-8.2, -22.2],
  CG: [-10.6, -27.2],
  GC: [-9.8, -24.4],
  GG: [-8.0, -19.9],
};

const ENDS: { readonly [base: string]: readonly [enthalpy: number, entropy: number] } = {
  A: [2.3, 4.1],
  T: [2.3, 4.1],
  C: [0.1, -2.8],
  G: [0.1, -2.8],
};

const SYMMETRY = -1.4;
const GAS = 1.987;
const ZERO = 273.15;

/**
 * The melting temperature, in degrees Celsius, of an oligonucleotide with its complement.
 * @throws UserError on fewer than 2 bases, or letters other than A, C, G and T
 * SEE: SantaLucia 1998, equation 3 and the salt correction of its equation for entropy; R. Owczarzy et al., Biochemistry
 * 43 (2004) 3537, equation 22.
 */
export function meltingTemperature(oligo: string, { strands, sodium, salt }: Conditions = PCR): number {
  const [enthalpy, entropy] = energyOf(oligo);
  const isSymmetric = reverseComplement(oligo) === oligo;
  const strength = (strands * 1e-9) / (isSymmetric ? 1 : 4);
  const logSodium = Math.log(sodium / 1000);
  const salted = salt === 'santalucia' ? 0.368 * (oligo.length - 1) * logSodium : 0;
  const kelvin = (1000 * enthalpy) / (entropy + (isSymmetric ? SYMMETRY : 0) + salted + GAS * Math.log(strength));
  if (salt !== 'owczarzy') return kelvin - ZERO;
  const inverse = (4.29 * shareOfGc(oligo) - 3.95) * 1e-5 * logSodium + 9.4e-6 * logSodium ** 2;
  return 1 / (1 / kelvin + inverse) - ZERO;
}

/** Enthalpy and entropy of all stacks and of both ends. */
function energyOf(oligo: string): readonly [number, number] {
  if (!/^[ACGT]{2,}$/.test(oligo))
    throw new UserError(`a melting temperature takes 2 or more of A, C, G, T; got "${oligo}"`);
  const terms = [...oligo.slice(1)].map((base, at) => stackOf(`${oligo[at]}${base}`));
  const ends = [oligo[0], oligo.at(-1)].map((base) => ENDS[base as string] as readonly [number, number]);
  return [...terms, ...ends].reduce(([h, s], [enthalpy, entropy]) => [h + enthalpy, s + entropy], [0, 0]);
}

function stackOf(pair: string): readonly [number, number] {
  return (STACKS[pair] ?? STACKS[reverseComplement(pair)]) as readonly [number, number];
}

/** The share of G and C among the letters, 0 to 1; S counts as well. 0 for an empty sequence. */
export function shareOfGc(sequence: string): number {
  return sequence.length === 0 ? 0 : [...sequence].filter((base) => 'GCS'.includes(base)).length / sequence.length;
}
