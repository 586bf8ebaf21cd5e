import { z } from 'zod';

/** The last option of every question; right where the papers do not settle it. SEE: LitQA2 in LAB-Bench, arXiv 2407.10362. */
export const UNSURE = 'Insufficient information to answer this question';

/** A paper as the search knows it. `text` is its words, `title` is not repeated in it. */
export type Paper = {
  /** By which tools and agents name it: `arel2014`. */
  readonly key: string;
  readonly title: string;
  /** Surnames; empty where they are not known. */
  readonly authors: readonly string[];
  /** Null where it is not known. */
  readonly year: number | null;
  readonly text: string;
};

/** A question with its options and the papers to look in. */
export type LiteratureTask = {
  readonly id: string;
  readonly split: string;
  /** The kind of question; `given` for questions from elsewhere. */
  readonly kind: string;
  readonly question: string;
  /** The right option; `UNSURE` where the papers do not settle the question. */
  readonly ideal: string;
  /** The wrong options, `UNSURE` aside. */
  readonly distractors: readonly string[];
  /** The papers; null where they lie in the reader's own folder. */
  readonly papers: readonly Paper[] | null;
  /** Where the answer stands, for readers of records; never shown before the end. */
  readonly sources: readonly string[];
};

const line = z.string().trim().min(1).max(4000);

const paper = z.strictObject({
  key: z.string().regex(/^\S{1,80}$/, 'a short name without spaces'),
  title: line,
  authors: z.array(line).max(100).default([]),
  year: z.number().int().min(0).max(9999).nullable().default(null),
  text: z.string().max(2_000_000),
});

/** Schema of a question from elsewhere. */
export const given = z
  .strictObject({
    id: z.string().min(1).max(100).default('given'),
    split: z.string().min(1).max(100).default('given'),
    kind: z.string().max(100).default('given'),
    question: z.string().min(1).max(20_000),
    ideal: line.describe('the right option; no player is told which it is before the end'),
    distractors: z.array(line).min(1).max(19).describe('the wrong options'),
    papers: z.array(paper).min(1).max(5000).nullable().default(null).describe('null: those of the folder LUDUS_PAPERS'),
    sources: z.array(line).max(100).default([]),
  })
  .superRefine(({ ideal, distractors, papers }, context) => {
    const texts = [ideal, ...distractors, UNSURE].map((text) => text.toLowerCase());
    // NOTE: the unsure option is always there, and may itself be the right one.
    const own = ideal === UNSURE ? texts.slice(1) : texts;
    if (new Set(own).size < own.length)
      context.addIssue({ code: 'custom', path: ['distractors'], message: 'every option must differ from all others' });
    const keys = papers?.map(({ key }) => key) ?? [];
    if (new Set(keys).size < keys.length)
      context.addIssue({ code: 'custom', path: ['papers'], message: 'every paper needs a key of its own' });
  });
