import { z } from 'zod';
import type { Preset } from '../../src/core/environment.js';
import { SPLITS } from './dataset.js';

const fields = z.strictObject({
  split: z.enum(['train', 'val', 'test']).default('train').describe('which embedded problems a task is drawn from'),
  task: z
    .number()
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('number of the problem in its split, from 0; null draws one'),
  problem: z
    .strictObject({
      id: z.string().min(1).max(100).default('given'),
      question: z.string().min(1).max(20_000),
      answer: z.number().describe('the right answer; no player is shown it before the end'),
    })
    .nullable()
    .default(null)
    .describe('a problem from elsewhere instead of an embedded one'),
  maxSteps: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe('after this many steps without an end the episode is cut off'),
  maxCalls: z
    .number()
    .int()
    .min(1)
    .max(64)
    .default(8)
    .describe('calls run in one step; those beyond are answered but not run'),
});

export type Config = z.infer<typeof fields>;

export const config = fields.superRefine(({ split, task, problem }, context) => {
  if (task !== null && task >= SPLITS[split]) {
    const message = `the split ${split} has problems 0 to ${SPLITS[split] - 1}`;
    context.addIssue({ code: 'custom', path: ['task'], message });
  }
  if (task !== null && problem !== null) {
    context.addIssue({ code: 'custom', path: ['task'], message: 'either a task or a problem, not both' });
  }
});

export const presets: { readonly [name: string]: Preset } = {
  val: { says: 'a problem drawn from the validation split', config: { split: 'val' } },
  test: { says: 'a problem drawn from the test split', config: { split: 'test' } },
  'one step': { says: 'a single step, so the answer comes with no look at a result', config: { maxSteps: 1 } },
};
