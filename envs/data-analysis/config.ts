import { z } from 'zod';
import type { Preset } from '../../src/core/environment.js';
import { checkTask, taskFields } from '../../src/core/task/fields.js';
import { dataTask } from './task.js';
import { SIZES } from './tasks/embedded.js';

const fields = z.strictObject({
  ...taskFields(SIZES, dataTask, { maxSteps: 20 }),
  computing: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe('millions of steps of the interpreter that one run of the notebook may take'),
  seconds: z
    .number()
    .int()
    .min(1)
    .max(600)
    .default(60)
    .describe('time by the clock that one run of the notebook may take, for what no count of steps stops'),
});

export type Config = z.output<typeof fields>;

export const config = fields.superRefine(checkTask(SIZES));

export const presets: { readonly [name: string]: Preset } = {
  val: { says: 'a task drawn from the validation split', config: { split: 'val' } },
  test: { says: 'a task drawn from the test split', config: { split: 'test' } },
};
