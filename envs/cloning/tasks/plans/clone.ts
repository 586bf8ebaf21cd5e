import { otherStrand } from '../bases.js';
import {
  type Asked,
  answer,
  call,
  groups,
  type Item,
  isError,
  itemsIn,
  keysOf,
  type Look,
  lettersOf,
  type Option,
  type Plan,
} from './plan.js';

type Pair = { readonly option: Option; readonly forward: string; readonly reverse: string };

function pairs({ options }: Asked): Pair[] {
  return options.flatMap((option) => {
    const [forward, reverse] = keysOf(option);
    return forward === undefined || reverse === undefined ? [] : [{ option, forward, reverse }];
  });
}

/** The shortest product of two primers on a template, which is what a PCR makes most of; undefined where there is none. */
function* product(sequence: string, forward_primer: string, reverse_primer: string): Look<Item | undefined> {
  const told = yield call('simulate_pcr', { sequence, forward_primer, reverse_primer });
  return isError(told) ? undefined : itemsIn(told).sort((one, other) => one.length - other.length)[0];
}

/** The longest fragment of a digest; undefined where nothing is cut. */
export function* longestOf(sequence: string, enzymes: readonly string[]): Look<Item | undefined> {
  const told = yield call('enzyme_cut', { sequence, enzyme: enzymes.join(', ') });
  return itemsIn(told).sort((one, other) => other.length - one.length)[0];
}

/** The letters of a gene that is annotated on a region, from its own 5' end. */
function* geneOn(region: string, name: string): Look<string> {
  const [whole] = itemsIn(yield call('slice_sequence', { seqs: region, name: '' }));
  const found = whole?.features.find((feature) => feature.name === name);
  if (found === undefined) throw new Error(`${name} is not told of on ${region}`);
  const [slice] = itemsIn(yield call('slice_sequence', { seqs: region, name: '', start: found.start, end: found.end }));
  const letters = yield* lettersOf((slice as Item).key);
  return found.bottom ? otherStrand(letters) : letters;
}

/** Whether a circle made of a vector and a fragment holds the gene. */
function* holds(pieces: readonly string[], tool: 'ligate' | 'gibson', gene: string): Look<boolean> {
  const told = yield call(tool, { sequences: pieces });
  const [made] = isError(told) ? [] : itemsIn(told);
  if (made?.circular !== true) return false;
  const letters = yield* lettersOf(made.key);
  const turned = letters + letters;
  return turned.includes(gene) || turned.includes(otherStrand(gene));
}

/** Bases that sites and what is before them may add to a gene. */
const SPARE = 16;

/** Amplifies, cuts, and ligates into the plasmid with each pair of primers in turn. */
function* cutAndPaste(asked: Asked, from: string, gene: string, plasmid: string, enzymes: readonly string[]): Plan {
  const vector = yield* longestOf(plasmid, enzymes);
  if (vector === undefined) return answer(undefined);
  for (const { option, forward, reverse } of pairs(asked)) {
    const made = yield* product(from, forward, reverse);
    const insert = made === undefined ? undefined : yield* longestOf(made.key, enzymes);
    if (insert === undefined || insert.length > gene.length + SPARE) continue;
    if (yield* holds([vector.key, insert.key], 'ligate', gene)) return answer(option);
  }
  return answer(undefined);
}

function* primersForSequence(asked: Asked): Plan {
  const [gene = '', plasmid = '', first = '', second = ''] = groups(
    asked.question,
    /clone the gene (seq-\S+), .* plasmid (\S+) by restriction cloning, with (\w+) at its start and (\w+) at its end/,
  );
  const letters = yield* lettersOf(gene);
  return yield* cutAndPaste(asked, gene, letters, plasmid, [first, second]);
}

function* primersForGene(asked: Asked): Plan {
  const [name = '', region = '', plasmid = '', first = '', second = ''] = groups(
    asked.question,
    /clone the gene (\w+), .* region (\S+), on which .* plasmid (\S+) by restriction cloning, with (\w+) at its start and (\w+) at its end/,
  );
  const letters = yield* geneOn(region, name);
  return yield* cutAndPaste(asked, region, letters, plasmid, [first, second]);
}

function* enzymesForPrimers({ question, options }: Asked): Plan {
  const [region = '', forward = '', reverse = ''] = groups(
    question,
    /out of the genome region (\S+), on .* I have the primers (\S+) \(forward\) and (\S+) \(reverse\)/,
  );
  const made = yield* product(region, forward, reverse);
  if (made === undefined) return answer(undefined);
  for (const option of options) {
    if (!/^\w+, \w+$/.test(option.text)) continue;
    const lengths = itemsIn(yield call('enzyme_cut', { sequence: made.key, enzyme: option.text })).map(
      ({ length }) => length,
    );
    const [head = 99, , tail = 99] = lengths;
    if (lengths.length === 3 && head < SPARE && tail < SPARE) return answer(option);
  }
  return answer(undefined);
}

function* gibsonPrimers(asked: Asked): Plan {
  const [name = '', region = '', plasmid = '', enzyme = ''] = groups(
    asked.question,
    /clone the gene (\w+), .* region (\S+), on which .* plasmid (\S+), so .* linearize the plasmid with (\w+)\./,
  );
  const gene = yield* geneOn(region, name);
  const vector = yield* longestOf(plasmid, [enzyme]);
  if (vector === undefined) return answer(undefined);
  for (const { option, forward, reverse } of pairs(asked)) {
    const made = yield* product(region, forward, reverse);
    if (made === undefined || made.length > gene.length + 60) continue;
    if (yield* holds([vector.key, made.key], 'gibson', gene)) return answer(option);
  }
  return answer(undefined);
}

/** Plans that try each option on the bench. */
export const CLONE = [primersForSequence, primersForGene, enzymesForPrimers, gibsonPrimers];
