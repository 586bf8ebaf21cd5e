/**
 * Predictive CFR+: plays as if the last regret were to come once more.
 * SEE: Farina, Kroer, Sandholm, "Faster Game Solving via Predictive Blackwell Approachability: Connecting Regret
 * Matching and Mirror Descent", AAAI 2021, algorithm 3 and section 5.
 */
import type { Solver } from '../solver.js';
import { admitTwoSeatConstantSum } from './kernel/admission.js';
import { type Member, treeRoads } from './kernel/cfr.js';
import { noOptions } from './kernel/options.js';

/** Alternating updates, predictive regret matching+, strategy t weighted by t squared. */
export const member: Member<Record<string, never>> = {
  options: noOptions,
  scheme: () => ({ updates: 'alternating', averaging: 2, keep: 'positive', predictive: true }),
  admit: (tree) => admitTwoSeatConstantSum('predictive CFR+', tree),
};

const solver: Solver = {
  id: 'pcfr+',
  title: 'Predictive CFR+',
  paper: 'Farina, Kroer, Sandholm, AAAI 2021',
  options: noOptions,
  roads: treeRoads(member),
};

export default solver;
