import { afterEach, expect, test } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import { runEpisode } from '../../src/core/play.js';
import { Threads } from '../../src/server/threads/threads.js';

const catalogue = new Catalogue();
let threads = new Threads(1);

afterEach(() => threads.close());

async function played(id: string, spec: string, isThreaded: boolean) {
  threads = new Threads(1);
  const environment = await catalogue.environment(id);
  const plain = await catalogue.agent(spec);
  const agent = isThreaded ? threads.factory(spec, plain) : plain;
  const steps: unknown[] = [];
  const table = { environment, config: readConfig(environment.spec), seed: 'threads', agents: [agent, agent] };
  const { outcome } = await runEpisode(table, (progress) => {
    if (progress.kind === 'started') steps.push(progress.seats);
    if (progress.kind === 'step') steps.push(progress.step);
  });
  return { outcome, steps };
}

test.each([
  ['tic-tac-toe', 'mcts:60'],
  ['tic-tac-toe', 'minimax:200'],
  ['kuhn-poker', 'ismcts:40'],
  ['tic-tac-toe', 'policy:./examples/policies/greedy.ts'],
])('a game of %s by %s is the same game in threads', async (id, spec) => {
  expect(await played(id, spec, true)).toEqual(await played(id, spec, false));
});
