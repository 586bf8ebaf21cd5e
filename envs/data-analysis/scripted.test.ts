import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import { runEpisode } from '../../src/core/play.js';
import environment from './index.js';
import { knownKind } from './solver.js';
import { embedded, KINDS } from './tasks/embedded.js';

const catalogue = new Catalogue();
const ROUNDS = 4;
const tasks = Array.from({ length: ROUNDS * KINDS.length }, (_, index) => index);

async function returnsOf(style: string, split: string): Promise<number[]> {
  const agents = [await catalogue.agent(`scripted:${style}`)];
  const plays = tasks.map((task) => {
    const config = readConfig(environment.spec, { set: { split, task } });
    return runEpisode({ environment, config, seed: 'scripted', agents });
  });
  return (await Promise.all(plays)).map(({ returns }) => returns?.[0] ?? Number.NaN);
}

describe('the oracle, with cells of its own in the real sandbox', () => {
  it(`solves ${tasks.length} tasks of all kinds`, async () => {
    const returns = await returnsOf('oracle', 'test');
    expect(tasks.filter((task) => returns[task] !== 1).map((task) => `test_${task}`)).toEqual([]);
  });

  it('knows each kind by its words, and no other for it', () => {
    for (const index of tasks) {
      expect(knownKind(embedded('val', index).question)?.name).toBe(KINDS[index % KINDS.length]?.name);
    }
    expect(knownKind('What is the weight of the moon?')).toBe(null);
  });
});

it('whoever reads the words alone is right once in a while at most', async () => {
  const returns = await returnsOf('guesser', 'test');
  expect(returns.reduce((sum, one) => sum + one)).toBeLessThanOrEqual(0.03 * tasks.length);
});
