import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalogue, type Plan, readConfig, rollout, runEpisode } from 'ludus';

/** Seven-player Werewolf between scripted talkers, all sentences spoken and heard: games a second on one thread. */
const SECONDS = 5;
const RECORDED = 5000;

const catalogue = new Catalogue();
const environment = await catalogue.environment('werewolf');
const config = readConfig(environment.spec);
const scripted = await catalogue.agent('scripted');
const agents = Array.from({ length: environment.spec.facts(config).seats }, () => scripted);

async function played(): Promise<number> {
  let games = 0;
  for (let seed = 0; seed < 500; seed++) await runEpisode({ environment, config, seed: `warm ${seed}`, agents });
  const began = performance.now();
  while (performance.now() - began < SECONDS * 1000) await runEpisode({ environment, config, seed: games++, agents });
  return games / ((performance.now() - began) / 1000);
}

async function recorded(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'ludus-bench-'));
  const plan: Plan = {
    ludus: 1,
    environment: 'werewolf',
    version: environment.spec.version,
    config,
    agents: agents.map(() => 'scripted'),
    seed: '1',
    episodes: RECORDED,
    clock: 'fixed',
    rules: {},
  };
  const began = performance.now();
  await rollout(plan, { folder: join(folder, 'run'), workers: 1 });
  const seconds = (performance.now() - began) / 1000;
  rmSync(folder, { recursive: true });
  return RECORDED / seconds;
}

console.table({
  'played, games/s': Math.round(await played()),
  [`recorded (${RECORDED} games, one worker, its start included), games/s`]: Math.round(await recorded()),
});
