import { gcOf, otherStrand } from '../bases.js';
import { aminoAcidOf, NAMES } from '../codons.js';
import { cutsOf, cutter, piecesOf } from '../cutters.js';
import { amplicons } from '../pcr.js';
import { dnaOf, material, named, only, type Told, words } from './told.js';

/** Proteins read on a strand, from each first ATG after a stop to the next stop of its frame. */
function proteinsOf(dna: string): { protein: string; start: number }[] {
  const found: { protein: string; start: number }[] = [];
  for (let frame = 0; frame < 3; frame++) {
    let open: { protein: string; start: number } | null = null;
    for (let at = frame; at + 3 <= dna.length; at += 3) {
      const aminoAcid = aminoAcidOf(dna.slice(at, at + 3));
      if (aminoAcid === '*') {
        if (open !== null) found.push(open);
        open = null;
      } else if (open !== null) open.protein += aminoAcid;
      else if (aminoAcid === 'M') open = { protein: 'M', start: at };
    }
  }
  return found;
}

function longest(dna: string): { protein: string; start: number } {
  const all = proteinsOf(dna).sort((one, other) => other.protein.length - one.protein.length);
  if (all[0] === undefined) throw new Error('no reading frame');
  return all[0];
}

function gc(told: Told): string {
  const [key] = words(told, /DNA sequence (\S+)\?/);
  return String(Math.round(gcOf(dnaOf(told, key))));
}

function aminoAcidAt(told: Told): string {
  const [position, key] = words(told, /at position (\d+) .* frame of (\S+) encodes/);
  return NAMES[longest(dnaOf(told, key)).protein[Number(position) - 1] as string] as string;
}

function proteinOf(told: Told): string {
  const [key] = words(told, /longest open reading frame of (\S+)\?/);
  return longest(dnaOf(told, key)).protein;
}

function countFrames(told: Told): string {
  const [key, least] = words(told, /reading frames of (\S+) .* more than (\d+) amino/);
  return String(proteinsOf(dnaOf(told, key)).filter(({ protein }) => protein.length > Number(least)).length);
}

/** The strength of the start codon of the longest frame: 2 for a purine at -3, 1 for G at +4, less for any ATG before. */
function strength(rna: string): number {
  const dna = rna.replaceAll('U', 'T');
  const { start } = longest(dna);
  const purine = 'AG'.includes(dna[start - 3] as string) ? 2 : 0;
  const strong = dna[start + 3] === 'G' ? 1 : 0;
  return dna.slice(0, start + 2).includes('ATG') ? purine + strong - 10 : purine + strong;
}

function bestStart(told: Told): string {
  return only(told, (option) => named(told, option).length === 1 && strength(named(told, option)[0] as string) === 3);
}

const DIGEST = /(circular|linear) sequence (\S+) with (\w+)(?: and (\w+))?/;

function cutBy(told: Told): { dna: string; circular: boolean; enzymes: ReturnType<typeof cutter>[] } {
  const [shape, key, one, two] = words(told, DIGEST);
  const names = [one, two].filter((name): name is string => name !== undefined);
  return { dna: dnaOf(told, key), circular: shape === 'circular', enzymes: names.map(cutter) };
}

function countFragments(told: Told): string {
  const { dna, circular, enzymes } = cutBy(told);
  return String(cutsOf(dna, enzymes, circular).length + (circular ? 0 : 1));
}

function fragmentLengths(told: Told): string {
  const { dna, circular, enzymes } = cutBy(told);
  const lengths = piecesOf(dna, enzymes, circular).map(({ length }) => length);
  return lengths.sort((a, b) => a - b).join(', ');
}

function fragments(told: Told): string[] {
  const { dna, circular, enzymes } = cutBy(told);
  return piecesOf(dna, enzymes, circular);
}

/** What a pair of primers, as an option names it, gives on a template. */
export function productsOf(told: Told, option: string, template: string): string[] {
  const [forward, reverse] = named(told, option);
  if (forward === undefined || reverse === undefined) return [];
  return amplicons(template, forward, reverse);
}

function primersFor(told: Told): string {
  const [wanted, template] = words(told, /the sequence (\S+) out of the template (\S+) by PCR/);
  return only(told, (option) => productsOf(told, option, dnaOf(told, template)).includes(dnaOf(told, wanted)));
}

function primersOfLength(told: Told): string {
  const [length, template] = words(told, /amplicon of (\d+) bp from the template (\S+)\?/);
  return only(told, (option) => productsOf(told, option, dnaOf(told, template))[0]?.length === Number(length));
}

const PRIMED = /primers (\S+) \(forward\) and (\S+) \(reverse\).*on the template (seq-[0-9a-f]{4})/;

function product(told: Told): string {
  const [forward, reverse, template] = words(told, PRIMED).map((key) => material(told, key).sequence);
  const [first] = amplicons(template as string, forward as string, reverse as string);
  if (first === undefined) throw new Error('no amplicon');
  return first;
}

/** Kinds that are read off sequences: an option's text, or sequences. */
export const READ: { readonly [kind: string]: (told: Told) => string | string[] } = {
  'Prop-seq-gcpercent': gc,
  'ORF-seq-AAid': aminoAcidAt,
  'ORF-seq-AAseq': proteinOf,
  'ORF-seq-numlen': countFrames,
  'ORF-transeff': bestStart,
  'RE-seq-numfrags': countFragments,
  'RE-seq-lenfrags': fragmentLengths,
  'digest-fragments': fragments,
  'PCR-seq-primers': primersFor,
  'PCR-len-primers': primersOfLength,
  'PCR-primers-len': (told) => String(product(told).length),
  'pcr-product': (told) => [product(told)],
};

/** A gene that is annotated on a molecule, read from its own 5' end. */
export function geneOn(told: Told, key: string | undefined, name: string): string {
  const { sequence, features } = material(told, key);
  const found = features.find((feature) => feature.name === name);
  if (found === undefined) throw new Error(`no ${name} on ${key}`);
  const dna = sequence.slice(found.start - 1, found.end);
  return found.strand === 1 ? dna : otherStrand(dna);
}
