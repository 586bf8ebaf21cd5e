import { z } from 'zod';
import type { Config } from './types.js';

export const config: z.ZodType<Config> = z
  .strictObject({
    task: z
      .int()
      .min(0)
      .nullable()
      .default(null)
      .describe('number of the task there; null leaves it to the environment'),
    reset: z
      .record(z.string(), z.json())
      .default({})
      .describe('what a reset is given besides, as in {"seed": 7}; an Aviary server takes it for its task_kwargs'),
    maxSteps: z.int().min(1).max(1000).default(50).describe('after this many steps the episode is cut off'),
    worst: z.number().min(-1e9).max(0).default(-100).describe('the least an episode pays there'),
    best: z.number().min(0).max(1e9).default(100).describe('the most an episode pays there'),
  })
  .superRefine(({ task, reset }, context) => {
    if (task === null || Object.keys(reset).length === 0) return;
    context.addIssue({ code: 'custom', path: ['task'], message: 'either a task or what a reset is given, not both' });
  }) as unknown as z.ZodType<Config>;
