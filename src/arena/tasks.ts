import { z } from 'zod';
import { readFields } from '../core/config.js';
import type { How } from '../core/ending.js';
import type { Environment } from '../core/environment.js';
import { suggestion, UserError } from '../core/errors.js';
import type { Json, JsonObject } from '../core/json.js';
import type { ConfiguredTask } from '../core/tasks.js';

/** Tasks that a rollout plays in turn, one an episode: all of a split, or those of a file. */
export const plannedTasks = z.union([
  z.object({ split: z.string(), size: z.int().min(1) }),
  z.array(
    z.object({ id: z.string(), split: z.string(), config: z.record(z.string(), z.unknown() as z.ZodType<Json>) }),
  ),
]);
export type PlannedTasks = z.infer<typeof plannedTasks>;

/** What an episode of a rollout is of: configuration for all, and tasks where each has its own. */
interface Planned {
  readonly config: JsonObject;
  readonly tasks?: PlannedTasks;
}

/** What a task came to in one episode. */
export interface TaskResult {
  readonly episode: number;
  readonly task: string;
  readonly how: How;
  readonly outcome: string | null;
  readonly returns: readonly number[] | null;
}

/** How many tasks there are. */
export function taskCount(tasks: PlannedTasks): number {
  return Array.isArray(tasks) ? tasks.length : tasks.size;
}

/** All tasks of a split. @throws UserError when there is no such split, or no numbered task */
export function tasksOf({ spec, tasks }: Environment, split: string | undefined): PlannedTasks {
  if (tasks === undefined) throw new UserError(`${spec.id} has no numbered tasks (ludus list shows which have)`);
  const splits = Object.keys(tasks.sizes);
  const named = split ?? (splits[0] as string);
  if (!splits.includes(named)) throw new UserError(`there is no split "${named}"; ${suggestion(named, splits)}`);
  return { split: named, size: tasks.sizes[named] as number };
}

/** The task of an episode; null where chance deals it. When all have been played, the first one comes again. */
export function taskAt(
  { tasks: set }: Environment,
  planned: PlannedTasks | undefined,
  index: number,
): ConfiguredTask | null {
  if (planned === undefined) return null;
  const at = index % taskCount(planned);
  if (Array.isArray(planned)) return planned[at] as ConfiguredTask;
  if (set === undefined) throw new UserError('the environment of the rollout has no numbered tasks any more');
  return set.at(planned.split, at);
}

/** The configuration of an episode. @throws UserError when a task does not go with what else was asked for */
export function configAt(environment: Environment, { config, tasks }: Planned, index: number): JsonObject {
  const task = taskAt(environment, tasks, index);
  if (task === null) return config;
  return readFields(environment.spec.config, { ...config, ...task.config }, `task ${task.id}: config`);
}
