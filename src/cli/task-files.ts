import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { configAt, type PlannedTasks, type TaskResult, tasksOf } from '../arena/tasks.js';
import type { Environment } from '../core/environment.js';
import { messageOf, UserError } from '../core/errors.js';
import type { JsonObject } from '../core/json.js';
import type { BadRow } from '../core/tasks.js';

export interface TaskOptions {
  readonly tasks?: string;
  readonly split?: string;
  readonly each?: boolean;
}

/** The tasks that options ask for, and the rows of their file that are none. */
export interface AskedTasks {
  readonly tasks: PlannedTasks | null;
  readonly bad: readonly BadRow[];
}

/**
 * @param config what holds for all tasks
 * @throws UserError on options that do not go together, a file that cannot be read, tasks the configuration does not take
 */
export async function askedTasks(
  environment: Environment,
  config: JsonObject,
  { tasks: file, split, each }: TaskOptions,
): Promise<AskedTasks> {
  if (file !== undefined && (split !== undefined || each === true))
    throw new UserError('--tasks plays the tasks of a file, --split with --each those of a split: give one of the two');
  if (split !== undefined && each !== true) throw new UserError('--split goes with --each, which plays all its tasks');
  if (file !== undefined) return fromFile(environment, config, file);
  return { tasks: each === true ? tasksOf(environment, split) : null, bad: [] };
}

async function fromFile(environment: Environment, config: JsonObject, path: string): Promise<AskedTasks> {
  const { spec, tasks: set } = environment;
  if (set?.read === undefined) throw new UserError(`${spec.id} reads no file of tasks`);
  const { tasks, bad } = await set.read({ name: basename(path), bytes: bytesOf(path) });
  if (tasks.length === 0)
    throw new UserError(`${path} holds no task that can be read${bad.length === 0 ? '' : `: ${rowsOf(bad)}`}`);
  const planned = tasks.map(({ id, split, config: own }) => ({ id, split, config: own }));
  for (const index of planned.keys()) configAt(environment, { config, tasks: planned }, index);
  return { tasks: planned, bad };
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UserError(`--tasks: ${path} cannot be read: ${messageOf(error)}`);
  }
}

/** Most rows of a list that people are shown. */
const SHOWN = 20;

/** Rows that are no tasks, in words. */
export function rowsOf(bad: readonly BadRow[]): string {
  const rows = bad.slice(0, SHOWN).map(({ row, reason }) => `row ${row}: ${reason}`);
  return `${rows.join('; ')}${bad.length > SHOWN ? `; and ${bad.length - SHOWN} more` : ''}`;
}

/** What each task came to, one line each. */
export function taskLines(results: readonly TaskResult[]): string[] {
  const lines = results.slice(0, SHOWN).map(({ task, outcome, how, returns }) => {
    return `  ${task}  ${outcome ?? how}  ${returns === null ? 'none' : returns.map((value) => Number(value.toFixed(4))).join(' ')}`;
  });
  return results.length > SHOWN ? [...lines, `  and ${results.length - SHOWN} more; --json lists all`] : lines;
}

/** How many tasks each split holds. */
export function sizesText(sizes: { readonly [split: string]: number }): string {
  return Object.entries(sizes)
    .map(([split, size]) => `${split} ${size}`)
    .join(', ');
}
