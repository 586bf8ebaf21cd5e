import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Small packages, installed at the first run. */
const SMALL = [
  'onnxruntime',
  'onnx',
  'numpy',
  'tokenizers',
  'transformers',
  'jinja2',
  'datasets',
  'pandas',
  'pyarrow',
  'fhaviary',
  'fastapi',
  'uvicorn',
  'openenv-core',
];
/** Installed without what they depend on: of these only the parts that read data are used. */
const BARE = ['trl', 'nvidia-nat-atif'];
/** NOTE: in this order, for verifiers asks for an older `mcp` than openenv-core can be imported with, and reads data with any. */
const LAST = ['verifiers', 'mcp'];
/** Installed only where `INTEROP_TORCH=1` asks for it: it takes gigabytes. */
const LARGE = 'torch';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/ludus-interop', import.meta.url));
const PROGRAMS = fileURLToPath(new URL('./python', import.meta.url));

/** A Python with the packages it has. `INTEROP_PYTHON` names one to use as it is; else one is made in a cache folder. */
export interface Python {
  readonly path: string | null;
  readonly packages: { readonly [name: string]: string };
  /** Why there is no Python, or what could not be installed. */
  readonly trouble: string | null;
}

export const python: Python = find();

/**
 * Packages of those that are missing, printed as `not run: torch`; empty when the tests can run. A suite skips itself
 * where this is not empty, so that what was not run never counts as passed.
 */
export function missing(what: string, ...packages: readonly string[]): readonly string[] {
  const absent = python.path === null ? ['python3'] : packages.filter((name) => python.packages[name] === undefined);
  if (absent.length > 0) console.log(`not run: ${absent.join(', ')} (${what}; ${python.trouble ?? reasonFor(absent)})`);
  return absent;
}

function reasonFor(absent: readonly string[]): string {
  return absent.includes(LARGE) ? `INTEROP_TORCH=1 installs ${LARGE}` : 'not installed';
}

/** Runs a program of `python/` on a JSON value and gives what it prints as JSON. Files of the task lie in its folder. */
export function runPython<T>(program: string, task: object, files: { readonly [name: string]: Uint8Array } = {}): T {
  const folder = mkdtempSync(join(tmpdir(), 'ludus-interop-'));
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    writeFileSync(join(folder, 'task.json'), JSON.stringify(task));
    const { status, stderr } = spawnSync(python.path ?? '', [join(PROGRAMS, program), folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ended with ${status}:\n${stderr}`);
    return JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as T;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function find(): Python {
  const given = process.env.INTEROP_PYTHON;
  if (given !== undefined) return { path: given, packages: packagesOf(given), trouble: null };
  const path = join(CACHE, 'venv', 'bin', 'python');
  const trouble = existsSync(path) ? null : make();
  if (trouble !== null) return { path: null, packages: {}, trouble };
  const small = [...SMALL, ...BARE, ...LAST];
  const wanted = process.env.INTEROP_TORCH === '1' ? [...small, LARGE] : small;
  const had = packagesOf(path);
  const failures = wanted.filter((name) => had[name] === undefined).map((name) => install(path, name));
  const reasons = failures.filter((reason) => reason !== null);
  return { path, packages: packagesOf(path), trouble: reasons.length > 0 ? reasons.join('; ') : null };
}

/** Makes the environment. Gives the reason where that fails. */
function make(): string | null {
  mkdirSync(CACHE, { recursive: true });
  const { error, status, stderr } = spawnSync('python3', ['-m', 'venv', join(CACHE, 'venv')], { encoding: 'utf8' });
  if (error !== undefined) return error.message;
  return status === 0 ? null : `python3 -m venv: ${lastLine(stderr)}`;
}

/** NOTE: one by one, so that one that cannot be had does not keep the others away. */
function install(path: string, name: string): string | null {
  const bare = BARE.includes(name) ? ['--no-deps'] : [];
  const options = ['--upgrade', '--retries', '0', '--quiet', '--disable-pip-version-check'];
  const { status, stderr } = spawnSync(path, ['-m', 'pip', ...options, 'install', ...bare, name], { encoding: 'utf8' });
  return status === 0 ? null : `${name}: ${lastLine(stderr)}`;
}

function packagesOf(path: string): { [name: string]: string } {
  const { status, stdout } = spawnSync(path, ['-m', 'pip', 'list', '--format=json', '--disable-pip-version-check'], {
    encoding: 'utf8',
  });
  if (status !== 0) return {};
  const list = JSON.parse(stdout) as { name: string; version: string }[];
  return Object.fromEntries(list.map(({ name, version }) => [name.toLowerCase(), version]));
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
