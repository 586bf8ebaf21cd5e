/**
 * Linear CFR: regrets and strategies of iteration t count t times.
 * SEE: Brown, Sandholm, "Solving Imperfect-Information Games via Discounted Regret Minimization", AAAI 2019, section 3.
 */
import type { Solver } from '../solver.js';
import { admitTwoSeatConstantSum } from './kernel/admission.js';
import { type Member, treeRoads } from './kernel/cfr.js';
import { noOptions } from './kernel/options.js';

/** NOTE: keeping t / (t + 1) of all sums weighs the regrets of iteration t by t, up to a common factor. */
export const member: Member<Record<string, never>> = {
  options: noOptions,
  scheme: () => ({
    updates: 'alternating',
    averaging: 1,
    keep: { positive: 1, negative: 1 },
    predictive: false,
  }),
  admit: (tree) => admitTwoSeatConstantSum('linear CFR', tree),
};

const solver: Solver = {
  id: 'linear-cfr',
  title: 'Linear CFR',
  paper: 'Brown, Sandholm, AAAI 2019',
  options: noOptions,
  roads: treeRoads(member),
};

export default solver;
