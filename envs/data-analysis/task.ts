import { z } from 'zod';

const amount = z.number().min(0);

/** A task as plain data. An answer counts within the larger of the two tolerances. */
export const dataTask = z.strictObject({
  id: z.string().min(1).max(200),
  split: z.string().min(1).max(100),
  question: z.string().min(1).max(20_000),
  files: z.record(z.string().min(1).max(200), z.string().max(4_000_000)),
  answer: z.number(),
  /** Of the right answer: 0.002 is two parts in a thousand. */
  relative: amount.default(0),
  absolute: amount.default(0),
});

export type DataTask = z.output<typeof dataTask>;
