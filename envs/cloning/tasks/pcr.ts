import { otherStrand, places } from './bases.js';

/** How many bases at its 3' end a primer must share with its template to anneal here. */
const ANNEALS = 15;

/**
 * What two primers amplify on a linear template, tails included, shortest first. A primer anneals where its last 15 bases
 * are found; this plain model knows no melting temperature.
 */
export function amplicons(template: string, forward: string, reverse: string): string[] {
  const ends = places(template, forward.slice(-ANNEALS)).map((at) => at + ANNEALS);
  const starts = places(template, otherStrand(reverse.slice(-ANNEALS)));
  const products = ends.flatMap((end) =>
    starts.filter((start) => start >= end).map((start) => forward + template.slice(end, start) + otherStrand(reverse)),
  );
  return products.sort((one, other) => one.length - other.length);
}

/** Degrees at which a primer of the shortest length that does is thought to anneal. */
const WARM = 70;

/**
 * The start of a sequence that is long enough to anneal: 20 bases or more, 2 degrees for each A and T and 4 for each G
 * and C, until they make 70. SEE: R. B. Wallace et al., NAR 6 (1979) 3543.
 */
export function annealing(dna: string): string {
  let degrees = 0;
  for (let at = 0; at < dna.length; at++) {
    degrees += 'GC'.includes(dna[at] as string) ? 4 : 2;
    if (at >= 19 && degrees >= WARM) return dna.slice(0, at + 1);
  }
  return dna;
}
