import { expect, it } from 'vitest';
import kuhn from '../../../envs/kuhn-poker/index.js';
import { compile } from '../../tree/compile.js';
import { sequencesOf } from './sequences.js';
import { learn, openTables } from './tables.js';

const FACTORS = { weight: 1, positive: 1, negative: 1, predicted: 0 };

it('what is left where regrets cancel is not played on, and a small regret is', () => {
  const tree = compile(kuhn, { players: 2 });
  const sequences = sequencesOf(tree);
  const tables = openTables(tree, sequences);
  const state = sequences.order[0]?.[0] as number;
  const action = tree.states.offset[state] as number;
  tables.fresh[action] = 1e-17;
  learn(tree, sequences, 0, tables, FACTORS);
  expect([...tables.strategy.subarray(action, action + 2)]).toEqual([0.5, 0.5]);
  expect(tables.regrets[action]).toBe(0);
  tables.fresh[action] = 1e-9;
  learn(tree, sequences, 0, tables, FACTORS);
  expect(tables.strategy[action]).toBeCloseTo(1, 12);
  expect([...tables.sums.subarray(action, action + 2)]).toEqual([1, 1]);
});
