import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HOME = fileURLToPath(new URL('../../node_modules/.cache/ludus-interop/javascript', import.meta.url));

/** A package that is no dependency, installed into a cache folder at the first run; null where it cannot be had. */
export function installed(name: string, what: string): (() => Promise<unknown>) | null {
  const trouble = existsSync(join(HOME, 'node_modules', name)) ? null : install(name);
  if (trouble === null) return () => import(pathToFileURL(entryOf(name)).href);
  console.log(`not run: ${name} (${what}; ${trouble})`);
  return null;
}

/** NOTE: what the package asks to be run after it is left out: it fetches what only graphics cards need. */
function install(name: string): string | null {
  mkdirSync(HOME, { recursive: true });
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=0', '--prefix', HOME];
  const { error, status, stderr } = spawnSync('npm', ['install', ...options, name], { encoding: 'utf8', cwd: HOME });
  if (error !== undefined) return error.message;
  return status === 0 ? null : (stderr.trim().split('\n').at(-1) ?? 'npm install failed');
}

function entryOf(name: string): string {
  return createRequire(join(HOME, 'package.json')).resolve(name);
}
