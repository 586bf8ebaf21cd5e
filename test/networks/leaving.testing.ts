import kuhn from '../../envs/kuhn-poker/index.js';
import { rollout } from '../../src/arena/rollout.js';
import { readConfig } from '../../src/core/config.js';

/** Leaves with code 3 in the middle of a rollout: `<policy folder> <rollout folder>`. */
const [policy, folder] = process.argv.slice(2) as [string, string];
const agent = `policy:${policy}`;
const plan = {
  ludus: 1,
  environment: 'kuhn-poker',
  version: kuhn.spec.version,
  config: readConfig(kuhn.spec),
  agents: [agent, agent],
  seed: '1',
  episodes: 1_000_000,
  clock: 'fixed',
  rules: {},
} as const;
const progress = (): void => {
  setTimeout(() => process.exit(3), 50);
};
await rollout({ ...plan, agents: [...plan.agents] }, { folder, workers: 2, concurrency: 100, progress });
