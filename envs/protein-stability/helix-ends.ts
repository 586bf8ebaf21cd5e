import { AMINO, type Amino } from './amino.js';

/**
 * How often each amino acid stands at a place near the ends of helices, relative to its share in proteins. Values in
 * the order of `AMINO`. N-cap and C-cap are the residues before the first and after the last of the helix.
 * SEE: R. Aurora, G. D. Rose, "Helix capping", Protein Science 7 (1998) 21; AAindex AURR980105 to AURR980117.
 */
const FREQUENCIES = {
  'N-cap': '0.67 0.76 1.28 1.58 0.37 1.05 0.94 0.98 0.83 0.78 0.79 0.84 0.98 0.96 1.12 1.25 1.41 0.94 0.82 0.67',
  N1: '1.1 1.05 0.72 1.14 0.26 1.31 2.3 0.55 0.83 1.06 0.84 1.08 0.9 0.9 1.67 0.81 0.77 1.26 0.99 0.76',
  N2: '1.39 0.95 0.67 1.64 0.52 1.6 2.07 0.65 1.36 0.64 0.91 0.8 1.1 1 0.94 0.69 0.92 1.1 0.73 0.7',
  N3: '1.43 1.33 0.55 0.9 0.52 1.43 1.7 0.56 0.66 1.18 1.52 0.82 1.68 1.1 0.15 0.61 0.75 1.68 0.65 1.14',
  C3: '1.73 1.24 0.7 0.68 0.63 0.88 1.16 0.32 0.76 1.15 1.8 1.22 2.21 1.35 0.07 0.65 0.46 1.57 1.1 0.94',
  C2: '1.33 1.39 0.64 0.6 0.44 1.37 1.43 0.2 1.02 1.58 1.63 1.71 1.76 1.22 0.07 0.42 0.57 1 1.02 1.08',
  C1: '1.87 1.66 0.7 0.91 0.33 1.24 1.88 0.33 0.89 0.9 1.65 1.63 1.35 0.67 0.03 0.71 0.5 1 0.73 0.51',
  'C-cap': '1.19 1.45 1.33 0.72 0.44 1.43 1.27 0.74 1.55 0.61 1.36 1.45 1.35 1.2 0.1 1.02 0.82 0.58 1.06 0.46',
  "C'": '0.77 1.11 1.39 0.79 0.44 0.95 0.92 2.74 1.65 0.64 0.66 1.19 0.74 1.04 0.66 0.64 0.82 0.58 0.93 0.53',
} as const;

/** A place near the end of a helix. */
export type HelixEnd = keyof typeof FREQUENCIES;

const logarithms = new Map<string, readonly number[]>(
  Object.entries(FREQUENCIES).map(([place, values]) => [
    place,
    values.split(' ').map((value) => Math.log(Number(value))),
  ]),
);

/** Statistical energy of an amino acid at a place, in units of RT: minus the logarithm of its frequency. */
export function endEnergy(place: HelixEnd, amino: Amino): number {
  return -(logarithms.get(place)?.[AMINO.indexOf(amino)] as number);
}

/** Where a position stands in a helix given by its first and last residue; null in its middle and far from it. */
export function endAt(
  position: number,
  { first, last }: { readonly first: number; readonly last: number },
): HelixEnd | null {
  const fromStart = position - first;
  const fromEnd = last - position;
  const start = (['N-cap', 'N1', 'N2', 'N3'] as const)[fromStart + 1];
  if (fromStart < 3 && start !== undefined && fromStart <= fromEnd) return start;
  const end = (["C'", 'C-cap', 'C1', 'C2', 'C3'] as const)[fromEnd + 2];
  return fromEnd < 3 && end !== undefined ? end : null;
}
