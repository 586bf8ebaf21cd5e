import { z } from 'zod';
import { part } from '../../part.js';

const count = z.int().min(1);

/** What behaviour cloning takes. */
export const settings = part.omit({ advice: true }).extend({
  records: z.string().default('').describe('file or folder of records to learn from'),
  agent: z
    .string()
    .nullable()
    .default(null)
    .describe('learn from the seats of this agent alone, named as in the records'),
  winners: z.boolean().default(false).describe('learn from the seats with the best return of their episode alone'),
  heldOut: z.number().min(0).max(0.9).default(0.1).describe('share of the episodes that only measure'),
  batch: count.default(256).describe('choices in a step of training'),
  learningRate: z.number().positive().default(1e-3).describe('of Adam'),
  hidden: z.array(count).default([64, 64]).describe('widths of the hidden layers'),
});
export type Settings = z.output<typeof settings>;
