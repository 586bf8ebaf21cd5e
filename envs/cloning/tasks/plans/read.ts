import { NAMES } from '../codons.js';
import {
  type Asked,
  answer,
  type Call,
  call,
  groups,
  isError,
  itemsIn,
  keysOf,
  type Look,
  lettersOf,
  type Option,
  type Plan,
} from './plan.js';

function* gc({ question }: Asked): Plan {
  const [seq = ''] = groups(question, /percent GC of the DNA sequence (\S+)\?/);
  const [percent] = groups(yield call('view_sequence_stats', { seq }), /([\d.]+) % G and C/);
  return answer(String(Math.round(Number(percent))));
}

/** The key of the longest reading frame: the first of those found. */
function* longest(sequence: string): Look<string> {
  const [key = ''] = groups(yield call('find_orfs', { sequence }), /^(orf-\d+): /m);
  return key;
}

function lettersIn(rows: string): string {
  return rows.replace(/[^A-Z*]/g, '').replace(/\*$/, '');
}

function* aminoAcid({ question }: Asked): Plan {
  const [position, sequence = ''] = groups(question, /amino acid is at position (\d+) .* frame of (\S+) encodes/);
  const at = Number(position);
  const seq = yield* longest(sequence);
  const letter = lettersIn(yield call('view_translation', { seq, start: at, stop: at }));
  return answer(NAMES[letter] ?? 'none');
}

function* protein({ question }: Asked): Plan {
  const [sequence = ''] = groups(question, /amino acid sequence of the longest open reading frame of (\S+)\?/);
  const seq = yield* longest(sequence);
  return answer(lettersIn(yield call('view_translation', { seq })));
}

function* frames({ question }: Asked): Plan {
  const [sequence = '', least] = groups(question, /How many open reading frames of (\S+) .* more than (\d+) amino/);
  const told = yield call('find_orfs', { sequence, min_length: 3 * (Number(least) + 2) });
  return answer(/^(\d+) open/.exec(told)?.[1] ?? '0');
}

/** Looks at the start codon of every option's longest frame. */
function* start({ question, options }: Asked): Plan {
  groups(question, /RNA sequences contains/);
  const best = { points: -1, option: undefined as Option | undefined };
  for (const option of options) {
    const [key] = keysOf(option);
    if (key === undefined) continue;
    const [place] = groups(yield call('find_orfs', { sequence: key }), /^orf-\d+: (\d+)-/m);
    const at = Number(place) - 1;
    const letters = yield* lettersOf(key);
    const points = 'AG'.includes(letters[at - 3] as string) ? 2 : 0;
    const strong = letters[at + 3] === 'G' ? 1 : 0;
    const upstream = letters.slice(0, at).includes('AUG') ? 3 : 0;
    if (points + strong - upstream > best.points) Object.assign(best, { points: points + strong - upstream, option });
  }
  return answer(best.option);
}

const DIGEST = /igest of the (?:circular|linear) sequence (\S+) with (\w+)(?: and (\w+))?/;

function cut(question: string, pattern: RegExp): Call {
  const [sequence = '', ...enzymes] = groups(question, pattern);
  return call('enzyme_cut', { sequence, enzyme: enzymes.filter((name) => name !== '').join(', ') });
}

function* fragmentCount({ question }: Asked): Plan {
  groups(question, /How many fragments/);
  const told = yield cut(question, DIGEST);
  return answer(String(itemsIn(told).length));
}

function* fragmentLengths({ question }: Asked): Plan {
  groups(question, /What fragment lengths/);
  const lengths = itemsIn(yield cut(question, DIGEST)).map(({ length }) => length);
  return answer(lengths.sort((a, b) => a - b).join(', '));
}

function* fragments({ question }: Asked): Plan {
  const told = yield cut(question, /Digest the linear sequence (\S+) with (\w+)\./);
  return call('submit_final_sequences', { final: itemsIn(told).map(({ key }) => key) });
}

function pcr(sequence: string, forward_primer: string, reverse_primer: string): Call {
  return call('simulate_pcr', { sequence, forward_primer, reverse_primer });
}

function* wantedPrimers({ question, options }: Asked): Plan {
  const [wanted = '', template = ''] = groups(question, /the sequence (\S+) out of the template (\S+) by PCR/);
  const letters = yield* lettersOf(wanted);
  for (const option of options) {
    const [forward, reverse] = keysOf(option);
    if (forward === undefined || reverse === undefined) continue;
    const told = yield pcr(template, forward, reverse);
    const product = isError(told) ? undefined : itemsIn(told).find(({ length }) => length === letters.length);
    if (product !== undefined && (yield* lettersOf(product.key)) === letters) return answer(option);
  }
  return answer(undefined);
}

function* lengthPrimers({ question, options }: Asked): Plan {
  const [length, template = ''] = groups(question, /amplicon of (\d+) bp from the template (\S+)\?/);
  for (const option of options) {
    const [forward, reverse] = keysOf(option);
    if (forward === undefined || reverse === undefined) continue;
    const told = yield pcr(template, forward, reverse);
    if (!isError(told) && itemsIn(told).some((item) => item.length === Number(length))) return answer(option);
  }
  return answer(undefined);
}

const PRIMED = /primers (\S+) \(forward\) and (\S+) \(reverse\).* on the template (seq-[0-9a-f]{4})/;

function* ampliconLength({ question }: Asked): Plan {
  groups(question, /How long is the amplicon/);
  const [forward = '', reverse = '', template = ''] = groups(question, PRIMED);
  return answer(String(itemsIn(yield pcr(template, forward, reverse))[0]?.length));
}

function* amplicon({ question }: Asked): Plan {
  groups(question, /Hand in the product of a PCR/);
  const [forward = '', reverse = '', template = ''] = groups(question, PRIMED);
  const [product] = itemsIn(yield pcr(template, forward, reverse));
  return call('submit_final_sequences', { final: [product?.key ?? template] });
}

/** Plans for what is read off sequences. */
export const READ = [
  gc,
  aminoAcid,
  protein,
  frames,
  start,
  fragmentCount,
  fragmentLengths,
  fragments,
  wantedPrimers,
  lengthPrimers,
  ampliconLength,
  amplicon,
];
