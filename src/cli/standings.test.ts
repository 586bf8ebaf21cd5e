import { expect, it } from 'vitest';
import { plain } from '../../agents/terminal/ink.js';
import type { Standing } from '../arena/tournament/standings.js';
import { standingLines } from './standings.js';

const standing = (name: string, failures: Standing['conduct']['failures']): Standing => ({
  name,
  agent: name,
  anchor: false,
  games: 1234,
  rating: null,
  return: -122.834,
  conduct: {
    turns: 2345,
    failures,
    substituted: 23,
    forfeits: 0,
    calls: 2500,
    promptTokens: 1_195_980,
    completionTokens: 12_400,
    uncounted: 3,
    without: 0,
    cost: null,
    ms: 95_000,
    timed: 2345,
  },
});

const rows = [standing('a-model-with-a-long-name', { illegal: 40, unparsable: 12 }), standing('other', {})];

it('fits a terminal of 80 columns, and says which columns it left out', () => {
  const lines = standingLines(rows, { ink: plain, width: 79 });
  expect(lines.filter((line) => line.length > 79)).toEqual([]);
  expect(lines.join('\n')).toMatch(/Failed tries \(none late, crashed\)/);
  expect(lines.join('\n')).toContain('1.2M+');
});

it('has every usual kind of failure where there is room, also when nobody failed so', () => {
  const [, head = ''] = standingLines(rows, { ink: plain, width: 110 }).join('\n').split('\n\n');
  expect(head).toMatch(/^ {2}agent +turns +illegal +unparsable +late +crashed +subst\. +tokens in +out +ms\/turn\n/);
  expect(head).toContain('1195980+');
});

it('says whose calls went without what their provider refuses', () => {
  const row = standing('model', {});
  const rows = [{ ...row, conduct: { ...row.conduct, without: 7 } }, standing('other', {})];
  const text = standingLines(rows, { ink: plain, width: 110 }).join(' ');
  expect(text).toMatch(/model: 7 of \d+ calls went without schemas/);
  expect(text).not.toMatch(/other: \d+ of/);
});
