import { expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import leduc from '../../envs/leduc-poker/index.js';
import rpsls from '../../envs/rpsls/index.js';
import type { Environment } from '../../src/core/environment.js';
import { expectedReturns, nashConv } from '../best-response.js';
import { growTree } from '../tree.js';
import { solveSequenceForm } from './sequence-form.js';

/** SEE: OpenSpiel 2.0.1, sequence_form_lp_test.py; Kuhn 1950 for -1/18; the last by symmetry. */
const values: readonly (readonly [Environment, number])[] = [
  [kuhn, -1 / 18],
  [leduc, -0.085606424078],
  [rpsls, 0],
];

for (const [environment, value] of values) {
  it(`${environment.spec.id} is worth ${value} to player_0, and the program's strategies are an equilibrium`, async () => {
    const config = environment.spec.config.parse({});
    const tree = growTree(environment, config);
    const solution = await solveSequenceForm(tree);
    expect(solution.value).toBeCloseTo(value, 9);
    expect(expectedReturns(tree, solution.strategy)[0]).toBeCloseTo(value, 9);
    expect(nashConv(tree, solution.strategy)).toBeLessThan(1e-8);
  });
}
