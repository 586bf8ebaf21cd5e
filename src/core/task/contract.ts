import type { z } from 'zod';
import type { EventKind, Preset, RewardPart, Scripted } from '../environment.js';
import type { Json, JsonObject } from '../json.js';
import type { Rng } from '../rng.js';
import type { Tool } from '../space.js';
import type { TaskFile, TasksRead } from '../tasks.js';

/** One task as plain data: the question, what is given with it, and the right answer. Embedded ones are `{split}_{index}`. */
export type Task = { readonly id: string; readonly split: string } & JsonObject;

/** The fields of a configuration that every environment of tasks has; `taskFields` makes their schemas. */
export type TaskConfig<T extends Task = Task> = {
  readonly split: string;
  /** Number of the task in its split; null draws one. */
  readonly task: number | null;
  /** A task from elsewhere instead of an embedded one. */
  readonly given: T | null;
  readonly maxSteps: number;
  readonly maxCalls: number;
} & JsonObject;

/** The embedded tasks, and a reader of the public data set's files. */
export interface TaskSet<T extends Task> {
  readonly sizes: { readonly [split: string]: number };
  /** The task of a number from 0: the same on every machine. Its id is `{split}_{index}`. */
  at(split: string, index: number): T;
  read?(file: TaskFile): TasksRead<T>;
}

/** What a tool works on. */
export interface Job<T, W, C> {
  readonly task: T;
  readonly config: C;
  readonly world: W;
  /** A name that nothing in this episode has had, for what a tool stores: `fragment-7`. */
  key(prefix: string): string;
}

/** How an episode ends, and what its seat is paid for it, by part. */
export type End = {
  readonly outcome: string;
  readonly rewards: { readonly [part: string]: number };
};

/** A call that was worked out. */
export interface Work<W> {
  /** The world after it; as before where absent. */
  readonly world?: W;
  /** What the caller is told. */
  readonly text: string;
  /** The call went wrong, and `text` says why and what would be right. */
  readonly failed?: boolean;
  readonly end?: End;
}

/** A question to the outside that a call waits for. */
export interface Ask {
  readonly ask: Json;
}

/**
 * A tool of a task. Functions are pure. What they throw as `UserError` is the caller's error and its text; anything else
 * is a fault of the environment.
 */
export interface TaskTool<T, W, C> extends Tool {
  /** May wait for the outside together with calls of the same step beside it: it needs nothing they change. */
  readonly concurrent?: boolean;
  run(job: Job<T, W, C>, args: JsonObject): Work<W> | Ask;
  /** Goes on with the answer from outside, which may be `{ error }`. */
  answered?(job: Job<T, W, C>, args: JsonObject, answer: Json): Work<W>;
}

/** A tool whose functions take its arguments as its schema reads them. */
export interface TypedTool<T, W, C, A extends z.ZodType> {
  readonly description: string;
  readonly args: A;
  sample(rng: Rng): JsonObject;
  readonly concurrent?: boolean;
  run(job: Job<T, W, C>, args: z.output<A>): Work<W> | Ask;
  answered?(job: Job<T, W, C>, args: z.output<A>, answer: Json): Work<W>;
}

/** Ties a tool's arguments to its schema and forgets their type, so that all tools of a task are of one type. */
export function taskTool<T, W, C, A extends z.ZodType>(tool: TypedTool<T, W, C, A>): TaskTool<T, W, C> {
  return tool as unknown as TaskTool<T, W, C>;
}

/**
 * An environment of tasks that one seat solves by calling tools, as `toolTask` takes it.
 * @typeParam W the world the tools work on: plain JSON, small; what follows from the task is read off the task
 */
export interface ToolTask<T extends Task, W extends Json, C extends TaskConfig<T>> {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly summary: string;
  readonly config: z.ZodType<C>;
  readonly presets?: { readonly [name: string]: Preset };
  readonly rewards: { readonly [part: string]: RewardPart };
  /** Kinds of events besides those of every such environment. */
  readonly events?: { readonly [kind: string]: EventKind };
  readonly tools: { readonly [name: string]: TaskTool<T, W, C> };
  readonly tasks: TaskSet<T>;
  /** The world as the seat finds it. */
  open(task: T, config: C): W;
  /** What the seat is asked, in words. */
  ask(task: T, config: C): string;
  /** The names of the tools this task comes with; all where absent. */
  offered?(task: T, config: C): readonly string[];
  /** What is to be seen of the world besides the answered calls; nothing of a hidden answer. */
  view(task: T, world: W, config: C): Json;
  /** What `view` gives, in words; '' says nothing. */
  show?(seen: Json): string;
  /** What is told when it is over: the right answer, or what would have been. */
  solution(task: T, config: C): Json;
  /** The solution in words. */
  saySolution?(solution: Json): string;
  /** What is paid when the steps run out; nothing where absent. */
  unfinished?(task: T, world: W, config: C): End['rewards'];
  rules(config: C): string;
  /** Bounds of what an episode pays, weighted. */
  utility(config: C): { readonly min: number; readonly max: number };
  /** Whether tools may ask the outside. */
  calls?(config: C): boolean;
  /** Answers what a tool asks; the only part that may reach outside. */
  answer?(request: Json, signal: AbortSignal): Promise<Json>;
  /** A plausible answer, for random play. */
  sampleAnswer?(request: Json, rng: Rng): Json;
  readonly scripted?: Scripted<C>;
}

/** A call as it was made and the text that answers it. `run`: false where it could not be run as it was made. */
export type Result = {
  readonly id: string;
  readonly name: string;
  readonly args: Json;
  readonly text: string;
  readonly run: boolean;
};

/** What a seat sees of a task. `solution` is null for everybody but a reader (`all`) until it is over. */
export type TaskView = {
  readonly task: string | null;
  readonly question: string | null;
  readonly tools: readonly string[];
  readonly steps: readonly (readonly Result[])[];
  readonly stepsLeft: number;
  readonly seen: Json;
  readonly outcome: string | null;
  readonly solution: Json;
};
