import { AMINO, type Amino } from './amino.js';

/**
 * Contact energies e'(i, j) between side chains in units of RT: what a contact of two kinds brings beyond the mean of
 * each kind's contacts, so that the hydrophobic effect, which is counted apart, is not in it.
 * SEE: S. Miyazawa, R. L. Jernigan, J. Mol. Biol. 256 (1996) 623, table 3, lower half; AAindex MIYS960102.
 */
const CONTACT = `
A -0.13
R 0.30 0.12
N 0.10 -0.16 -0.39
D 0.16 -0.89 -0.47 -0.08
C 0.02 0.56 0.35 0.45 -0.85
Q 0.13 -0.24 -0.34 -0.17 0.17 -0.09
E 0.30 -0.92 -0.35 0.06 0.54 -0.18 0.12
G -0.10 0.03 -0.18 -0.11 0.05 -0.02 0.21 -0.41
H 0.17 -0.04 -0.15 -0.47 -0.02 0.03 -0.35 0.05 -0.48
I -0.14 0.35 0.55 0.54 -0.06 0.20 0.39 0.28 0.29 -0.25
L -0.08 0.34 0.44 0.70 0.00 0.22 0.46 0.29 0.28 -0.36 -0.30
K 0.23 0.49 -0.32 -0.87 0.59 -0.32 -1.04 0.01 0.18 0.38 0.41 0.37
M 0.00 0.36 0.34 0.64 -0.05 0.07 0.27 0.17 -0.05 -0.23 -0.23 0.41 -0.17
F -0.03 0.34 0.38 0.57 -0.02 0.11 0.44 0.27 0.00 -0.21 -0.26 0.37 -0.43 -0.29
P 0.08 -0.05 -0.07 0.05 0.04 -0.19 0.07 -0.14 -0.15 0.20 0.15 0.09 0.01 0.05 -0.12
S -0.01 -0.08 -0.23 -0.36 0.14 -0.06 -0.26 -0.20 -0.12 0.33 0.32 -0.10 0.32 0.17 -0.05 -0.26
T -0.01 -0.05 -0.22 -0.22 0.20 -0.16 -0.21 -0.15 -0.12 0.13 0.21 -0.05 0.15 0.22 -0.07 -0.24 -0.09
W 0.01 -0.04 0.11 0.26 -0.12 0.15 0.06 0.03 -0.16 -0.10 -0.07 0.09 -0.37 -0.14 -0.38 0.25 0.33 0.01
Y 0.07 -0.19 0.02 -0.06 0.27 -0.11 -0.14 0.04 -0.10 0.03 0.00 -0.22 -0.13 -0.04 -0.24 0.06 0.14 0.01 0.10
V -0.13 0.38 0.43 0.70 -0.05 0.27 0.46 0.15 0.32 -0.29 -0.33 0.37 -0.06 -0.19 0.11 0.27 0.17 -0.03 0.13 -0.29`;

/** Half-bits. SEE: S. Henikoff, J. G. Henikoff, PNAS 89 (1992) 10915; the matrix as NCBI distributes it. */
const BLOSUM62 = `
A 4
R -1 5
N -2 0 6
D -2 -2 1 6
C 0 -3 -3 -3 9
Q -1 1 0 0 -3 5
E -1 0 0 2 -4 2 5
G 0 -2 0 -1 -3 -2 -2 6
H -2 0 1 -1 -3 0 0 -2 8
I -1 -3 -3 -3 -1 -3 -3 -4 -3 4
L -1 -2 -3 -4 -1 -2 -3 -4 -3 2 4
K -1 2 0 -1 -3 1 1 -2 -1 -3 -2 5
M -1 -1 -2 -3 -1 0 -2 -3 -2 1 2 -1 5
F -2 -3 -3 -3 -2 -3 -3 -3 -1 0 0 -3 0 6
P -1 -2 -2 -1 -3 -1 -1 -2 -2 -3 -3 -1 -2 -4 7
S 1 -1 1 0 -1 0 0 0 -1 -2 -2 0 -1 -2 -1 4
T 0 -1 0 -1 -1 -1 -1 -2 -2 -1 -1 -1 -1 -2 -1 1 5
W -3 -3 -4 -4 -2 -2 -3 -2 -2 -3 -2 -3 -1 1 -4 -3 -2 11
Y -2 -2 -2 -3 -2 -1 -2 -3 2 -1 -1 -2 -1 3 -3 -2 -2 2 7
V 0 -3 -3 -3 -1 -2 -2 -3 -3 3 1 -2 1 -1 -2 -2 0 -3 -1 4`;

type Pairs = { readonly [one: Amino]: { readonly [other: Amino]: number } };

function read(triangle: string): Pairs {
  const pairs: { [one: Amino]: { [other: Amino]: number } } = {};
  for (const row of triangle.trim().split('\n')) {
    const [one, ...values] = row.split(' ') as [Amino, ...string[]];
    const own: { [other: Amino]: number } = {};
    pairs[one] = own;
    for (const [at, value] of values.entries()) {
      const other = AMINO[at] as Amino;
      own[other] = Number(value);
      (pairs[other] as { [amino: Amino]: number })[one] = Number(value);
    }
  }
  return pairs;
}

const contacts = read(CONTACT);
const substitutions = read(BLOSUM62);

/** Energy of a contact beyond the mean, in units of RT. */
export function contactEnergy(one: Amino, other: Amino): number {
  return contacts[one]?.[other] as number;
}

/** BLOSUM62 score in half-bits. */
export function blosum62(one: Amino, other: Amino): number {
  return substitutions[one]?.[other] as number;
}
