import type { Paper } from '../task.js';

/** What tells a paper: everything but its text. */
export type Found = Omit<Paper, 'text'>;

/** A paper with the start of its text, to be compared with a query. */
export type Candidate = Found & { readonly start: string };

export function foundOf({ key, title, authors, year }: Found): Found {
  return { key, title, authors, year };
}

/** `Arelberg et al., 2014`; what is not known is left out. */
export function byline({ authors, year }: Pick<Found, 'authors' | 'year'>): string {
  const [first, second] = authors;
  const all = second === undefined ? first : `${first} and ${second}`;
  const who = authors.length > 2 ? `${first} et al.` : all;
  return [who, year].filter((part) => part !== undefined && part !== null).join(', ');
}

/** `"Title" (Arelberg et al., 2014)` */
export function sourceOf(paper: Found): string {
  const by = byline(paper);
  return by === '' ? `"${paper.title}"` : `"${paper.title}" (${by})`;
}
