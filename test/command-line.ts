import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LOADER = import.meta.resolve('tsx');
const MAIN = join(ROOT, 'src/cli/main.ts');
/** NOTE: a colour setting of whoever runs the tests must not decide their outcome. */
const { NO_COLOR: _no, FORCE_COLOR: _force, LUDUS_TRACE: _trace, ...ENV } = process.env;

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Interrupts the process when its standard error holds this. */
  readonly interruptAt?: string;
  /** Kills the process, as `kill -9` does, as soon as this is so; looked at every few milliseconds. */
  readonly killWhen?: () => boolean;
}

/** Runs the real command line in a folder, to its end. Its input stays open when it is to be stopped. */
export function ludusIn(folder: string, line: string, running: Running = {}): Promise<Finished> {
  const { input = '', env = {}, interruptAt, killWhen } = running;
  return new Promise((resolve, reject) => {
    const args = ['--import', LOADER, MAIN, ...wordsOf(line)];
    const child = spawn(process.execPath, args, { cwd: folder, env: { ...ENV, ...env } });
    const watch = setInterval(() => killWhen?.() === true && child.kill('SIGKILL'), 3);
    let out = '';
    let err = '';
    let interrupted = false;
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
      if (interrupted || interruptAt === undefined || !err.includes(interruptAt)) return;
      interrupted = true;
      child.kill('SIGINT');
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      resolve({ code, out, err });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.write(input);
    if (interruptAt === undefined && killWhen === undefined) child.stdin.end();
  });
}

/** The words of a line; what stands in double quotes is one. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
}
