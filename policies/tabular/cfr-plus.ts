/**
 * CFR+: summed regrets never fall below 0, and later strategies count more.
 * SEE: Tammelin, "Solving Large Imperfect Information Games Using CFR+", arXiv 1407.5042, 2014, with the linear
 * weights of Tammelin, Burch, Johanson, Bowling, "Solving Heads-up Limit Texas Hold'em", IJCAI 2015.
 */
import type { Solver } from '../solver.js';
import { admitTwoSeatConstantSum } from './kernel/admission.js';
import { type Member, treeRoads } from './kernel/cfr.js';
import { noOptions } from './kernel/options.js';

/** Alternating updates, floored regrets, strategy t weighted by t. */
export const member: Member<Record<string, never>> = {
  options: noOptions,
  scheme: () => ({ updates: 'alternating', averaging: 1, keep: 'positive', predictive: false }),
  admit: (tree) => admitTwoSeatConstantSum('CFR+', tree),
};

const solver: Solver = {
  id: 'cfr+',
  title: 'CFR+',
  paper: 'Tammelin, arXiv 1407.5042, 2014',
  options: noOptions,
  roads: treeRoads(member),
};

export default solver;
