import { z } from 'zod';
import type { Json, JsonObject } from '../../../core/json.js';
import { startFields } from '../start.js';

/*
 * What travels between a server of one environment and OpenEnv's clients. SEE: huggingface/OpenEnv,
 * `core/env_client.py`, `core/mcp_client.py`, `core/env_server/types.py`.
 */

/** What a client says by way of metadata; taken and not read. */
const metadata = z.record(z.string(), z.unknown()).optional().describe('taken and not read');

/** NOTE: trainers give a model's raw reply to an action's field where exactly one is required. */
export const replyAction = z.strictObject({
  message: z
    .string()
    .describe('the whole reply in words: thoughts inside <think></think>, the answer in <answer></answer>'),
  metadata,
});
const listAction = z.strictObject({ type: z.literal('list_tools'), metadata });
const callAction = z.strictObject({
  type: z.literal('call_tool'),
  tool_name: z.string(),
  arguments: z.record(z.string(), z.json()).default({}),
  metadata,
});

export type Action = z.infer<typeof replyAction> | z.infer<typeof listAction> | z.infer<typeof callAction>;

/** The schema an action is read by: those of tools name their type. */
export function actionSchema(action: unknown): z.ZodType<Action> {
  const { type } = (action ?? {}) as { readonly type?: unknown };
  if (type === 'list_tools') return listAction;
  return type === 'call_tool' ? callAction : replyAction;
}

/** How an episode may be asked for. Columns of a data set travel with it too, so all else is set aside. */
export const resetFields = {
  ...startFields,
  episode_id: z.string().max(200).optional().describe('a name for the episode, told again by `state`'),
  match_id: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('clients that name the same match play each other, each in a seat of its own'),
};
export const resetArgs = z.object(resetFields);
export type ResetArgs = z.infer<typeof resetArgs>;

/** What a client sends over its socket. */
export const messages = {
  reset: z.strictObject({ type: z.literal('reset'), data: z.record(z.string(), z.unknown()).default({}) }),
  step: z.strictObject({ type: z.literal('step'), data: z.record(z.string(), z.unknown()) }),
  state: z.strictObject({ type: z.literal('state') }),
  close: z.strictObject({ type: z.literal('close') }),
  mcp: z.strictObject({ type: z.literal('mcp'), data: z.unknown() }),
};

/** What a reset or a step brings. */
export interface Observed {
  readonly observation: JsonObject;
  readonly reward: number | null;
  readonly done: boolean;
  /** The same as in the observation: newer clients read it here, typed ones there. */
  readonly metadata: JsonObject;
}

/** NOTE: of a hidden state there is nothing here, nor of the moves of others. */
export interface State {
  readonly episode_id: string | null;
  /** Steps that the client took in this episode. */
  readonly step_count: number;
}

export type ErrorCode = 'INVALID_JSON' | 'UNKNOWN_TYPE' | 'VALIDATION_ERROR' | 'EXECUTION_ERROR' | 'CAPACITY_REACHED';

export interface ToolError {
  readonly error_type: 'tool_not_found' | 'invalid_args' | 'execution_error';
  readonly message: string;
}

/** What the server sends over a socket, one for each request. */
export type Sent =
  | { readonly type: 'observation'; readonly data: Observed }
  | { readonly type: 'state'; readonly data: State }
  | { readonly type: 'mcp'; readonly data: Json }
  | { readonly type: 'error'; readonly data: { readonly message: string; readonly code: ErrorCode } & JsonObject };
