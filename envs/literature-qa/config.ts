import { z } from 'zod';
import type { Preset } from '../../src/core/environment.js';
import { checkTask, taskFields } from '../../src/core/task/fields.js';
import { given } from './task.js';

/** How many questions each split holds. */
export const SIZES = { train: 8000, val: 1000, test: 1000 } as const;

const model = z.string().min(1).max(200).nullable().default(null);

const fields = z.strictObject({
  ...taskFields(SIZES, given, { maxSteps: 18 }),
  model: model.describe(
    'chat model that sums up evidence and writes answers; null: sentences are quoted as they stand',
  ),
  embeddings: model.describe('embeddings model that sorts what the search by words finds; null: by words alone'),
});

export type Config = z.infer<typeof fields>;

export const config = fields.superRefine(checkTask(SIZES));

export const presets: { readonly [name: string]: Preset } = {
  val: { says: 'a question drawn from the validation split', config: { split: 'val' } },
  test: { says: 'a question drawn from the test split', config: { split: 'test' } },
};
