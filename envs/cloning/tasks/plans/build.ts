import { otherStrand } from '../bases.js';
import { codonsFor, NAMES } from '../codons.js';
import { cutter } from '../cutters.js';
import { withoutSites } from '../rewrite.js';
import { longestOf } from './clone.js';
import { type Asked, call, groups, type Item, isError, itemsIn, type Look, lettersOf, type Plan } from './plan.js';

/** Bases of a neighbour that a primer carries for a Gibson assembly. */
const ARM = 25;
/** Bases before a site, for an enzyme cuts badly at the very end of a molecule. */
const PAD = 'GCGC';
/** Bases between a site and a gene, so that the two make no further site. */
const GAP = { before: 'AA', after: 'TT' };
/** The melting temperature for a start so rich in G and C that no primer is as cool as usual. */
const HOT = 68;

/** The key of what primers with these tails make of a whole molecule; tails as they read on its top strand. */
function* amplified(sequence: string, before: string, after: string): Look<string> {
  const tails = {
    ...(before === '' ? {} : { forward_overhang: before }),
    ...(after === '' ? {} : { reverse_overhang: otherStrand(after) }),
  };
  let told = yield call('design_primers', { sequence, ...tails });
  if (isError(told)) told = yield call('design_primers', { sequence, ...tails, target_tm: HOT });
  return itemsIn(told).at(-1)?.key ?? sequence;
}

/** Hands in the first circle that was made. */
function handIn(told: string, otherwise: string): ReturnType<typeof call> {
  const made = itemsIn(told).find(({ circular }) => circular);
  return call('submit_final_plasmid', { final: made?.key ?? otherwise });
}

function* byRestriction({ question }: Asked): Plan {
  const [gene = '', plasmid = '', ...enzymes] = groups(
    question,
    /Clone the coding sequence (\S+) \(.*plasmid (\S+) between its (\w+) and (\w+) sites/,
  );
  const [first, second] = enzymes.map((name) => cutter(name).site);
  const made = yield* amplified(gene, PAD + first + GAP.before, GAP.after + second + PAD);
  const insert = yield* longestOf(made, enzymes);
  const vector = yield* longestOf(plasmid, enzymes);
  return handIn(yield call('ligate', { sequences: [vector?.key ?? plasmid, insert?.key ?? made] }), plasmid);
}

function* byGibson({ question }: Asked): Plan {
  const [gene = '', plasmid = '', enzyme = ''] = groups(
    question,
    /Insert the coding sequence (\S+) \(.*plasmid (\S+) where (\w+) cuts/,
  );
  const vector = (yield* longestOf(plasmid, [enzyme])) as Item;
  const letters = yield* lettersOf(vector.key);
  const made = yield* amplified(gene, letters.slice(-ARM), letters.slice(0, ARM));
  return handIn(yield call('gibson', { sequences: [vector.key, made] }), plasmid);
}

function* byGoldenGate({ question }: Asked): Plan {
  const [listed = ''] = groups(question, /Golden Gate with BsaI .* in this order: (.*?)\. The promoter/);
  const keys = listed.match(/seq-[0-9a-f]{4}/g) ?? [];
  return handIn(yield call('goldengate', { sequences: keys, enzyme: 'BsaI' }), keys[0] as string);
}

/** A plasmid taken apart at the two blunt sites around what is to be changed. */
interface Opened {
  /** The rest of the plasmid, and its letters. */
  readonly vector: string;
  readonly arms: { readonly before: string; readonly after: string };
  readonly plasmid: string;
  /** First and last base of what was cut out, from 1. */
  readonly from: number;
  readonly to: number;
  readonly features: Item['features'];
}

function* opened(plasmid: string): Look<Opened> {
  const [whole] = itemsIn(yield call('slice_sequence', { seqs: plasmid, name: '' })) as [Item];
  const sites = whole.features.filter(({ name }) => name.endsWith(' site'));
  const [first, second] = sites as [Item['features'][number], Item['features'][number]];
  const enzyme = sites.map(({ name }) => name.replace(' site', '')).join(', ');
  const [from, to] = [first.start + 3, second.end - 3];
  const fragments = itemsIn(yield call('enzyme_cut', { sequence: plasmid, enzyme }));
  const vector = (fragments.find(({ length }) => length !== to - from + 1) as Item).key;
  const letters = yield* lettersOf(vector);
  const arms = { before: letters.slice(-ARM), after: letters.slice(0, ARM) };
  return { vector, arms, plasmid, from, to, features: whole.features };
}

function place({ features }: Opened, name: string): { start: number; end: number } {
  const found = features.find((feature) => feature.name === name);
  if (found === undefined) throw new Error(`${name} is not told of`);
  return found;
}

/** A stretch of the plasmid as a molecule of its own, with its letters. */
function* part({ plasmid }: Opened, start: number, end: number): Look<{ key: string; letters: string }> {
  const [slice] = itemsIn(yield call('slice_sequence', { seqs: plasmid, name: '', start, end })) as [Item];
  return { key: slice.key, letters: yield* lettersOf(slice.key) };
}

function codons(protein: string): string {
  return Array.from(protein, (letter, at) => codonsFor(letter)[at % codonsFor(letter).length]).join('');
}

/** Puts bases between two stretches of the plasmid: those up to `last`, and those from `next` on. */
function* spliced(plasmid: Opened, last: number, bases: string, next: number): Look<string> {
  const { arms, vector } = plasmid;
  const left = yield* part(plasmid, plasmid.from, last);
  const right = yield* part(plasmid, next, plasmid.to);
  if (right.letters.length < 60) {
    const made = yield* amplified(left.key, arms.before, bases + right.letters + arms.after);
    return yield call('gibson', { sequences: [vector, made] });
  }
  const one = yield* amplified(left.key, arms.before, bases + right.letters.slice(0, ARM));
  const two = yield* amplified(right.key, '', arms.after);
  return yield call('gibson', { sequences: [vector, one, two] });
}

function* tagged({ question }: Asked): Plan {
  const [peptide = '', name = '', key = '', end = ''] = groups(
    question,
    /tag \((\w+)\) to the protein of (\w+) in the plasmid (\S+), at its (N|C)-/,
  );
  const plasmid = yield* opened(key);
  const gene = place(plasmid, name);
  const last = end === 'N' ? gene.start + 2 : gene.end - 3;
  return handIn(yield* spliced(plasmid, last, codons(peptide), last + 1), key);
}

function* mutated({ question }: Asked): Plan {
  const [name = '', key = '', position, to = ''] = groups(
    question,
    /Mutate the gene (\w+) of the plasmid (\S+) so that amino acid (\d+) .* becomes (\w+)/,
  );
  const plasmid = yield* opened(key);
  const first = place(plasmid, name).start + 3 * (Number(position) - 1);
  const letter = Object.keys(NAMES).find((one) => NAMES[one] === to) ?? '';
  return handIn(yield* spliced(plasmid, first - 1, codons(letter), first + 3), key);
}

function* swapped({ question }: Asked): Plan {
  const [name = '', key = '', fresh = ''] = groups(
    question,
    /Replace the promoter (\w+) of the plasmid (\S+) by the promoter (\S+)/,
  );
  const plasmid = yield* opened(key);
  const old = place(plasmid, name);
  const before = yield* part(plasmid, plasmid.from, old.start - 1);
  const after = yield* part(plasmid, old.end + 1, plasmid.to);
  const one = yield* amplified(fresh, plasmid.arms.before + before.letters, after.letters.slice(0, ARM));
  const two = yield* amplified(after.key, '', plasmid.arms.after);
  return handIn(yield call('gibson', { sequences: [plasmid.vector, one, two] }), key);
}

function* written({ question }: Asked): Plan {
  const [key = '', names = ''] = groups(question, /encodes the protein (\S+) from .* no site of (.*?) on either/);
  const protein = yield* lettersOf(key);
  const dna = withoutSites(
    `${protein}*`,
    names.split(', ').map((name) => cutter(name).site),
  );
  yield call('create_sequence', { name: 'coding sequence', sequence: dna ?? 'ATG' });
  return call('finish', {});
}

/** Plans that build a molecule. */
export const BUILD = [byRestriction, byGibson, byGoldenGate, tagged, mutated, swapped, written];
