import { type Amino, CHARGE, HYDROPATHY, type Scale } from './amino.js';
import { instabilitySum } from './instability.js';

/** What a sequence alone tells of a protein. Shares are from 0 to 1. */
export interface Properties {
  readonly length: number;
  /** Shares of residues that are usual in helices (EMALK), turns (NPGSD) and sheets (VIYFWLT). */
  readonly helix: number;
  readonly turn: number;
  readonly sheet: number;
  /** Share of F, W and Y. */
  readonly aromaticity: number;
  /** Share of residues charged at pH 7.4: D, E, K and R. */
  readonly charged: number;
  /** Net charge at pH 7.4. */
  readonly charge: number;
  /** Daltons, average isotopes. */
  readonly weight: number;
  /** Above 40 proteins are said to be short-lived. */
  readonly instability: number;
  readonly isoelectricPoint: number;
  /** Grand average of hydropathy. */
  readonly gravy: number;
  /** 1/(M cm) at 280 nm with all cysteines reduced, and with as many as can be in bridges. */
  readonly extinction: readonly [reduced: number, bridged: number];
  /** Sequence charge decoration: the lower, the more unlike charges lie apart in blocks. */
  readonly chargeDecoration: number;
}

const WEIGHTS: Scale = {
  ...{ A: 89.0932, R: 174.201, N: 132.1179, D: 133.1027, C: 121.1582, Q: 146.1445, E: 147.1293, G: 75.0666 },
  ...{ H: 155.1546, I: 131.1729, L: 131.1729, K: 146.1876, M: 149.2113, F: 165.1891, P: 115.1305, S: 105.0926 },
  ...{ T: 119.1192, W: 204.2252, Y: 181.1885, V: 117.1463 },
};
const WATER = 18.0153;

/**
 * The properties of a protein of one or more chains. Of one chain they are those that ExPASy's ProtParam gives.
 * SEE: E. Gasteiger et al., in The Proteomics Protocols Handbook (2005) 571; Kyte and Doolittle 1982; Guruprasad et al.
 * 1990; C. N. Pace et al., Protein Science 4 (1995) 2411 (extinction); L. Sawle, K. Ghosh, J. Chem. Phys. 143 (2015)
 * 085101, equation 14 (charge decoration).
 */
export function propertiesOf(chains: readonly string[]): Properties {
  const all = chains.join('');
  const share = (letters: string) => countOf(all, letters) / all.length;
  const reduced = 5500 * countOf(all, 'W') + 1490 * countOf(all, 'Y');
  return {
    ...{ length: all.length, helix: share('EMALK'), turn: share('NPGSD'), sheet: share('VIYFWLT') },
    ...{ aromaticity: share('FWY'), charged: share('DEKR'), charge: chargeAt(chains, 7.4) },
    weight: sum(chains, (chain) => sum([...chain], (amino) => WEIGHTS[amino] as number) - (chain.length - 1) * WATER),
    instability: (10 / all.length) * sum(chains, instabilitySum),
    isoelectricPoint: isoelectricPoint(chains),
    gravy: sum([...all], (amino) => HYDROPATHY[amino] as number) / all.length,
    extinction: [reduced, reduced + 125 * Math.floor(countOf(all, 'C') / 2)],
    chargeDecoration: sum(chains, (chain) => chain.length * chargeDecoration(chain)) / all.length,
  };
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function countOf(sequence: string, letters: string): number {
  return sum([...sequence], (amino) => (letters.includes(amino) ? 1 : 0));
}

const BASES: Scale = { K: 10, R: 12, H: 5.98 };
const ACIDS: Scale = { D: 4.05, E: 4.45, C: 9, Y: 10 };
/** Of the chain's ends, where these residues stand there. SEE: B. Bjellqvist et al., Electrophoresis 14 (1993) 1023. */
const FIRST: Scale = { A: 7.59, M: 7, S: 6.93, P: 8.36, T: 6.82, V: 7.44, E: 7.7 };
const LAST: Scale = { D: 4.55, E: 4.75 };

/** Net charge of the chains at a pH. */
function chargeAt(chains: readonly string[], ph: number): number {
  const plus = (pk: number) => 1 / (1 + 10 ** (ph - pk));
  const minus = (pk: number) => -1 / (1 + 10 ** (pk - ph));
  return sum(chains, (chain) => {
    const ends = plus(FIRST[chain.at(0) as Amino] ?? 7.5) + minus(LAST[chain.at(-1) as Amino] ?? 3.55);
    return (
      sum([...chain], (amino) => {
        const [base, acid] = [BASES[amino], ACIDS[amino]];
        return base !== undefined ? plus(base) : acid !== undefined ? minus(acid) : 0;
      }) + ends
    );
  });
}

function isoelectricPoint(chains: readonly string[]): number {
  let [low, high] = [0, 14];
  while (high - low > 1e-5) {
    const middle = (low + high) / 2;
    if (chargeAt(chains, middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function chargeDecoration(chain: string): number {
  const charges = [...chain].flatMap((amino, at) => {
    const charge = CHARGE[amino] as number;
    return charge === 0 ? [] : [{ at, charge }];
  });
  let total = 0;
  for (const [index, one] of charges.entries())
    for (const other of charges.slice(0, index)) total += one.charge * other.charge * Math.sqrt(one.at - other.at);
  return total / chain.length;
}
