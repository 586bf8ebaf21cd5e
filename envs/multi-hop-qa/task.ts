import { z } from 'zod';
import { normalised } from './scoring.js';

/** An article of the encyclopedia. No two have the same title. */
export type Article = {
  readonly title: string;
  /** Its sentences, in order. */
  readonly sentences: readonly string[];
};

/** A question with the encyclopedia it is asked of. */
export type MultiHopTask = {
  readonly id: string;
  readonly split: string;
  /** `bridge 2`, `bridge 3`, `bridge 4`, `comparison` or `yes or no`; of questions from elsewhere, what their file says. */
  readonly kind: string;
  readonly question: string;
  readonly answer: string;
  readonly articles: readonly Article[];
  /** Titles of the articles it takes, where they are known; never shown before the end. */
  readonly supports: readonly string[];
};

const line = z.string().trim().min(1).max(2000);

/** Schema of a question from elsewhere. */
export const given = z
  .strictObject({
    id: z.string().min(1).max(100).default('given'),
    split: z.string().min(1).max(100).default('given'),
    kind: z.string().max(100).default('given'),
    question: z.string().min(1).max(20_000),
    answer: line.describe('the right answer; no player is told before the end'),
    articles: z.array(z.strictObject({ title: line, sentences: z.array(z.string().max(20_000)).max(5000) })).min(1),
    supports: z.array(line).max(100).default([]),
  })
  .superRefine(({ articles, answer }, context) => {
    if (normalised(answer) === '')
      context.addIssue({ code: 'custom', path: ['answer'], message: 'nothing is left of it to be compared' });
    const titles = articles.map(({ title }) => title);
    const twice = titles.find((title, at) => titles.indexOf(title) < at);
    if (twice !== undefined)
      context.addIssue({ code: 'custom', path: ['articles'], message: `two articles have the title "${twice}"` });
  });
