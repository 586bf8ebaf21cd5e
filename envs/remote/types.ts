import type { Json, JsonObject } from '../../src/core/json.js';
import type { DescribedTool, ToolCall } from '../../src/core/space.js';

export type Config = {
  /** Number of the task; null leaves it to the environment. */
  readonly task: number | null;
  /** What a reset is given besides: a seed, a seat, a split. */
  readonly reset: JsonObject;
  readonly maxSteps: number;
  readonly worst: number;
  readonly best: number;
};

/** A call as it was made and the text that answers it. */
export type Result = { readonly id: string; readonly name: string; readonly args: Json; readonly text: string };

/** What is asked of the environment elsewhere. */
export type Request =
  | { readonly do: 'reset'; readonly task: number | null; readonly reset: JsonObject }
  | { readonly do: 'step'; readonly session: string; readonly move: Json };

export type Tools = { readonly [name: string]: DescribedTool } | null;

/** What it says, as all that is read of it stands in the record. */
export type Told = {
  /** Names what is played there. */
  readonly session: string;
  readonly text: string;
  /** The texts that answer the calls of the step, in their order. */
  readonly results: readonly string[];
  /** The tools there are from now on; null where answers are words, absent where they are as before. */
  readonly tools?: Tools;
  /** The answers there are, where one of a list is wanted. */
  readonly legal: readonly string[] | null;
  readonly reward: number;
  readonly done: boolean;
  readonly truncated: boolean;
};

/** `waiting`: what was played and is not answered yet. */
export type State = {
  readonly config: Config;
  readonly told: (Told & { readonly tools: Tools }) | null;
  readonly results: readonly Result[];
  readonly waiting: Json;
  readonly steps: number;
  readonly paid: number;
  readonly over: { readonly outcome: string; readonly truncated: boolean } | null;
};

/** What everybody sees. */
export type View = {
  readonly text: string | null;
  readonly results: readonly Result[];
  readonly waiting: Json;
  readonly stepsLeft: number;
  readonly outcome: string | null;
};

export function isCalls(move: Json): move is readonly ToolCall[] {
  return Array.isArray(move);
}
