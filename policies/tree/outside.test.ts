import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { environmentAt } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import { expectSameTree } from '../../test/same-tree.js';
import { growTree } from '../../test/tree.js';
import { compile } from './compile.js';

const core = fileURLToPath(new URL('../../src/core/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ludus-tree-'));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Duel in the fog: chance drops a flag on one of a few hills and shows it to seat 0 alone. Both aim at a hill at once.
 * Whoever hits the flag takes it; if nobody does, both are told that nothing was hit, and seat 1 may search one more
 * hill for one point.
 */
const SOURCE = `
import { environment } from '${core}environment.js';
import { choice } from '${core}space.js';
import { z } from '${fileURLToPath(import.meta.resolve('zod'))}';

const hills = (count) => Array.from({ length: count }, (_, hill) => 'hill ' + hill);

export default environment({
  spec: {
    id: 'fog',
    version: '1.0.0',
    title: 'Fog',
    summary: 'a flag on a hidden hill',
    config: z.strictObject({ hills: z.number().int().min(2).max(9).default(3) }),
    rewards: { flag: { says: 'for the flag', weight: 2, told: 'at once' } },
    events: { dropped: { told: 'seat 0', says: 'where the flag is' }, missed: { told: 'everyone', says: 'nothing hit' } },
    facts: () => ({
      seats: 2, information: 'imperfect', chance: 'listed', calls: false, dynamics: 'simultaneous',
      utility: { kind: 'general', min: -2, max: 2 }, horizon: 3,
    }),
    rules: () => 'Find the flag.',
  },
  start: ({ hills }) => ({ hills, flag: null, aimed: null, over: false }),
  turn: (state) => {
    if (state.over) return { kind: 'over', outcome: 'over', truncated: false };
    const ids = hills(state.hills);
    if (state.flag === null) return { kind: 'chance', outcomes: ids.map((id) => [id, 1 / ids.length]) };
    if (state.aimed === null) return { kind: 'act', spaces: { 0: choice(ids), 1: choice(ids) } };
    return { kind: 'act', spaces: { 1: choice(ids) } };
  },
  apply: (state, moves) => {
    if ('chance' in moves) {
      const flag = moves.chance;
      return { state: { ...state, flag }, events: [{ to: [0], kind: 'dropped', flag }] };
    }
    const { seats } = moves;
    if (state.aimed !== null) {
      return { state: { ...state, over: true }, rewards: seats[1] === state.flag ? { 1: { flag: 0.5 } } : {} };
    }
    const hits = [0, 1].filter((seat) => seats[seat] === state.flag);
    if (hits.length === 0) return { state: { ...state, aimed: 'nothing' }, events: [{ to: 'all', kind: 'missed' }] };
    const rewards = hits.length === 2 ? {} : { [hits[0]]: { flag: 1 }, [1 - hits[0]]: { flag: -1 } };
    return { state: { ...state, over: true }, rewards };
  },
  view: (state, viewer) => ({ you: viewer, flag: viewer === 0 || viewer === 'all' ? state.flag : null }),
  say: (event) => event.kind,
});
`;

// NOTE: worked by hand for 3 hills. Chance 1; for each flag seat 0 decides once and seat 1 three times, and 4 of the 9
// pairs of aims miss, so that seat 1 searches: decisions 3 * (1 + 3 + 4) = 24. Endings 3 * (5 + 4 * 3) = 51. Seat 0 knows
// the flag: 3 states. Seat 1 has one state when it aims, and then one for each of its 3 aims: 4.
it('an environment from a folder is compiled as counted by hand', async () => {
  mkdirSync(join(folder, 'fog'));
  writeFileSync(join(folder, 'fog', 'index.ts'), SOURCE);
  const { environment } = await environmentAt(join(folder, 'fog'));
  const config = readConfig(environment.spec);
  const tree = compile(environment, config);
  expect(tree.size).toBe(1 + 24 + 51);
  expect([...tree.states.seat].sort()).toEqual([0, 0, 0, 1, 1, 1, 1]);
  expect(tree.returns).toHaveLength(102);
  expect(tree.zeroSum).toBe(false);
  // NOTE: for each flag seat 0 alone hits with 2 of the 9 pairs, seat 1 alone with 2, and both with 1; each of the 4
  // searches finds the flag with 1 of 3 hills.
  const pairs = Array.from({ length: 51 }, (_, end) => [...tree.returns.subarray(2 * end, 2 * end + 2)].join());
  const often = (pair: string) => pairs.filter((one) => one === pair).length;
  expect([often('2,-2'), often('-2,2'), often('0,1'), often('0,0')]).toEqual([6, 6, 12, 27]);
  expectSameTree(tree, growTree(environment, config));
});
