import { z } from 'zod';
import type { Preset } from '../../src/core/environment.js';
import { checkTask, taskFields } from '../../src/core/task/fields.js';
import { SIZES } from './tasks/index.js';
import { cloningTask } from './tasks/task.js';

const weight = z.number().min(0).max(100);

const fields = z.strictObject({
  ...taskFields(SIZES, cloningTask, { maxSteps: 30, maxCalls: 16 }),
  ownLibrary: z
    .boolean()
    .default(false)
    .describe('search the GenBank and FASTA files of the folder that LUDUS_SEQUENCES names, too'),
  weights: z
    .strictObject({ correct: weight.default(1), share: weight.default(0) })
    .default({ correct: 1, share: 0 })
    .describe('what each part of the reward counts'),
});

export type Config = z.infer<typeof fields>;

export const config = fields.superRefine(checkTask(SIZES));

export const presets: { readonly [name: string]: Preset } = {
  val: { says: 'a task of the validation split', config: { split: 'val' } },
  test: { says: 'a task of the test split', config: { split: 'test' } },
  'partial credit': {
    says: 'pays the share that is right, as Aviary does for sequences and plasmids',
    config: { weights: { correct: 0, share: 1 } },
  },
  'own library': { says: 'searches your own sequence files, too', config: { ownLibrary: true } },
};
