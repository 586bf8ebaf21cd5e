import type { Json } from '../../../src/core/json.js';
import { listed } from '../options.js';
import type { Request } from '../requests.js';
import { type Candidate, foundOf, sourceOf } from '../search/cite.js';
import { CANDIDATES, candidateOf, FOUND, type Quote } from '../search/shelf.js';
import { type Paper, UNSURE } from '../task.js';
import { type Evidence, evidenceOf } from '../world.js';
import { readFolder } from './folder.js';
import { chat, likeness } from './model.js';

type Of<K extends Request['kind']> = Extract<Request, { readonly kind: K }>;
type Sourced = Quote & { readonly source: string };

/** Answers what the tools ask: searches the reader's folder, and has models sort, sum up and answer. */
export async function answer(request: Request, signal: AbortSignal): Promise<Json> {
  switch (request.kind) {
    case 'search':
      return search(request, signal);
    case 'sort':
      return { ...(await sorted(request.query, request.candidates, request.embeddings, signal)), unread: [] };
    case 'quote':
      return quote(request, signal);
    case 'sum up':
      return summedUp(request.question, request.quotes, request.model, signal);
    case 'answer':
      return written(request, signal);
  }
}

async function search({ query, from, to, embeddings }: Of<'search'>, signal: AbortSignal): Promise<Json> {
  const { shelf, unread } = await readFolder();
  if (embeddings === null) return { papers: shelf.search(query, { from, to }, FOUND).map(foundOf), tokens: 0, unread };
  const candidates = shelf.search(query, { from, to }, CANDIDATES).map(candidateOf);
  return { ...(await sorted(query, candidates, embeddings, signal)), unread };
}

async function sorted(query: string, candidates: readonly Candidate[], model: string, signal: AbortSignal) {
  if (candidates.length === 0) return { papers: [], tokens: 0 };
  const texts = candidates.map(({ title, start }) => `${title}\n${start}`);
  const { scores, tokens } = await likeness(model, query, texts, signal);
  const order = [...candidates.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  return { papers: order.slice(0, FOUND).map((at) => foundOf(candidates[at] as Candidate)), tokens };
}

async function quote({ question, keys, model }: Of<'quote'>, signal: AbortSignal): Promise<Json> {
  const { shelf } = await readFolder();
  const quotes = shelf
    .quotes(keys, question)
    .map((one) => ({ ...one, source: sourceOf(shelf.paper(one.paper) as Paper) }));
  if (model === null) return { evidence: quotes.flatMap(evidenceOf), tokens: 0 };
  return summedUp(question, quotes, model, signal);
}

const SUMMING_UP = [
  'You are given numbered excerpts of scientific papers and a question.',
  'For each excerpt that bears on the question write one line: its number, a colon, and in at most two sentences what it says on the question.',
  'Keep what the excerpt says of organism and strain, sizes of groups, significance, and of the paper being withdrawn or corrected.',
  'Leave out excerpts that do not bear on it. If none does, write: none.',
].join(' ');

/** One piece of evidence for each excerpt that the model finds to bear on the question. */
async function summedUp(
  question: string,
  quotes: readonly Sourced[],
  model: string,
  signal: AbortSignal,
): Promise<Json> {
  if (quotes.length === 0) return { evidence: [], tokens: 0 };
  const excerpts = quotes.map(({ source, sentences }, at) => `${at + 1}: ${source}\n${sentences.join(' ')}`);
  const { text, tokens } = await chat(model, SUMMING_UP, `Question: ${question}\n\n${excerpts.join('\n\n')}`, signal);
  const evidence = [...text.matchAll(/^\W*(\d+)\W*:\s*(.+)$/gm)].flatMap(([, number, words]): Evidence[] => {
    const excerpt = quotes[Number(number) - 1];
    return excerpt === undefined
      ? []
      : [{ paper: excerpt.paper, source: excerpt.source, text: (words as string).trim() }];
  });
  return { evidence, tokens };
}

const ANSWERING = [
  'You answer a question from evidence alone, quoted from scientific papers.',
  'Weigh which studies can be relied on. Name the one option you find right word for word, and no other, and cite the papers by their keys in square brackets.',
  `If the evidence does not settle the question, the option is "${UNSURE}".`,
].join(' ');

async function written({ question, options, evidence, model }: Of<'answer'>, signal: AbortSignal): Promise<Json> {
  const lines = evidence.map(({ paper, source, text }) => `[${paper}] ${source}: ${text}`);
  const user = `Question: ${question}\n${listed(options)}\n\nEvidence:\n${lines.join('\n')}`;
  return chat(model, ANSWERING, user, signal);
}
