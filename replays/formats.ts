import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { suggestion, UserError } from '../src/core/errors.js';
import type { Format } from './format.js';

/** NOTE: the same code runs as TypeScript while developing and as JavaScript when built; modules have its ending. */
const ENDING = extname(fileURLToPath(import.meta.url));
const FOLDER = fileURLToPath(new URL('./export/', import.meta.url));

/** Every format of `replays/export/`, by id. */
export async function formats(): Promise<Format[]> {
  return Promise.all(ids().map(load));
}

/** @throws UserError with the nearest ids */
export async function format(id: string): Promise<Format> {
  const known = ids();
  if (!known.includes(id)) throw new UserError(`there is no format "${id}"; ${suggestion(id, known)}`);
  return load(id);
}

/** A format's file is named by its id. */
function ids(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => extname(name) === ENDING && !/\.(test|testing|d)\.\w+$/.test(name))
    .map((name) => basename(name, ENDING))
    .sort();
}

async function load(id: string): Promise<Format> {
  const module = (await import(pathToFileURL(join(FOLDER, `${id}${ENDING}`)).href)) as { readonly default: Format };
  return module.default;
}
