import type { Article, MultiHopTask } from './task.js';

/** Sentences of an article that opening it shows; the others are found by looking up a word. */
export const SHOWN = 2;

/** Titles that are told where a search finds no article. */
const NEAR = 6;

/** What searching for something gives. */
export type Searched =
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'ambiguous'; readonly titles: readonly string[] }
  | { readonly kind: 'none'; readonly near: readonly string[] };

/**
 * The article of a title, capitals and quotation marks aside; the titles that go on in brackets where there are several
 * of them; else those that share most words.
 */
export function find({ articles }: MultiHopTask, entity: string): Searched {
  const wanted = plain(entity);
  const exact = articles.find(({ title }) => title === entity) ?? articles.find(({ title }) => plain(title) === wanted);
  if (exact !== undefined) return { kind: 'article', article: exact };
  const called = articles.filter(({ title }) => plain(title.replace(/ \([^()]*\)$/, '')) === wanted);
  if (called.length === 1) return { kind: 'article', article: called[0] as Article };
  if (called.length > 1) return { kind: 'ambiguous', titles: called.map(({ title }) => title) };
  return { kind: 'none', near: nearest(articles, wanted) };
}

function nearest(articles: readonly Article[], wanted: string): string[] {
  const words = new Set(wanted.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2));
  const scored = articles.map(({ title }) => {
    const shared = plain(title)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => words.has(word));
    return { title, score: shared.length };
  });
  const best = scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  return best.slice(0, NEAR).map(({ title }) => title);
}

/** Sentences of an article that hold a text, capitals aside. */
export function lookedUp({ sentences }: Article, keyword: string): string[] {
  const wanted = keyword.toLowerCase().trim();
  return sentences.filter((sentence) => sentence.toLowerCase().includes(wanted));
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/["“”„'’]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
