import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalogue, type Plan, readConfig, rollout } from 'ludus';

/** A million tiny recorded steps on one worker and on two; starting the threads is included. */
const EPISODES = 231_000;

const environment = await new Catalogue().environment('kuhn-poker');

async function run(workers: number): Promise<{ seconds: number; steps: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'ludus-bench-'));
  const { id, version } = environment.spec;
  const config = readConfig(environment.spec);
  const what = { environment: id, version, config, agents: ['random', 'random'] };
  const plan: Plan = { ludus: 1, ...what, seed: '1', episodes: EPISODES, clock: 'fixed', rules: {} };
  const began = performance.now();
  const { steps } = await rollout(plan, { folder: join(folder, 'run'), workers });
  const seconds = (performance.now() - began) / 1000;
  rmSync(folder, { recursive: true });
  return { seconds, steps };
}

const rows: { [workers: string]: { [column: string]: string | number } } = {};
for (const workers of [1, 2, 1, 2]) {
  const { seconds, steps } = await run(workers);
  const row = `${workers} worker${workers > 1 ? 's' : ''}${`${workers} workers` in rows || `${workers} worker` in rows ? ', again' : ''}`;
  rows[row] = { steps, seconds: seconds.toFixed(2), 'steps/s': Math.round(steps / seconds).toLocaleString('en') };
}
console.table(rows);
