import { readdirSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suggestion, UserError } from '../../src/core/errors.js';
import type { MemoryKind } from './memory.js';
import type { StyleKind } from './style.js';

/** NOTE: the same code runs as TypeScript while developing and as JavaScript when built. */
const ENDING = extname(fileURLToPath(import.meta.url));

/** Every style there is, by id: the files of `styles/`. */
export function styleIds(): string[] {
  return idsIn('styles');
}

/** Every memory there is, by id: the files of `memory/`. */
export function memoryIds(): string[] {
  return idsIn('memory');
}

/** @throws UserError with the nearest ids */
export async function findStyle(id: string): Promise<StyleKind> {
  return (await load('styles', 'style', id)) as StyleKind;
}

/** @throws UserError with the nearest ids */
export async function findMemory(id: string): Promise<MemoryKind> {
  return (await load('memory', 'memory', id)) as MemoryKind;
}

function idsIn(folder: string): string[] {
  return readdirSync(new URL(`./${folder}/`, import.meta.url))
    .filter((file) => extname(file) === ENDING && !/\.(d|test)\.ts$/.test(file))
    .map((file) => basename(file, ENDING))
    .sort();
}

async function load(folder: string, noun: string, id: string): Promise<unknown> {
  const ids = idsIn(folder);
  if (!ids.includes(id)) throw new UserError(`llm has no ${noun} "${id}"; ${suggestion(id, ids)}`);
  const module = (await import(new URL(`./${folder}/${id}${ENDING}`, import.meta.url).href)) as { default: unknown };
  return module.default;
}
