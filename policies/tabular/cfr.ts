/**
 * Counterfactual regret minimisation.
 * SEE: Zinkevich, Johanson, Bowling, Piccione, "Regret Minimization in Games with Incomplete Information", NIPS 2007.
 */
import { z } from 'zod';
import type { Solver } from '../solver.js';
import { type Member, treeRoads } from './kernel/cfr.js';

const options = z.strictObject({
  updates: z
    .enum(['simultaneous', 'alternating'])
    .default('simultaneous')
    .describe('whether all seats learn from the same pass, as in the paper, or one after another'),
});

/**
 * With two seats and a constant sum the average strategy approaches equilibrium as 1 / sqrt(t) (theorem 2). Every
 * seat's regret falls in any game of perfect recall (theorem 4), but with more seats or a general sum that promises a
 * coarse correlated equilibrium of the play over all iterations, and nothing of the average strategies themselves.
 */
export const member: Member<z.infer<typeof options>> = {
  options,
  scheme: ({ updates }) => ({ updates, averaging: 0, keep: 'all', predictive: false }),
  admit: () => {},
};

const solver: Solver = {
  id: 'cfr',
  title: 'Counterfactual regret minimisation',
  paper: 'Zinkevich, Johanson, Bowling, Piccione, NIPS 2007',
  options,
  roads: treeRoads(member),
};

export default solver;
