import type { Json, JsonObject } from '../../../core/json.js';

/*
 * What travels between a server of environments and Aviary's clients. SEE: Future-House/aviary, `TaskDatasetServer` and
 * `TaskDatasetClient`.
 */

export interface Message {
  readonly role: 'user' | 'tool';
  readonly content: string;
  readonly name?: string;
  readonly tool_call_id?: string;
  /** Kept by clients and not shown to models. */
  readonly info: JsonObject | null;
}

/** NOTE: clients refuse a tool whose parameters lack `properties` or `required`. */
export interface Tool {
  readonly type: 'function';
  readonly function: { readonly name: string; readonly description: string; readonly parameters: JsonObject };
}

export type Stepped = readonly [messages: readonly Message[], reward: number, done: boolean, truncated: boolean];

/** The name of a call whose arguments could not be read as JSON. */
export const INVALID = 'INVALID';

/** A call as a client makes it. */
export interface RequestedCall {
  readonly id: string;
  readonly name: string;
  readonly args: Json;
}

/** What a client does in a step: calls, or a message that calls nothing. */
export type Action =
  | { readonly kind: 'calls'; readonly calls: readonly RequestedCall[]; readonly content: string }
  | { readonly kind: 'message' };
