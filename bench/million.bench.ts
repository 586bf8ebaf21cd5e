import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalogue, type Plan, readConfig, readRecords, rollout, verify } from 'ludus';

/** A million steps written as records and read back with `verify`: nothing lost, memory flat. */
const EPISODES = 132_000;

const environment = await new Catalogue().environment('tic-tac-toe');
const folder = join(mkdtempSync(join(tmpdir(), 'ludus-bench-')), 'run');
const { id, version } = environment.spec;
const what = { environment: id, version, config: readConfig(environment.spec), agents: ['random', 'random'] };
const plan: Plan = { ludus: 1, ...what, seed: '1', episodes: EPISODES, clock: 'fixed', rules: {} };

const rows: { [phase: string]: { [column: string]: string | number } } = {};
const megabytes = () => Math.round(process.memoryUsage().rss / 1e6);

let began = performance.now();
const state = await rollout(plan, { folder, workers: 2 });
rows.written = { episodes: state.episodes, steps: state.steps, seconds: seconds(), 'MB resident': megabytes() };

began = performance.now();
let episodes = 0;
let steps = 0;
// NOTE: one byte an episode, so that the figures show the reader's memory and not the count's.
const seen = new Uint8Array(EPISODES);
for await (const read of readRecords(folder)) {
  if ('problem' in read) throw new Error(`${read.file}:${read.line}: ${read.problem}`);
  const found = verify(read.record, environment);
  if (found !== null) throw new Error(`${read.record.id}: ${JSON.stringify(found)}`);
  episodes++;
  steps += read.record.steps.length;
  seen[Number(read.record.seed.split('/')[1])] = 1;
  if (episodes % 33_000 === 0)
    rows[`read ${episodes}`] = { episodes, steps, seconds: seconds(), 'MB resident': megabytes() };
}
console.table(rows);
const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
console.log(
  `lost: ${state.steps - steps} steps, ${seen.filter((one) => one === 0).length} episodes; ${(bytes / steps).toFixed(0)} bytes a step`,
);
rmSync(folder, { recursive: true });

function seconds(): string {
  return ((performance.now() - began) / 1000).toFixed(1);
}
