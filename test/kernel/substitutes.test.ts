import { expect, it } from 'vitest';
import goofspiel from '../../envs/goofspiel/index.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { readConfig } from '../../src/core/config.js';
import { type PlayedStep, runEpisode } from '../../src/core/play.js';

/** An agent that never answers well, after so many turns of the event loop. */
function failing(turns: number): AgentFactory {
  return () => ({
    manifest: { agent: 'failing' },
    act: async () => {
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      return { reply: { text: 'no' } };
    },
  });
}

async function played(first: number, second: number): Promise<PlayedStep[]> {
  const steps: PlayedStep[] = [];
  const rules = { seed: 7, tries: 1, onFailure: 'substitute' } as const;
  const table = { environment: goofspiel, config: readConfig(goofspiel.spec), ...rules };
  await runEpisode({ ...table, agents: [failing(first), failing(second)] }, (progress) => {
    if (progress.kind === 'step') steps.push(progress.step);
  });
  return steps;
}

it('what the table plays for a seat does not depend on which of several failed first', async () => {
  const steps = await played(0, 4);
  const substituted = steps.filter(({ seats = {} }) => Object.values(seats).every((one) => one.substituted === true));
  expect(substituted.length).toBeGreaterThan(5);
  expect(await played(4, 0)).toEqual(steps);
});
