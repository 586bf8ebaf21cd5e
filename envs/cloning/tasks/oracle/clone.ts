import { otherStrand } from '../bases.js';
import { cutter, piecesOf } from '../cutters.js';
import { geneOn, productsOf } from './read.js';
import { dnaOf, named, only, type Told, words } from './told.js';

/**
 * Whether a product, cut by two enzymes, falls into two ends and a middle that is the gene and little else, its start
 * towards the first one, and so goes into a plasmid cut by the same two in one way only.
 */
function fits(product: string | undefined, gene: string, first: string, second: string): boolean {
  if (product === undefined) return false;
  const [left, right] = [piecesOf(product, [cutter(first)], false), piecesOf(product, [cutter(second)], false)];
  const [, middle] = piecesOf(product, [cutter(first), cutter(second)], false);
  const isCutOnce = left.length === 2 && right.length === 2 && (left[0] as string).length < (right[0] as string).length;
  return isCutOnce && (middle as string).includes(gene) && (middle as string).length <= gene.length + 16;
}

function primersForSequence(told: Told): string {
  const [key, first, second] = words(told, /clone the gene (\S+), .* with (\w+) at its start and (\w+) at its end/);
  const gene = dnaOf(told, key);
  return only(told, (option) =>
    productsOf(told, option, gene).some((one) => fits(one, gene, first as string, second as string)),
  );
}

function primersForGene(told: Told): string {
  const pattern = /clone the gene (\w+), .* region (\S+), on which .* with (\w+) at its start and (\w+) at its end/;
  const [name, region, first, second] = words(told, pattern);
  const gene = geneOn(told, region, name as string);
  return only(told, (option) =>
    madeOf(told, option, region).some((one) => fits(one, gene, first as string, second as string)),
  );
}

/** What an option's primers give on a region, whichever strand they were made for. */
function madeOf(told: Told, option: string, region: string | undefined): string[] {
  const dna = dnaOf(told, region);
  return [...productsOf(told, option, dna), ...productsOf(told, option, otherStrand(dna))];
}

function enzymesForPrimers(told: Told): string {
  const [name, region, one, two] = words(
    told,
    /clone the gene (\w+) out of the genome region (\S+), on .* primers (\S+) \(forward\) and (\S+) \(reverse\)/,
  );
  const gene = geneOn(told, region, name as string);
  const products = madeOf(told, `${one}, ${two}`, region);
  return only(told, (option) => {
    const [first, second] = option.split(', ');
    return second !== undefined && products.some((product) => fits(product, gene, first as string, second));
  });
}

/** Bases that the ends of a Gibson assembly must share. */
const OVERLAP = 15;

function gibsonPrimers(told: Told): string {
  const [name, region, plasmid, enzyme] = words(
    told,
    /clone the gene (\w+), .* region (\S+), on which .* plasmid (\S+), so .* linearize the plasmid with (\w+)\./,
  );
  const gene = geneOn(told, region, name as string);
  const [line] = piecesOf(dnaOf(told, plasmid), [cutter(enzyme as string)], true) as [string];
  return only(told, (option) => {
    const [forward, reverse] = named(told, option);
    if (forward === undefined || reverse === undefined) return false;
    return madeOf(told, option, region).some((product) => {
      const [head, tail] = product.split(gene);
      if (head === undefined || tail === undefined) return false;
      return head.length >= OVERLAP && tail.length >= OVERLAP && line.endsWith(head) && line.startsWith(tail);
    });
  });
}

/** Kinds that ask for primers or enzymes to clone with: an option's text. */
export const CLONE: { readonly [kind: string]: (told: Told) => string } = {
  'PCR-seq-enzprimers': primersForSequence,
  'PCR-gene-enzprimers': primersForGene,
  'PCR-geneprimers-enz': enzymesForPrimers,
  'PCR-gene-gibshindprimers': gibsonPrimers,
  'PCR-gene-gibssmaprimers': gibsonPrimers,
};
