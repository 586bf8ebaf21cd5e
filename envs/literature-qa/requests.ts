import { z } from 'zod';
import { isObject, type Json } from '../../src/core/json.js';
import { bad, good, type Read } from '../../src/core/read.js';
import type { Rng } from '../../src/core/rng.js';
import { type Candidate, foundOf } from './search/cite.js';
import type { Quote } from './search/shelf.js';
import type { Evidence } from './world.js';

/** What tools ask the outside. Papers lie in the reader's folder where none are sent along. */
export type Request =
  | {
      readonly kind: 'search';
      readonly query: string;
      readonly from: number | null;
      readonly to: number | null;
      readonly embeddings: string | null;
    }
  | {
      readonly kind: 'sort';
      readonly query: string;
      readonly candidates: readonly Candidate[];
      readonly embeddings: string;
    }
  | {
      readonly kind: 'quote';
      readonly question: string;
      readonly keys: readonly string[];
      readonly model: string | null;
    }
  | {
      readonly kind: 'sum up';
      readonly question: string;
      readonly quotes: readonly (Quote & { readonly source: string })[];
      readonly model: string;
    }
  | {
      readonly kind: 'answer';
      readonly question: string;
      readonly options: readonly string[];
      readonly evidence: readonly Evidence[];
      readonly model: string;
    };

const found = z.object({
  key: z.string(),
  title: z.string(),
  authors: z.array(z.string()),
  year: z.number().nullable(),
});

/** Answers to `search` and `sort`: the papers, best first, and files that could not be read, each with the reason. */
export const papersAnswer = z.object({ papers: z.array(found), tokens: z.number(), unread: z.array(z.string()) });

/** Answers to `quote` and `sum up`. */
export const evidenceAnswer = z.object({
  evidence: z.array(z.object({ paper: z.string(), source: z.string(), text: z.string() })),
  tokens: z.number(),
});

/** Answers to `answer`. */
export const textAnswer = z.object({ text: z.string(), tokens: z.number() });

/** What came from outside as a tool needs it, or why it is of no use. */
export function readAnswer<T>(schema: z.ZodType<T>, answer: Json): Read<T> {
  if (isObject(answer) && 'error' in answer) return bad('unparsable', String(answer.error));
  const read = schema.safeParse(answer);
  return read.success ? good(read.data) : bad('unparsable', 'the answer from outside had another form');
}

/** An answer such as might come, for random play; a failure now and then. */
export function sampleAnswer(request: Request, rng: Rng): Json {
  if (rng.below(5) === 0) return { error: 'no connection' };
  const paper = { key: `paper${rng.below(20)}`, title: 'A paper', authors: ['Someone'], year: 2000 + rng.below(25) };
  switch (request.kind) {
    case 'search':
      return { papers: [paper], tokens: 0, unread: [] };
    case 'sort':
      return { papers: rng.shuffled(request.candidates).map(foundOf), tokens: rng.below(100), unread: [] };
    case 'quote':
      return { evidence: request.keys.slice(0, 1).map((key) => quoted(key)), tokens: rng.below(100) };
    case 'sum up':
      return { evidence: request.quotes.slice(0, 1).map(({ paper: key }) => quoted(key)), tokens: rng.below(100) };
    case 'answer':
      return { text: `It is ${rng.pick(request.options)}.`, tokens: rng.below(100) };
  }
}

function quoted(paper: string): Evidence {
  return { paper, source: '"A paper"', text: 'Something was found.' };
}
