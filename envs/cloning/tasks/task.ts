import { z } from 'zod';

/**
 * A task of molecular cloning: what is asked, the molecules that lie in the store from the start, how the result is
 * handed in, and what is right. Plain JSON; one task says everything about itself.
 */

export const SPLITS = ['train', 'val', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/**
 * How a task is handed in, and so which tools end it:
 * - `answer`: `submit_answer(answer)`, the letter or the text of one option
 * - `sequences`: `submit_final_sequences(final)`, as many sequences as `gold.sequences` lists, in that order
 * - `plasmid`: `submit_final_plasmid(final)`, one molecule, judged by `gold.goal`
 * - `goal`: `create_sequence(name, sequence)` and `finish()`; any molecule of the store may meet `gold.goal`
 */
export const SUBMISSIONS = ['answer', 'sequences', 'plasmid', 'goal'] as const;
export type Submission = (typeof SUBMISSIONS)[number];

const letters = z.string().regex(/^[A-Za-z*]+$/, 'letters of a sequence only');

/** Positions count from 1, both ends included, on the strand as written; on a circle `end < start` spans the origin. */
export const feature = z.strictObject({
  start: z.number().int().min(1),
  end: z.number().int().min(1),
  strand: z.union([z.literal(1), z.literal(-1)]).default(1),
  type: z.string().default('misc_feature').describe('a feature key of GenBank: CDS, promoter, rep_origin, ...'),
  name: z.string(),
});
export type TaskFeature = z.infer<typeof feature>;

/** A molecule that is in the store at the start, under `key`. */
export const material = z.strictObject({
  key: z.string().min(1).max(64),
  name: z.string().min(1).max(100),
  sequence: letters,
  type: z.enum(['dna', 'rna', 'protein']).default('dna'),
  circular: z.boolean().default(false),
  features: z.array(feature).default([]),
});
export type Material = z.infer<typeof material>;

/**
 * What a molecule must be, whatever rotation or strand it is written in, in IUPAC letters. `parts` follow each other on
 * one strand in this order, within one turn and without overlap; a part is bases, or a protein that is read from its ATG
 * to a stop. `frames` are proteins read anywhere on that strand. `absent` occurs on neither strand. Lengths are in base
 * pairs.
 */
export const goal = z.strictObject({
  circular: z.boolean(),
  parts: z.array(z.strictObject({ name: z.string(), dna: letters.nullable(), protein: letters.nullable() })),
  frames: z.array(z.strictObject({ name: z.string(), protein: letters })),
  absent: z.array(z.strictObject({ name: z.string(), dna: letters })),
  minLength: z.number().int().min(0),
  maxLength: z.number().int().min(1),
  minGc: z.number().min(0).max(100).default(0).describe('percent of G and C'),
  maxGc: z.number().min(0).max(100).default(100),
});
export type Goal = z.infer<typeof goal>;

/** Exactly one of the three is given: `option` counts from 0 in `options`. */
const gold = z.union([
  z.strictObject({ option: z.number().int().min(0) }),
  z.strictObject({ sequences: z.array(letters).min(1) }),
  z.strictObject({ goal }),
]);
export type Gold = z.infer<typeof gold>;

export const cloningTask = z.strictObject({
  id: z.string().min(1).max(100),
  split: z.enum(SPLITS),
  kind: z.string().describe('a subtask of SeqQA or one of our own kinds'),
  question: z.string().min(1).describe('in words; sequences stand as keys of the store'),
  options: z.array(z.string()).describe('what can be chosen, in the order shown; empty where nothing is chosen'),
  materials: z.array(material),
  submit: z.enum(SUBMISSIONS),
  gold: gold.describe('what is right; no player is shown it before the end'),
});
export type CloningTask = z.infer<typeof cloningTask>;
