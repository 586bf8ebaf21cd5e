import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, UserError } from './errors.js';

/** What a module exports, by name. */
export type Exports = { readonly [name: string]: unknown };

/**
 * A part of a package written for CommonJS that only some of Ludus needs, so that it need not be installed.
 * @param part of the package as one would require it: `some-package/part`
 * @param wanted what needs it, for the message
 * @param beside a module of the package to look from, for a package of that package's own
 * @throws UserError when it is not installed
 */
export function optionalPackage<T>(part: string, wanted: string, beside?: string): T {
  const require = createRequire(import.meta.url);
  try {
    return (beside === undefined ? require : createRequire(require.resolve(beside)))(part) as T;
  } catch (thrown) {
    if (codeOf(thrown) !== 'MODULE_NOT_FOUND' || !messageOf(thrown).includes(`'${beside ?? part}'`)) throw thrown;
    const [name] = (beside ?? part).split('/');
    throw new UserError(`${wanted} needs the package ${name}, which is not installed: npm install ${name}`);
  }
}

/**
 * A module of the user's own: a path, or what a package exports, both looked for from the working directory.
 * @throws UserError when there is none, or it cannot be loaded
 */
export async function moduleOf(specifier: string): Promise<Exports> {
  const path = resolve(specifier);
  const file = existsSync(path) ? path : packageFile(specifier);
  try {
    return (await import(pathToFileURL(file).href)) as Exports;
  } catch (thrown) {
    throw new UserError(`cannot load ${specifier}: ${messageOf(thrown)}`, { cause: thrown });
  }
}

function packageFile(specifier: string): string {
  const from = resolve('ludus');
  try {
    return createRequire(from).resolve(specifier);
  } catch (thrown) {
    const seen = `there is no file ${resolve(specifier)}, and no package that can be loaded by that name from here`;
    throw new UserError(`cannot find the module "${specifier}": ${seen} (${messageOf(thrown).split('\n')[0]})`);
  }
}

function codeOf(thrown: unknown): unknown {
  return (thrown as { code?: unknown } | null)?.code;
}
