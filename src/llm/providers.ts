import { existsSync, readdirSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suggestion, UserError } from '../core/errors.js';
import type { Provider } from './provider.js';

const FOLDER = new URL('./providers/', import.meta.url);
/** NOTE: the same code runs as TypeScript while developing and as JavaScript when built; modules have its ending. */
const ENDING = extname(fileURLToPath(import.meta.url));

/** The ids of all providers: the files of `providers/`. */
export function providerIds(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => extname(name) === ENDING && !/\.(test|d)\.\w+$/.test(name))
    .map((name) => basename(name, ENDING))
    .sort();
}

/** @throws UserError with the nearest ids */
export async function provider(id: string): Promise<Provider> {
  const module = new URL(`${id}${ENDING}`, FOLDER);
  if (!/^[a-z0-9-]+$/.test(id) || !existsSync(module))
    throw new UserError(`there is no provider "${id}"; ${suggestion(id, providerIds())}`);
  const { default: found } = (await import(module.href)) as { readonly default: Provider };
  return found;
}
