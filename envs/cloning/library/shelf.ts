import { stream } from '../../../src/core/rng.js';
import { sitesOf } from '../dna/digest.js';
import { COMMON } from '../dna/enzymes.js';
import { reverseComplement } from '../dna/iupac.js';
import { type Feature, molecule, type Sequence, type Strand } from '../dna/sequence.js';
import { annotated } from './annotate.js';
import { ELEMENTS, element } from './elements.js';
import { PUC19 } from './puc19.js';

/** The sites between which a gene is put, each once, as in the multiple cloning site of pUC19 with more around it. */
const CLONING_SITES = 'CATATGGCTAGCGAATTCGAGCTCGGATCCGTCGACAAGCTTGCGGCCGCACTCGAG';

/** What a made-up vector is joined of, in order; a `-` before a name turns the element round. */
type Plan = { readonly name: string; readonly says: string; readonly parts: readonly string[] };

const PLANS: readonly Plan[] = [
  {
    name: 'pLud1-Amp',
    says: 'expression vector with T7 promoter, ampicillin',
    parts: ['T7 promoter', 'lac operator', 'RBS', 'sites', 'T7 terminator', '-ori', '-AmpR', '-AmpR promoter'],
  },
  {
    name: 'pLud2-Kan',
    says: 'expression vector with T7 promoter, kanamycin',
    parts: ['T7 promoter', 'lac operator', 'RBS', 'sites', 'T7 terminator', '-ori', '-KanR', '-AmpR promoter'],
  },
  {
    name: 'pLud3-Cm',
    says: 'cloning vector with lac promoter, chloramphenicol',
    parts: ['lac promoter', 'lac operator', 'RBS', 'sites', 'T7 terminator', 'cat promoter', 'CmR', 'ori'],
  },
  {
    name: 'pLud4-EGFP',
    says: 'expression of green fluorescent protein, ampicillin',
    parts: ['T7 promoter', 'RBS', 'EGFP', 'T7 terminator', '-ori', '-AmpR', '-AmpR promoter'],
  },
  {
    name: 'pLud5-Red',
    says: 'expression of red fluorescent protein, kanamycin',
    parts: ['T7 promoter', 'RBS', 'DsRed-Express', 'T7 terminator', '-ori', '-KanR', '-AmpR promoter'],
  },
  {
    name: 'pLud6-loxKan',
    says: 'kanamycin cassette for yeast between lox sites, ampicillin',
    parts: ['loxP', 'TEF promoter', 'KanR', 'TEF terminator', 'loxP', '-ori', '-AmpR', '-AmpR promoter'],
  },
];

/** Bases that keep elements apart: the same for the same plan, without a site of an enzyme people clone with. */
function spacer(name: string, at: number): string {
  const rng = stream(`cloning: ${name}`, `spacer ${at}`);
  for (;;) {
    const bases = Array.from({ length: 24 + rng.below(12) }, () => rng.pick([...'ACGT'])).join('');
    if (COMMON.every((enzyme) => sitesOf(molecule(bases), enzyme).length === 0)) return bases;
  }
}

function built({ name, says, parts }: Plan): Sequence {
  let bases = '';
  const features: Feature[] = [];
  for (const [at, part] of parts.entries()) {
    bases += spacer(name, at);
    const strand: Strand = part.startsWith('-') ? -1 : 1;
    const plain = part.replace(/^-/, '');
    const { type, dna } = plain === 'sites' ? { type: 'misc_feature', dna: CLONING_SITES } : element(plain);
    const label = plain === 'sites' ? 'cloning sites' : plain;
    features.push({ start: bases.length, end: bases.length + dna.length, strand, type, name: label });
    bases += strand === 1 ? dna : reverseComplement(dna);
  }
  const description = `fictional: ${says}; real elements joined by made-up spacers`;
  return molecule(bases, { name, description, circular: true, features });
}

const pUC19 = (): Sequence => {
  const sites: Feature = { start: 395, end: 452, strand: 1, type: 'misc_feature', name: 'cloning sites' };
  const description = 'cloning vector with blue-white screening, ampicillin; GenBank L09137.2';
  return annotated(molecule(PUC19, { name: 'pUC19', description, circular: true, features: [sites] }));
};

let shelf: { plasmids: readonly Sequence[]; genes: readonly Sequence[] } | null = null;

/** The embedded plasmids and genes. NOTE: made once, on first use, for most episodes never search. */
export function library(): { readonly plasmids: readonly Sequence[]; readonly genes: readonly Sequence[] } {
  shelf ??= {
    plasmids: [pUC19(), ...PLANS.map(built)],
    genes: ELEMENTS.filter(({ type }) => type === 'CDS').map(geneOf),
  };
  return shelf;
}

function geneOf({ name, type, says, source, dna }: (typeof ELEMENTS)[number]): Sequence {
  const whole: Feature = { start: 0, end: dna.length, strand: 1, type, name };
  return molecule(dna, { name, description: `${says}; ${source}`, features: [whole] });
}
