import { occurrences } from '../bases.js';
import { NAMES, translated } from '../codons.js';
import { type Cutter, cutter } from '../cutters.js';
import { between, codingDna, geneName, randomDna, some } from '../make.js';
import { assembled, type Built, ELEMENTS, housekeeping, type Piece, spacer } from '../plasmids.js';
import type { Goal } from '../task.js';
import { CLONING_SITES, gene, plasmidName, vector } from '../vectors.js';
import { opened } from './cloning.js';
import type { Draft, Make } from './kind.js';

type Rng = Parameters<Make>[0];

/** Blunt cutters, which leave no doubt about what an assembly keeps of the ends they make. */
const BLUNT = ['EcoRV', 'SmaI', 'PvuII', 'ScaI', 'StuI', 'HpaI'].map(cutter);

function plasmid(question: string, goal: Goal): Draft {
  return { question, submit: 'plasmid', gold: { goal } };
}

/** A goal that only one circle meets. */
function exactly(name: string, circle: string): Goal {
  const parts = [{ name, dna: circle, protein: null }];
  return { ...BARE, parts, minLength: circle.length, maxLength: circle.length };
}

const BARE = { circular: true, parts: [], frames: [], absent: [], minGc: 0, maxGc: 100 } satisfies Partial<Goal>;

const restriction: Make = (rng, shelf) => {
  const [host, dna] = [vector(rng), gene(rng, CLONING_SITES)];
  if (host === undefined || dna === undefined) return undefined;
  const [one, two] = some(rng, [...host.enzymes.keys()], 2).sort((a, b) => a - b) as [number, number];
  if (two - one < 2) return undefined;
  const [first, second] = [host.enzymes[one] as Cutter, host.enzymes[two] as Cutter];
  const name = geneName(rng);
  const [from, to] = [host.sequence.indexOf(second.site), host.sequence.indexOf(first.site) + first.site.length];
  const kept = host.sequence.slice(from) + host.sequence.slice(0, to);
  const keys = {
    gene: shelf.add(dna, { name }),
    host: shelf.add(host.sequence, { name: plasmidName(rng), circular: true, features: host.features }),
  };
  const question = `Clone the coding sequence ${keys.gene} (${name}) into the plasmid ${keys.host} between its ${first.name} and ${second.name} sites, so that it is read in the direction of the T7 promoter. Both sites stay, and what lies between them now goes; up to 30 further base pairs may come in.`;
  const parts = [
    { name: `plasmid from ${second.name} round to ${first.name}`, dna: kept, protein: null },
    { name, dna, protein: null },
  ];
  const length = kept.length + dna.length;
  return plasmid(question, { ...BARE, parts, minLength: length, maxLength: length + 30 });
};

const gibson: Make = (rng, shelf) => {
  const enzyme = rng.pick(BLUNT);
  const pieces = (site: string): Piece[] => [
    { dna: ELEMENTS.t7Promoter, free: 'nothing', name: 'T7 promoter', type: 'promoter' },
    spacer(rng, 20, 40),
    { dna: ELEMENTS.ribosomeSite, free: 'nothing', name: 'RBS', type: 'RBS' },
    spacer(rng, 4, 6),
    { dna: site, free: 'nothing', name: `${enzyme.name} site` },
    spacer(rng, 20, 40),
    { dna: ELEMENTS.t7Terminator, free: 'nothing', name: 'T7 terminator', type: 'terminator' },
    ...housekeeping(rng),
  ];
  const [host, dna] = [unique(rng, pieces(enzyme.site), [enzyme]), gene(rng, [])];
  if (host === undefined || dna === undefined) return undefined;
  const name = geneName(rng);
  const keys = { gene: shelf.add(dna, { name }), host: placed(rng, shelf, host) };
  const question = `Insert the coding sequence ${keys.gene} (${name}) into the plasmid ${keys.host} where ${enzyme.name} cuts it, by Gibson assembly, so that it is read in the direction of the T7 promoter. Nothing else is added or lost.`;
  return plasmid(question, exactly('construct', opened(host.sequence, enzyme) + dna));
};

type Shelving = Parameters<Make>[1];

function placed(rng: Rng, shelf: Shelving, { sequence, features }: Built): string {
  return shelf.add(sequence, { name: plasmidName(rng), circular: true, features });
}

/** A circle of these pieces in which each enzyme has one site. */
function unique(rng: Rng, pieces: readonly Piece[], enzymes: readonly Cutter[]): Built | undefined {
  const sites = enzymes.map(({ site }) => site);
  const built = assembled(rng, pieces, true, sites);
  const isUnique = built !== undefined && sites.every((site) => occurrences(built.sequence, site, true) === 1);
  return isUnique ? built : undefined;
}

/** A plasmid that expresses a made-up gene between two blunt sites. */
interface Expressing {
  readonly built: Built;
  readonly name: string;
  readonly dna: string;
  /** Where the gene begins on the plasmid, from 0. */
  readonly at: number;
}

function expressing(rng: Rng, promoter: Piece): Expressing | undefined {
  const enzymes = some(rng, BLUNT, 2) as [Cutter, Cutter];
  const name = geneName(rng);
  const pieces: Piece[] = [
    { dna: enzymes[0].site, free: 'nothing', name: `${enzymes[0].name} site` },
    spacer(rng, 5, 8),
    promoter,
    spacer(rng, 10, 20),
    { dna: ELEMENTS.ribosomeSite, free: 'nothing', name: 'RBS', type: 'RBS' },
    spacer(rng, 5, 8),
    { dna: codingDna(rng, between(rng, 60, 120)), free: 'codons', name, type: 'CDS' },
    spacer(rng, 5, 8),
    { dna: enzymes[1].site, free: 'nothing', name: `${enzymes[1].name} site` },
    spacer(rng, 20, 40),
    { dna: ELEMENTS.t7Terminator, free: 'nothing', name: 'T7 terminator', type: 'terminator' },
    ...housekeeping(rng),
  ];
  const built = unique(rng, pieces, enzymes);
  if (built === undefined) return undefined;
  const dna = (built.pieces[6] as Piece).dna;
  return { built, name, dna, at: built.sequence.indexOf(dna) };
}

const T7: Piece = { dna: ELEMENTS.t7Promoter, free: 'nothing', name: 'T7 promoter', type: 'promoter' };

/** Short peptides that are told apart by antibodies or bind a column. SEE: K. Terpe, Appl. Microbiol. Biotechnol. 60 (2003) 523, table 1. */
const TAGS: readonly (readonly [string, string])[] = [
  ['His6', 'HHHHHH'],
  ['FLAG', 'DYKDDDDK'],
  ['HA', 'YPYDVPDYA'],
  ['c-myc', 'EQKLISEEDL'],
  ['Strep-tag II', 'WSHPQFEK'],
];

const tag: Make = (rng, shelf) => {
  const made = expressing(rng, T7);
  if (made === undefined) return undefined;
  const { built, name, dna, at } = made;
  const [label, peptide] = rng.pick(TAGS);
  const protein = translated(dna).slice(0, -1);
  const atStart = rng.below(2) === 0;
  const where = atStart
    ? 'N-terminal end, right after the first methionine, which stays'
    : 'C-terminal end, right before the stop codon';
  const question = `Add the ${label} tag (${peptide}) to the protein of ${name} in the plasmid ${placed(rng, shelf, built)}, at its ${where}. The codons of the tag are yours to choose; all else of the plasmid stays as it is.`;
  const rest = {
    name: 'rest of the plasmid',
    dna: built.sequence.slice(at + dna.length) + built.sequence.slice(0, at),
    protein: null,
  };
  const kept = { name: `codons of ${name}`, dna: atStart ? dna.slice(3) : dna.slice(0, -3), protein: null };
  const tagged = atStart ? `M${peptide}${protein.slice(1)}` : protein + peptide;
  const length = built.sequence.length + 3 * peptide.length;
  return plasmid(question, {
    ...BARE,
    parts: atStart ? [kept, rest] : [rest, kept],
    frames: [{ name: `${label}-tagged ${name}`, protein: tagged }],
    minLength: length,
    maxLength: length,
  });
};

/** A made-up bacterial promoter around the boxes of the consensus. SEE: D. K. Hawley, W. R. McClure, NAR 11 (1983) 2237. */
function promoter(rng: Rng, name: string): Piece {
  const dna = `${randomDna(rng, 30)}TTGACA${randomDna(rng, 17)}TATAAT${randomDna(rng, 20)}`;
  return { dna, free: 'bases', name, type: 'promoter' };
}

const swap: Make = (rng, shelf) => {
  const [old, fresh] = [`P${geneName(rng)}`, `P${geneName(rng)}`];
  const made = expressing(rng, promoter(rng, old));
  if (made === undefined || old === fresh) return undefined;
  const { built } = made;
  const before = (built.pieces[2] as Piece).dna;
  const after = promoter(rng, fresh).dna;
  const at = built.sequence.indexOf(before);
  const circle = built.sequence.slice(0, at) + after + built.sequence.slice(at + before.length);
  const keys = {
    host: placed(rng, shelf, built),
    fresh: shelf.add(after, {
      name: fresh,
      features: [{ start: 1, end: after.length, strand: 1, type: 'promoter', name: fresh }],
    }),
  };
  const question = `Replace the promoter ${old} of the plasmid ${keys.host} by the promoter ${keys.fresh} (${fresh}), which reads in the same direction. All else stays as it is.`;
  return plasmid(question, exactly('construct', circle));
};

const mutation: Make = (rng, shelf) => {
  const made = expressing(rng, T7);
  if (made === undefined) return undefined;
  const { built, name, dna, at } = made;
  const protein = translated(dna).slice(0, -1);
  const position = between(rng, 15, protein.length - 14);
  const from = protein[position - 1] as string;
  const to = rng.pick(Object.keys(NAMES).filter((one) => one !== from));
  const mutated = protein.slice(0, position - 1) + to + protein.slice(position);
  const codon = at + 3 * (position - 1);
  const rest = built.sequence.slice(codon + 3) + built.sequence.slice(0, codon);
  const question = `Mutate the gene ${name} of the plasmid ${placed(rng, shelf, built)} so that amino acid ${position} of its protein becomes ${NAMES[to]} instead of ${NAMES[from]}. Which codon is yours to choose; all else of the plasmid stays as it is.`;
  const parts = [{ name: 'rest of the plasmid', dna: rest, protein: null }];
  const frames = [{ name: `${name} ${from}${position}${to}`, protein: mutated }];
  const length = built.sequence.length;
  return plasmid(question, { ...BARE, parts, frames, minLength: length, maxLength: length });
};

export const builds = {
  'build-restriction': restriction,
  'build-gibson': gibson,
  'build-tag': tag,
  'build-promoter': swap,
  'build-mutation': mutation,
};
