import type { Rng } from '../../../src/core/rng.js';
import { occurrences, otherStrand } from './bases.js';
import { type Cutter, cutter } from './cutters.js';
import { between, codingDna, geneName, randomDna, some } from './make.js';
import { assembled, ELEMENTS, housekeeping, type Piece, spacer } from './plasmids.js';
import type { TaskFeature } from './task.js';

/**
 * The multiple cloning site of pUC19 from EcoRI to HindIII, and its enzymes in that order; SmaI has the site of XmaI.
 * SEE: C. Yanisch-Perron et al., Gene 33 (1985) 103, figure 1; GenBank L09137.
 */
const SITE = 'GAATTCGAGCTCGGTACCCGGGGATCCTCTAGAGTCGACCTGCAGGCATGCAAGCTT';
const ENZYMES = ['EcoRI', 'SacI', 'KpnI', 'XmaI', 'BamHI', 'XbaI', 'SalI', 'PstI', 'SphI', 'HindIII'];

/** An expression plasmid with the cloning site of pUC19 behind a T7 promoter. */
export interface Vector {
  readonly sequence: string;
  readonly features: TaskFeature[];
  /** Enzymes that cut it once, within the cloning site, in the order in which the promoter is read. */
  readonly enzymes: readonly Cutter[];
}

export function vector(rng: Rng): Vector | undefined {
  const turned = rng.below(2) === 0;
  const dna = turned ? otherStrand(SITE) : SITE;
  const enzymes = (turned ? [...ENZYMES].reverse() : ENZYMES).map(cutter);
  const pieces: Piece[] = [
    { dna: ELEMENTS.t7Promoter, free: 'nothing', name: 'T7 promoter', type: 'promoter' },
    spacer(rng, 20, 40),
    { dna, free: 'nothing', name: 'multiple cloning site' },
    spacer(rng, 20, 40),
    { dna: ELEMENTS.t7Terminator, free: 'nothing', name: 'T7 terminator', type: 'terminator' },
    ...housekeeping(rng),
  ];
  const sites = enzymes.map(({ site }) => site);
  const built = assembled(rng, pieces, true, sites);
  if (built === undefined || sites.some((site) => occurrences(built.sequence, site, true) !== 1)) return undefined;
  return { sequence: built.sequence, features: built.features, enzymes };
}

/** Sites that a gene for such a vector must not have. */
export const CLONING_SITES = ENZYMES.map((name) => cutter(name).site);

/** A name for a made-up plasmid: `pLV217`. */
export function plasmidName(rng: Rng): string {
  return `p${rng.pick([...'ACEKLMTV'])}${rng.pick([...'BDGHVX'])}${between(rng, 10, 399)}`;
}

/** A gene of its own, free of some sites. */
export function gene(rng: Rng, sites: readonly string[], least = 60, most = 140): string | undefined {
  const piece: Piece = { dna: codingDna(rng, between(rng, least, most)), free: 'codons' };
  const built = assembled(rng, [piece], false, sites);
  return built !== undefined && sites.every((site) => occurrences(built.sequence, site) === 0)
    ? built.sequence
    : undefined;
}

/** A stretch of a genome with three named genes, on either strand, free of some sites. */
export interface Region {
  readonly sequence: string;
  readonly features: TaskFeature[];
  readonly genes: readonly { readonly name: string; readonly dna: string }[];
}

export function region(rng: Rng, sites: readonly string[]): Region | undefined {
  const names = [geneName(rng), geneName(rng), geneName(rng)];
  if (new Set(names).size < 3) return undefined;
  const pieces = names.flatMap((name): Piece[] => [
    { dna: randomDna(rng, between(rng, 40, 90)), free: 'bases' },
    {
      dna: codingDna(rng, between(rng, 60, 110)),
      free: 'codons',
      strand: rng.pick([1, -1] as const),
      name,
      type: 'CDS',
    },
  ]);
  const built = assembled(rng, [...pieces, spacer(rng, 40, 90)], false, sites);
  if (built === undefined || sites.some((site) => occurrences(built.sequence, site) > 0)) return undefined;
  const genes = built.pieces.flatMap(({ name, dna }) => (name === undefined ? [] : [{ name, dna }]));
  return { sequence: built.sequence, features: built.features, genes: some(rng, genes, 3) };
}
