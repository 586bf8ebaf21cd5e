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
