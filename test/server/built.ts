import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What the build takes. */
const BUILT = ['src', 'envs', 'agents', 'policies', 'replays'];

/** The package as it is installed somewhere: built, and without this tree. */
export interface Home {
  readonly path: string;
  /** Starts the built server under plain node, as whoever installed it would. */
  start(...args: string[]): Promise<Started>;
  remove(): void;
}

export interface Started {
  readonly url: string;
  readonly out: () => string;
  readonly err: () => string;
  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** Builds the package into a folder for a while. @param env variables of the servers started there */
export function built(env: { readonly [name: string]: string } = {}): Home {
  const path = mkdtempSync(join(tmpdir(), 'ludus-built-'));
  build(path);
  return {
    path,
    start: (...args) => start(path, env, args),
    remove: () => rmSync(path, { recursive: true }),
  };
}

/** Strips the types of all that is built, as the build does, without checking them again. */
function build(home: string): void {
  const to = join(home, 'dist');
  for (const folder of BUILT) {
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || /\.(test|testing)\.ts$/.test(name)) continue;
      const file = join(to, folder, name.replace(/ts$/, 'js'));
      mkdirSync(dirname(file), { recursive: true });
      const { outputText } = ts.transpileModule(readFileSync(join(ROOT, folder, name), 'utf8'), {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true },
      });
      writeFileSync(file, outputText);
    }
  }
  mkdirSync(join(to, 'web/assets'), { recursive: true });
  writeFileSync(join(to, 'web/index.html'), '<!doctype html><title>Ludus</title>');
  cpSync(join(ROOT, 'package.json'), join(home, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
}

async function start(home: string, more: { readonly [name: string]: string }, args: string[]): Promise<Started> {
  const main = join(home, 'dist/src/cli/main.js');
  const env = { ...process.env, NODE_ENV: 'production', ...more };
  const child = spawn(process.execPath, [main, 'serve', ...args, '--port', '0'], { cwd: home, env });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()));
  const ended = end(child);
  await Promise.race([ended, seen(() => texts.out.includes('\n'))]);
  const url = /http:\/\/[\w.:[\]]+/.exec(texts.out)?.[0];
  if (url === undefined) throw new Error(`the server did not start: ${texts.out}${texts.err}`);
  return {
    url,
    out: () => texts.out,
    err: () => texts.err,
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

function end(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('close', resolve));
}

async function seen(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
