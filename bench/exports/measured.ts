import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the agents of this benchmark are found, by its `ludus.config.json`. */
const HERE = fileURLToPath(new URL('.', import.meta.url));
const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** What one command took, its start included. */
export interface Measured {
  readonly told: string;
  readonly seconds: number;
  /** Seconds of processor time, of all its threads. */
  readonly processor: number;
  /** Most megabytes resident in the first tenth of the time, in the last tenth, and at all. */
  readonly first: number;
  readonly last: number;
  readonly most: number;
  /** Growth after the first tenth: the slope of the straight line that fits best, in MB over the whole time. */
  readonly growth: number;
}

/** Runs `ludus` with these arguments in a process of its own. @param home a folder for what is measured on the way */
export function measured(args: readonly string[], home: string): Measured {
  const file = join(home, 'memory.json');
  const began = performance.now();
  const command = ['--import', 'tsx', '--import', join(HERE, 'memory.mjs'), MAIN, ...args];
  const { status, stdout } = spawnSync(process.execPath, command, {
    cwd: HERE,
    env: { ...process.env, LUDUS_BENCH_MEMORY: file },
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
  });
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`ludus ${args.join(' ')} ended with ${status}`);
  const { held, processor } = JSON.parse(readFileSync(file, 'utf8')) as { held: number[]; processor: number };
  const tenth = Math.ceil(held.length / 10);
  return {
    told: stdout.toString('utf8'),
    seconds,
    processor,
    first: Math.max(...held.slice(0, tenth)),
    last: Math.max(...held.slice(-tenth)),
    most: Math.max(...held),
    growth: slope(held.slice(tenth)) * held.length,
  };
}

/** Of the least squares line through values that are one apart. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  let [along, square] = [0, 0];
  for (const [at, value] of values.entries()) {
    along += (at - middle) * (value - mean);
    square += (at - middle) ** 2;
  }
  return square === 0 ? 0 : along / square;
}
