import { otherStrand } from '../bases.js';
import { codonsFor, NAMES } from '../codons.js';
import { cutter, piecesOf } from '../cutters.js';
import type { Molecule } from '../grade.js';
import { withoutSites } from '../rewrite.js';
import { dnaOf, material, type Told, words } from './told.js';

function circle(sequence: string): Molecule {
  return { sequence, circular: true };
}

function byRestriction(told: Told): Molecule {
  const [key, host, first, second] = words(
    told,
    /coding sequence (\S+) \(.*plasmid (\S+) between its (\w+) and (\w+) sites/,
  );
  const [one, two] = [cutter(first as string), cutter(second as string)];
  const plasmid = dnaOf(told, host);
  const start = plasmid.indexOf(one.site);
  const turned = plasmid.slice(start) + plasmid.slice(0, start);
  return circle(one.site + dnaOf(told, key) + turned.slice(turned.indexOf(two.site)));
}

function byGibson(told: Told): Molecule {
  const [key, host, enzyme] = words(told, /coding sequence (\S+) \(.*plasmid (\S+) where (\w+) cuts/);
  const [line] = piecesOf(dnaOf(told, host), [cutter(enzyme as string)], true);
  return circle((line as string) + dnaOf(told, key));
}

/** What lies between two BsaI sites that cut towards each other, its left end kept and its right end given away. */
function between(part: string): string {
  const site = cutter('BsaI').site;
  const [from, to] = [part.indexOf(site) + site.length + 1, part.indexOf(otherStrand(site)) - 1];
  return part.slice(from, to - 4);
}

function byGoldenGate(told: Told): Molecule {
  const [listed] = words(told, /in this order: (.*?)\. The promoter/);
  const keys = (listed as string).match(/seq-[0-9a-f]{4}/g) ?? [];
  return circle(keys.map((key) => between(dnaOf(told, key))).join(''));
}

function one(aminoAcid: string): string {
  return codonsFor(aminoAcid)[0] as string;
}

/** A gene on a plasmid that holds it on the strand as written: what comes before it, the gene, what comes after. */
function around(told: Told, key: string | undefined, name: string): [string, string, string] {
  const { sequence, features } = material(told, key);
  const found = features.find((feature) => feature.name === name);
  if (found === undefined) throw new Error(`no ${name} on ${key}`);
  return [sequence.slice(0, found.start - 1), sequence.slice(found.start - 1, found.end), sequence.slice(found.end)];
}

function tagged(told: Told): Molecule {
  const [peptide, name, host, end] = words(
    told,
    /tag \((\w+)\) to the protein of (\w+) in the plasmid (\S+), at its (N|C)-/,
  );
  const [before, gene, after] = around(told, host, name as string);
  const codons = Array.from(peptide as string, one).join('');
  const at = end === 'N' ? 3 : gene.length - 3;
  return circle(before + gene.slice(0, at) + codons + gene.slice(at) + after);
}

function swapped(told: Told): Molecule {
  const [name, host, fresh] = words(told, /promoter (\w+) of the plasmid (\S+) by the promoter (\S+)/);
  const [before, , after] = around(told, host, name as string);
  return circle(before + dnaOf(told, fresh) + after);
}

function mutated(told: Told): Molecule {
  const [name, host, position, to] = words(
    told,
    /gene (\w+) of the plasmid (\S+) so that amino acid (\d+) .* becomes (\w+)/,
  );
  const [before, gene, after] = around(told, host, name as string);
  const letter = Object.keys(NAMES).find((key) => NAMES[key] === to) as string;
  const at = 3 * (Number(position) - 1);
  return circle(before + gene.slice(0, at) + one(letter) + gene.slice(at + 3) + after);
}

function written(told: Told): Molecule {
  const [key, names] = words(told, /protein (\S+) from .* no site of (.*?) on either/);
  const sites = (names as string).split(', ').map((name) => cutter(name).site);
  const dna = withoutSites(`${dnaOf(told, key)}*`, sites);
  if (dna === null) throw new Error('no codons avoid the sites');
  return { sequence: dna, circular: false };
}

/** Kinds that ask for a molecule. */
export const BUILD: { readonly [kind: string]: (told: Told) => Molecule } = {
  'build-restriction': byRestriction,
  'build-gibson': byGibson,
  'build-goldengate': byGoldenGate,
  'build-tag': tagged,
  'build-promoter': swapped,
  'build-mutation': mutated,
  'design-coding': written,
};
