/**
 * Discounted CFR: old regrets fade, negative ones faster than positive ones.
 * SEE: Brown, Sandholm, "Solving Imperfect-Information Games via Discounted Regret Minimization", AAAI 2019, section 4.
 */
import { z } from 'zod';
import type { Solver } from '../solver.js';
import { admitTwoSeatConstantSum } from './kernel/admission.js';
import { type Member, treeRoads } from './kernel/cfr.js';

const options = z.strictObject({
  alpha: z.number().min(0).max(100).default(1.5).describe('positive sums of regrets keep t^alpha / (t^alpha + 1)'),
  beta: z.number().min(-100).max(100).default(0).describe('negative sums of regrets keep t^beta / (t^beta + 1)'),
  gamma: z.number().min(0).max(16).default(2).describe('the strategy of iteration t counts t^gamma in the average'),
});

/** The defaults are the setting that the paper recommends. */
export const member: Member<z.infer<typeof options>> = {
  options,
  scheme: ({ alpha, beta, gamma }) => ({
    updates: 'alternating',
    averaging: gamma,
    keep: { positive: alpha, negative: beta },
    predictive: false,
  }),
  admit: (tree) => admitTwoSeatConstantSum('discounted CFR', tree),
};

const solver: Solver = {
  id: 'dcfr',
  title: 'Discounted CFR',
  paper: 'Brown, Sandholm, AAAI 2019',
  options,
  roads: treeRoads(member),
};

export default solver;
