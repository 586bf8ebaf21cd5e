/** The twenty amino acids of proteins in the order of NCBI's matrices. */
export const AMINO = 'ARNDCQEGHILKMFPSTWYV';

/** One letter of `AMINO`. */
export type Amino = string;

const NAMES = 'ALA ARG ASN ASP CYS GLN GLU GLY HIS ILE LEU LYS MET PHE PRO SER THR TRP TYR VAL'.split(' ');

/** Modified residues that stand for the one they were made from: selenomethionine, selenocysteine, protonation states. */
const KIN: { readonly [name: string]: Amino } = {
  ...{ MSE: 'M', SEC: 'C', CSO: 'C', CYX: 'C', CYM: 'C', HID: 'H', HIE: 'H', HIP: 'H', HSD: 'H', HSE: 'H', HSP: 'H' },
  ...{ ASH: 'D', GLH: 'E', LYN: 'K', SEP: 'S', TPO: 'T', PTR: 'Y', HYP: 'P', MLY: 'K' },
};

/** The letter of a residue's three-letter name, or null where it is no amino acid. */
export function letterOf(name: string): Amino | null {
  const at = NAMES.indexOf(name);
  return at >= 0 ? (AMINO[at] as Amino) : (KIN[name] ?? null);
}

/** The three-letter name, in capitals as structure files write it. */
export function nameOf(amino: Amino): string {
  return NAMES[AMINO.indexOf(amino)] as string;
}

export type Scale = { readonly [amino: Amino]: number };

/** Reads a scale written as `A 1.8, R -4.5, ...`, one value for each amino acid. */
function scale(values: string): Scale {
  return Object.fromEntries(values.split(', ').map((value) => [value.slice(0, 1), Number(value.slice(2))]));
}

/**
 * Hydrophobicity of side chains, log10 of the partition between octanol and water, glycine 0.
 * SEE: J.-L. Fauchere, V. Pliska, Eur. J. Med. Chem. 18 (1983) 369; AAindex FAUJ830101.
 */
export const TRANSFER = scale(
  'A 0.31, R -1.01, N -0.6, D -0.77, C 1.54, Q -0.22, E -0.64, G 0, H 0.13, I 1.8, L 1.7, K -0.99, M 1.23, F 1.79, P 0.72, S -0.04, T 0.26, W 2.25, Y 0.96, V 1.22',
);

/** Hydropathy. SEE: J. Kyte, R. F. Doolittle, J. Mol. Biol. 157 (1982) 105, table 2. */
export const HYDROPATHY = scale(
  'A 1.8, R -4.5, N -3.5, D -3.5, C 2.5, Q -3.5, E -3.5, G -0.4, H -3.2, I 4.5, L 3.8, K -3.9, M 1.9, F 2.8, P -1.6, S -0.8, T -0.7, W -0.9, Y -1.3, V 4.2',
);

/** Hydrophobicity from 0 to 1. SEE: S. D. Black, D. R. Mould, Anal. Biochem. 193 (1991) 72; AAindex BLAS910101. */
export const BLACK_MOULD = scale(
  'A 0.616, R 0, N 0.236, D 0.028, C 0.68, Q 0.251, E 0.043, G 0.501, H 0.165, I 0.943, L 0.943, K 0.283, M 0.738, F 1, P 0.711, S 0.359, T 0.45, W 0.878, Y 0.88, V 0.825',
);

/** Cost of a residue inside an alpha helix, kcal/mol, alanine 0. SEE: C. N. Pace, J. M. Scholtz, Biophys. J. 75 (1998) 422. */
export const HELIX_COST = scale(
  'A 0, R 0.21, N 0.65, D 0.69, C 0.68, Q 0.39, E 0.4, G 1, H 0.61, I 0.41, L 0.21, K 0.26, M 0.24, F 0.54, P 3.16, S 0.5, T 0.66, W 0.49, Y 0.53, V 0.61',
);

/** Volume of a residue in cubic angstroms. SEE: J. Tsai et al., J. Mol. Biol. 290 (1999) 253; AAindex TSAJ990101. */
const RESIDUE_VOLUME = scale(
  'A 89.3, R 190.3, N 122.4, D 114.4, C 102.5, Q 146.9, E 138.8, G 63.8, H 157.5, I 163, L 163.1, K 165.1, M 165.8, F 190.8, P 121.6, S 94.2, T 119.6, W 226.4, Y 194.6, V 138.2',
);

/** Volume of a side chain in cubic angstroms: that of the residue beyond glycine's. */
export const VOLUME: Scale = Object.fromEntries(
  Object.entries(RESIDUE_VOLUME).map(([amino, volume]) => [amino, volume - (RESIDUE_VOLUME.G as number)]),
);

/** Charge of a side chain at pH 7.4, histidine taken as neutral. */
export const CHARGE = scale(
  'A 0, R 1, N 0, D -1, C 0, Q 0, E -1, G 0, H 0, I 0, L 0, K 1, M 0, F 0, P 0, S 0, T 0, W 0, Y 0, V 0',
);

/** Classes as `get_residue_at_position` tells them. */
const CLASSES: { readonly [name: string]: string } = {
  acidic: 'DE',
  basic: 'RKH',
  charged: 'DERKH',
  polar: 'NQSTYCWDERKH',
  aliphatic: 'AILVG',
  aromatic: 'FWYH',
  proline: 'P',
};

/** The names of the classes an amino acid belongs to. */
export function classesOf(amino: Amino): string[] {
  return Object.keys(CLASSES).filter((name) => (CLASSES[name] as string).includes(amino));
}
