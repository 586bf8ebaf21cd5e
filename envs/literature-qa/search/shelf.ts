import type { Paper } from '../task.js';
import { bm25, type Hit, type Index } from './bm25.js';
import { type Candidate, foundOf } from './cite.js';
import { sentencesOf } from './sentences.js';
import { wordsOf } from './words.js';

/** Papers that one search gives at most. */
export const FOUND = 8;
/** Papers that are compared with a query by their meaning, where a model does so, and characters of each. */
export const CANDIDATES = 32;
const START = 1200;

/** Papers that one gathering of evidence quotes at most, and sentences of each. */
export const QUOTED = 8;
const SENTENCES = 3;

/** Years a paper may be of, both included; null for no bound. A paper without a year is of any. */
export interface Years {
  readonly from: number | null;
  readonly to: number | null;
}

export function candidateOf(paper: Paper): Candidate {
  return { ...foundOf(paper), start: paper.text.slice(0, START) };
}

/** What a paper says on a question: its sentences closest to it, in their order. */
export type Quote = {
  readonly paper: string;
  readonly sentences: readonly string[];
};

/** A sentence of a paper, with its words. */
interface Line {
  readonly key: string;
  readonly text: string;
  readonly words: readonly string[];
}

/** Papers that can be searched by words. */
export class Shelf {
  readonly #papers: readonly Paper[];
  readonly #byKey: ReadonlyMap<string, Paper>;
  readonly #index: Index;
  /** Sentences of the papers read so far. */
  readonly #lines = new Map<string, readonly Line[]>();

  constructor(papers: readonly Paper[]) {
    this.#papers = papers;
    this.#byKey = new Map(papers.map((paper) => [paper.key, paper]));
    this.#index = bm25(
      papers.map(({ title, authors, year, text }) => wordsOf([title, ...authors, year, text].join(' '))),
    );
  }

  paper(key: string): Paper | undefined {
    return this.#byKey.get(key);
  }

  /** Papers that share words with a query, best first. */
  search(query: string, years: Years, most: number): Paper[] {
    const hits = this.#index.search(wordsOf(query)).map(({ at }) => this.#papers[at] as Paper);
    return hits.filter(({ year }) => isWithin(year, years)).slice(0, most);
  }

  /**
   * Sentences of these papers that share words with a question. Of each paper its best are quoted, and papers come in
   * the order of what theirs score together.
   * @param keys papers that are not there are passed over
   */
  quotes(keys: readonly string[], question: string): Quote[] {
    const lines = keys.flatMap((key) => this.#linesOf(key));
    const hits = bm25(lines.map(({ words }) => words)).search(wordsOf(question));
    const best = new Map<string, Hit[]>();
    for (const hit of hits) {
      const { key } = lines[hit.at] as Line;
      const held = best.get(key) ?? [];
      if (held.length < SENTENCES) held.push(hit);
      best.set(key, held);
    }
    const ranked = [...best].sort(([, x], [, y]) => sum(y) - sum(x));
    return ranked.slice(0, QUOTED).map(([paper, held]) => ({
      paper,
      sentences: held.sort((x, y) => x.at - y.at).map(({ at }) => (lines[at] as Line).text),
    }));
  }

  #linesOf(key: string): readonly Line[] {
    let lines = this.#lines.get(key);
    if (lines === undefined) {
      const sentences = sentencesOf(this.#byKey.get(key)?.text ?? '');
      lines = sentences.map((text) => ({ key, text, words: wordsOf(text) }));
      this.#lines.set(key, lines);
    }
    return lines;
  }
}

function sum(hits: readonly Hit[]): number {
  return hits.reduce((total, { score }) => total + score, 0);
}

function isWithin(year: number | null, { from, to }: Years): boolean {
  return year === null || ((from === null || year >= from) && (to === null || year <= to));
}
