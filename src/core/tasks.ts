import type { JsonObject } from './json.js';

/** A file as somebody has it: its name without folders, and its bytes. */
export interface TaskFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A row of a file that is no task: its number counted from 1, and why. */
export interface BadRow {
  readonly row: number;
  readonly reason: string;
}

/** What a file of tasks held. A bad row keeps its number and is reported; the rest is read. */
export interface TasksRead<T> {
  readonly tasks: readonly T[];
  readonly bad: readonly BadRow[];
}

/** A task as an environment is configured for it: `config` goes over any other fields. */
export interface ConfiguredTask {
  readonly id: string;
  readonly split: string;
  readonly config: JsonObject;
}

/** The tasks of an environment, by number. Doors, rollouts and evaluations count by it. */
export interface Tasks {
  /** How many tasks each split holds; the first split is the one to train on. */
  readonly sizes: { readonly [split: string]: number };
  /** A task by its number in its split, from 0. @throws RangeError on one that is not there */
  at(split: string, index: number): ConfiguredTask;
  /**
   * The tasks of a file in the format of the public data set the environment is made after.
   * @throws UserError when the file as a whole is not in that format
   */
  read?(file: TaskFile): TasksRead<ConfiguredTask> | Promise<TasksRead<ConfiguredTask>>;
}

/** The text of a file of tasks. */
export function textOf(file: TaskFile): string {
  return new TextDecoder().decode(file.bytes);
}
