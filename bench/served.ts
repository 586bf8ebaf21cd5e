import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** The command line as it stands in this tree, for `node --import tsx`. */
export const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
/** Clock ticks a second in /proc. SEE: sysconf(3), _SC_CLK_TCK, 100 on every Linux that Node runs on. */
const TICKS = 100;

/** A server in a process of its own. */
export interface Served {
  readonly url: string;
  /** Seconds of processor time so far, of all its threads. */
  processor(): number;
  /** Megabytes resident. */
  memory(): number;
  isAlive(): boolean;
  stop(): Promise<void>;
}

export interface Serving {
  /** The folder it is started in. */
  readonly cwd: string;
  /** Its NODE_ENV. */
  readonly mode?: string;
  /** What is started; Node when absent. */
  readonly program?: string;
}

/** Starts a server that prints a line of JSON with its `url`. `LUDUS_BENCH_PROFILE` names a folder for its profile. */
export async function opened(
  command: readonly string[],
  { cwd, mode = 'production', program = process.execPath }: Serving,
): Promise<Served> {
  const profiled = program === process.execPath ? process.env.LUDUS_BENCH_PROFILE : undefined;
  const profile = profiled === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiled}`];
  const child = spawn(program, [...profile, ...command], {
    cwd,
    env: { ...process.env, NODE_ENV: mode },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const pid = child.pid as number;
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  return {
    url: await urlOf(child),
    processor: () => processorOf(pid),
    memory: () => memoryOf(pid),
    isAlive,
    async stop() {
      if (!isAlive()) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function urlOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface(child.stdout as Readable)) {
    if (line.startsWith('{')) return (JSON.parse(line) as { url: string }).url;
  }
  throw new Error('the server ended before it was ready');
}

/** SEE: proc(5), /proc/pid/stat: utime and stime are the 14th and 15th field, the 2nd being in brackets. */
function processorOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

function memoryOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
