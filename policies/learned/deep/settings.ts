import { z } from 'zod';

const count = z.int().min(1);

/** What both learners of this family take. The defaults are the published settings for Leduc poker. */
export const settings = z.strictObject({
  traversals: count.default(1500).describe('traversals of each seat in an iteration'),
  hidden: z.array(count).default([64, 64, 64]).describe('widths of the hidden layers of every network'),
  learningRate: z.number().positive().default(1e-3).describe('of Adam'),
  batch: count.default(2048).describe('rows in a step of training'),
  memory: count.default(1_000_000).describe('rows kept of each memory'),
  steps: z.int().min(0).default(750).describe('steps of training of an advantage network, from scratch each iteration'),
  clip: z.number().positive().default(1).describe('longest gradient of a step'),
  road: z
    .enum(['tree', 'contract'])
    .default('tree')
    .describe('walk the compiled game, or the rules themselves where it is too large to compile'),
});

export type Settings = z.output<typeof settings>;

/** SEE: Steinberger, "Single Deep Counterfactual Regret Minimization", 2019, appendix: settings for Leduc poker. */
export const LEDUC = { says: 'the published settings for Leduc poker', options: {} };

/** Seconds instead of minutes, for games the size of Kuhn poker. */
export const SMALL = {
  says: 'games the size of Kuhn poker, in seconds',
  options: { traversals: 300, hidden: [32, 32], batch: 256, memory: 50_000, steps: 150 },
};
