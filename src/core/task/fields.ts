import { z } from 'zod';
import type { TaskConfig } from './contract.js';

type Sizes = { readonly [split: string]: number };

/**
 * The fields of a configuration that name a task and bound the work on it, for a `z.strictObject`.
 * @param given schema of a task as plain data, for tasks from elsewhere
 */
export function taskFields<const S extends Sizes, T extends z.ZodType>(
  sizes: S,
  given: T,
  { maxSteps, maxCalls = 8 }: { readonly maxSteps: number; readonly maxCalls?: number },
) {
  const splits = Object.keys(sizes) as [keyof S & string, ...(keyof S & string)[]];
  return {
    split: z.enum(splits).default(splits[0]).describe('which embedded tasks one is drawn from'),
    task: number(0, Number.MAX_SAFE_INTEGER)
      .nullable()
      .default(null)
      .describe('number of the task in its split, from 0; null draws one'),
    given: given.nullable().default(null).describe('a task from elsewhere instead of an embedded one'),
    maxSteps: number(1, 200).default(maxSteps).describe('after this many steps without an end the episode is cut off'),
    maxCalls: number(1, 64).default(maxCalls).describe('calls run in one step; those beyond are answered but not run'),
  };
}

function number(min: number, max: number) {
  return z.number().int().min(min).max(max);
}

/** Checks that a task is there and named once, for `superRefine`. */
export function checkTask(sizes: Sizes) {
  return ({ split, task, given }: Pick<TaskConfig, 'split' | 'task' | 'given'>, context: z.RefinementCtx): void => {
    const complain = (message: string) => context.addIssue({ code: 'custom', path: ['task'], message });
    const size = sizes[split] ?? 0;
    if (task !== null && task >= size) complain(`the split ${split} has tasks 0 to ${size - 1}`);
    if (task !== null && given !== null) complain('either a task or a given one, not both');
  };
}
