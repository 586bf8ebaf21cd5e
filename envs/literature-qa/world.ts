import type { Job } from '../../src/core/task/contract.js';
import type { Config } from './config.js';
import { type Quote, Shelf } from './search/shelf.js';
import type { LiteratureTask, Paper } from './task.js';

/** A piece of evidence: what a paper says, quoted or summed up. `source` tells the paper in words. */
export type Evidence = { readonly paper: string; readonly source: string; readonly text: string };

/** One piece of evidence for each sentence quoted. */
export function evidenceOf({ paper, source, sentences }: Quote & { readonly source: string }): Evidence[] {
  return sentences.map((text) => ({ paper, source, text }));
}

/** What the seat has done so far. */
export type World = {
  /** Keys of the papers found, in the order they were found. */
  readonly papers: readonly string[];
  readonly evidence: readonly Evidence[];
  /** The last answer that was written; null before the first. */
  readonly answer: string | null;
  /** Tokens that models used. */
  readonly tokens: number;
};

export type LiteratureJob = Job<LiteratureTask, World, Config>;

export const EMPTY: World = { papers: [], evidence: [], answer: null, tokens: 0 };

/** NOTE: the index follows from the papers, and a question is asked of them many times. */
const shelves = new WeakMap<readonly Paper[], Shelf>();

/** The papers that came with the question; null where they lie in the reader's folder. */
export function shelfOf({ papers }: LiteratureTask): Shelf | null {
  if (papers === null) return null;
  let shelf = shelves.get(papers);
  if (shelf === undefined) {
    shelf = new Shelf(papers);
    shelves.set(papers, shelf);
  }
  return shelf;
}

/** The line that ends each observation: papers found, those with evidence, pieces of evidence, and tokens of models. */
export function statusOf({ papers, evidence, tokens }: World, config: Config): string {
  const relevant = new Set(evidence.map(({ paper }) => paper)).size;
  const counts = [`Paper Count=${papers.length}`, `Relevant Papers=${relevant}`, `Current Evidence=${evidence.length}`];
  if (config.model !== null || config.embeddings !== null) counts.push(`Current Cost=${tokens} tokens`);
  return `Status: ${counts.join(' | ')}`;
}
