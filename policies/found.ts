import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { messageOf, suggestion, UserError } from '../src/core/errors.js';
import type { PolicyKind } from './kind.js';
import type { Learner } from './learner.js';
import type { Solver } from './solver.js';

/** NOTE: the same code runs as TypeScript while developing and as JavaScript when built; modules have its ending. */
const ENDING = extname(fileURLToPath(import.meta.url));
const HERE = fileURLToPath(new URL('./', import.meta.url));

/** Something found in a folder of this one, or in a file of somebody's own. */
interface Named {
  readonly id: string;
}

/** What a folder holds, and which of its files could not be loaded, with the reason. */
interface Found<T> {
  readonly items: ReadonlyMap<string, T>;
  readonly broken: readonly string[];
}

/** Every solver of `policies/tabular/`, by id. */
export async function solvers(): Promise<readonly Solver[]> {
  return [...(await look('tabular', isSolver)).items.values()];
}

/** Every learner of `policies/learned/`, by id. */
export async function learners(): Promise<readonly Learner[]> {
  return [...(await look('learned', isLearner)).items.values()];
}

/** The solver of an id such as `cfr+`, or of a file of one's own. @throws UserError with the nearest ids */
export function solver(id: string): Promise<Solver> {
  return named(id, 'tabular', 'solver', isSolver);
}

/** The learner of an id such as `deep-cfr`, or of a file of one's own. @throws UserError with the nearest ids */
export function learner(id: string): Promise<Learner> {
  return named(id, 'learned', 'learner', isLearner);
}

/** How policies of a kind are seated: the file of that name in `policies/kinds/`. @throws UserError */
export async function policyKind(kind: string): Promise<PolicyKind> {
  const files = filesOf('kinds');
  const file = files.find((path) => basename(path, extname(path)) === kind);
  if (file === undefined) {
    const known = files.map((path) => basename(path, extname(path)));
    throw new UserError(`nothing here seats a policy of kind "${kind}"; known: ${known.join(', ')}`);
  }
  const module = await load(file);
  if (isKind(module)) return module;
  throw new UserError(`${file} exports no \`open\`, which seats a policy`);
}

async function named<T extends Named>(
  id: string,
  folder: string,
  noun: string,
  is: (value: unknown) => value is T,
): Promise<T> {
  if (isPath(id)) return own(id, noun, is);
  const { items, broken } = await look(folder, is);
  const item = items.get(id);
  if (item !== undefined) return item;
  const failed = broken.length === 0 ? '' : `\n${broken.join('\n')}`;
  throw new UserError(`there is no ${noun} "${id}"; ${suggestion(id, [...items.keys()])}${failed}`);
}

async function own<T>(file: string, noun: string, is: (value: unknown) => value is T): Promise<T> {
  const path = resolve(file);
  if (!existsSync(path)) throw new UserError(`there is no file "${file}" to take a ${noun} from`);
  const { default: item } = (await load(path)) as { default?: unknown };
  if (is(item)) return item;
  throw new UserError(`${file} has no ${noun} as its default export`);
}

async function look<T extends Named>(folder: string, is: (value: unknown) => value is T): Promise<Found<T>> {
  const items = new Map<string, T>();
  const broken: string[] = [];
  for (const file of filesOf(folder)) {
    try {
      const { default: item } = (await load(file)) as { default?: unknown };
      if (is(item)) items.set(item.id, item);
      else broken.push(`${file} has no default export of its kind`);
    } catch (error) {
      // NOTE: one file that cannot be loaded must not hide the others.
      broken.push(messageOf(error));
    }
  }
  return { items: new Map([...items].sort(([a], [b]) => (a < b ? -1 : 1))), broken };
}

/** Modules directly in a folder of `policies/`, tests and declarations aside. */
function filesOf(folder: string): string[] {
  const path = join(HERE, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => extname(name) === ENDING && !/\.(test|testing|d)\.\w+$/.test(name))
    .sort()
    .map((name) => join(path, name));
}

async function load(file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw new UserError(`cannot load ${file}: ${messageOf(error)}`, { cause: error });
  }
}

function isPath(id: string): boolean {
  return /[/\\]|\.(ts|js|mjs)$/.test(id);
}

function isSolver(value: unknown): value is Solver {
  const candidate = value as Partial<Solver> | undefined;
  return typeof candidate?.id === 'string' && typeof candidate.roads === 'object';
}

function isLearner(value: unknown): value is Learner {
  const candidate = value as Partial<Learner> | undefined;
  return typeof candidate?.id === 'string' && typeof candidate.open === 'function';
}

function isKind(value: unknown): value is PolicyKind {
  return typeof (value as Partial<PolicyKind>).open === 'function';
}
