import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Catalogue, gameOf, learner, measurePolicy, readConfig, stream } from 'ludus';

/**
 * Deep CFR and single Deep CFR on Leduc poker with the published settings, three seeds, beside the published curve:
 * exploitability in antes. SEE: Steinberger, arXiv 1901.07621, figure of Leduc poker. Two seeds run side by side, so the
 * seconds are those of a busy machine with two cores.
 */
const PUBLISHED: { readonly [iteration: number]: number } = { 10: 0.705, 30: 0.401, 63: 0.224, 120: 0.172 };
const SEEDS = ['1', '2', '3'];

interface Row {
  readonly seed: string;
  readonly iteration: number;
  /** Exploitability of the average-strategy network, and of the mixture of advantage networks. */
  readonly network: number;
  readonly mixture: number;
  readonly seconds: number;
}

const [seed] = process.argv.slice(2);
if (seed === undefined) await all();
else await one(seed);

async function one(seed: string): Promise<void> {
  const environment = await new Catalogue({ environments: [], agents: [] }).environment('leduc-poker');
  const game = gameOf(environment, readConfig(environment.spec));
  const learning = await (await learner('deep-cfr')).open(game, {}, stream(seed, 'learner'));
  const began = performance.now();
  for (let iteration = 1; iteration <= 120; iteration++) {
    const figures = await learning.iterate();
    if (PUBLISHED[iteration] === undefined) continue;
    const seconds = (performance.now() - began) / 1000;
    const mixture = figures['exploitability of the networks'] as number;
    const { exploitability: network } = await measurePolicy(await learning.policy(), game);
    console.log(JSON.stringify({ seed, iteration, network, mixture, seconds } satisfies Row));
  }
  await learning.close();
}

async function all(): Promise<void> {
  const rows: Row[] = [];
  const waiting = [...SEEDS];
  const next = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) rows.push(...(await child(seed)));
  };
  await Promise.all([next(), next()]);
  console.log('iteration  published  network: seeds 1, 2, 3 (mean)            mixture: seeds 1, 2, 3 (mean)');
  for (const [iteration, bar] of Object.entries(PUBLISHED)) {
    const own = SEEDS.flatMap((seed) => rows.filter((row) => row.seed === seed && row.iteration === Number(iteration)));
    const cells = [own.map(({ network }) => network), own.map(({ mixture }) => mixture)].map(shown);
    console.log([iteration.padStart(9), bar.toFixed(3).padStart(9), ...cells].join('  '));
  }
}

function shown(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return `${values.map((value) => value.toFixed(4)).join('  ')}  (${mean.toFixed(4)})`.padEnd(36);
}

/** A seed in a process of its own; its rows as they come. */
function child(seed: string): Promise<Row[]> {
  const run = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), seed], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const rows: Row[] = [];
  createInterface({ input: run.stdout }).on('line', (line) => {
    const row = JSON.parse(line) as Row;
    rows.push(row);
    console.log(
      `seed ${seed}  iteration ${row.iteration}  network ${row.network.toFixed(4)}  mixture ${row.mixture.toFixed(4)}  ${row.seconds.toFixed(0)} s`,
    );
  });
  return new Promise((resolve, reject) =>
    run.on('close', (code) => (code === 0 ? resolve(rows) : reject(new Error(`seed ${seed} ended with ${code}`)))),
  );
}
