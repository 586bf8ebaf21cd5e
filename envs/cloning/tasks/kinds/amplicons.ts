import { otherStrand } from '../bases.js';
import { between, crossed, randomDna, wrongNumbers } from '../make.js';
import { amplicons, annealing } from '../pcr.js';
import type { Shelf } from '../shelf.js';
import type { Make } from './kind.js';

type Rng = Parameters<Make>[0];

/** A template, and where on it a piece from 0 begins and ends that is to be amplified. */
interface Target {
  readonly template: string;
  readonly from: number;
  readonly to: number;
}

function target(rng: Rng): Target {
  const template = randomDna(rng, between(rng, 500, 1000));
  const from = between(rng, 40, 120);
  return { template, from, to: between(rng, from + 150, template.length - 40) };
}

function forward({ template }: Target, from: number): string {
  return annealing(template.slice(from));
}

function reverse({ template }: Target, to: number): string {
  return annealing(otherStrand(template.slice(0, to)));
}

/** A pair of primers as an option names it. */
function pair(shelf: Shelf): (first: string, second: string) => string {
  return (first, second) => `${shelf.add(first)}, ${shelf.add(second)}`;
}

function shift(rng: Rng): number {
  return between(rng, 3, 30) * rng.pick([1, -1]);
}

const seqPrimers: Make = (rng, shelf) => {
  const wanted = target(rng);
  const { template, from, to } = wanted;
  const keys = { wanted: shelf.add(template.slice(from, to)), template: shelf.add(template) };
  const forwards = [forward(wanted, from), forward(wanted, from + shift(rng))] as const;
  const right = reverse(wanted, to);
  const missed = rng.below(2) === 0 ? reverse(wanted, to + shift(rng)) : template.slice(to - right.length, to);
  const question = `I want to amplify exactly the sequence ${keys.wanted} out of the template ${keys.template} by PCR. Which primer pair (forward, reverse) should I use?`;
  return { question, ...crossed(pair(shelf), forwards, [right, missed]) };
};

const lenPrimers: Make = (rng, shelf) => {
  const wanted = target(rng);
  const { template, from, to } = wanted;
  const [left, right] = [shift(rng), shift(rng)];
  if (left === right) return undefined;
  const forwards = [forward(wanted, from), forward(wanted, from + left)] as const;
  const reverses = [reverse(wanted, to), reverse(wanted, to + right)] as const;
  const lengths = forwards.flatMap((one) =>
    reverses.map((two) => amplicons(template, one, two).map(({ length }) => length)),
  );
  if (lengths.some((list) => list.length !== 1) || lengths.filter(([length]) => length === to - from).length !== 1)
    return undefined;
  const question = `Which primer pair (forward, reverse) gives an amplicon of ${to - from} bp from the template ${shelf.add(template)}?`;
  return { question, ...crossed(pair(shelf), forwards, reverses) };
};

const primersLen: Make = (rng, shelf) => {
  const wanted = target(rng);
  const { template, from, to } = wanted;
  const [one, two] = [forward(wanted, from), reverse(wanted, to)];
  if (amplicons(template, one, two).length !== 1) return undefined;
  const question = `How long is the amplicon, in base pairs, that the primers ${shelf.add(one)} (forward) and ${shelf.add(two)} (reverse) give on the template ${shelf.add(template)}?`;
  return { question, right: String(to - from), wrong: wrongNumbers(rng, to - from, 60, 60) };
};

/** The product itself, of primers that carry tails the template does not have. */
const amplicon: Make = (rng, shelf) => {
  const wanted = target(rng);
  const { template, from, to } = wanted;
  const one = randomDna(rng, between(rng, 6, 20)) + forward(wanted, from);
  const two = randomDna(rng, between(rng, 6, 20)) + reverse(wanted, to);
  const products = amplicons(template, one, two);
  if (products.length !== 1) return undefined;
  const question = `Hand in the product of a PCR with the primers ${shelf.add(one)} (forward) and ${shelf.add(two)} (reverse) on the template ${shelf.add(template)}. Both primers carry tails that do not anneal.`;
  return { question, submit: 'sequences', gold: { sequences: products } };
};

export const amplification = {
  'PCR-seq-primers': seqPrimers,
  'PCR-len-primers': lenPrimers,
  'PCR-primers-len': primersLen,
  'pcr-product': amplicon,
};
