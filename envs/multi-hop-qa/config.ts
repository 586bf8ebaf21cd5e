import { z } from 'zod';
import type { Preset } from '../../src/core/environment.js';
import { checkTask, taskFields } from '../../src/core/task/fields.js';
import { given } from './task.js';

/** How many questions each split holds. */
export const SIZES = { train: 8000, val: 1000, test: 1000 } as const;

const weight = z.number().min(0).max(1);

const fields = z.strictObject({
  ...taskFields(SIZES, given, { maxSteps: 20 }),
  weights: z
    .strictObject({
      exact: weight.default(1).describe('what an answer that is the right one counts'),
      f1: weight.default(0).describe('what the words shared with the right answer count'),
    })
    .prefault({})
    .describe('weights of the parts of the reward'),
});

export type Config = z.infer<typeof fields>;

export const config = fields.superRefine(checkTask(SIZES));

export const presets: { readonly [name: string]: Preset } = {
  val: { says: 'a question drawn from the validation split', config: { split: 'val' } },
  test: { says: 'a question drawn from the test split', config: { split: 'test' } },
  f1: { says: 'paid for the words shared with the right answer', config: { weights: { exact: 0, f1: 1 } } },
};
