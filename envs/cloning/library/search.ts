import type { Sequence } from '../dna/sequence.js';
import { reversed, slice } from '../dna/shape.js';

/** How many hits a search stores. */
export const MOST_HITS = 5;

/**
 * Whether a text meets a query: words all wanted, `OR` between alternatives, `-word` unwanted, "several words" in a row;
 * `AND` may be written. Words are met within words, in any case.
 */
export function meets(text: string, query: string): boolean {
  const lower = text.toLowerCase();
  return query
    .split(/\s+OR\s+/)
    .map((alternative) => [...alternative.matchAll(/(-?)"([^"]+)"|(-?)(\S+)/g)])
    .some((words) => words.length > 0 && words.every((word) => isMet(lower, word)));
}

function isMet(text: string, [, minus, phrase, sign, word]: RegExpExecArray): boolean {
  if (word === 'AND') return true;
  const wanted = (phrase ?? word ?? '').toLowerCase();
  return text.includes(wanted) !== ((minus ?? sign) === '-');
}

/** The plasmids that meet a query by name, description or the names of their features. */
export function plasmidsFor(query: string, plasmids: readonly Sequence[]): Sequence[] {
  return plasmids.filter(({ name, description, features }) =>
    meets([name, description, ...features.map((feature) => feature.name)].join(' '), query),
  );
}

/** The genes that meet a query, each on the strand that codes; those of plasmids are cut out of them. */
export function genesFor(query: string, genes: readonly Sequence[], plasmids: readonly Sequence[]): Sequence[] {
  const known = new Set(genes.map(({ sequence }) => sequence));
  const cut = plasmids.flatMap(codingOf).filter(({ sequence }) => !known.has(sequence));
  return [...genes, ...cut].filter(({ name, description }) => meets(`${name} ${description}`, query));
}

function codingOf(plasmid: Sequence): Sequence[] {
  return plasmid.features
    .filter(({ type, part }) => type === 'CDS' && part === undefined)
    .map(({ start, end, strand, name }) => {
      const piece = slice(plasmid, start, end);
      return { ...(strand === 1 ? piece : reversed(piece)), name, description: `gene of ${plasmid.name}` };
    });
}
