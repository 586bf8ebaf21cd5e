import { z } from 'zod';
import { isObject, type Json } from '../../../core/json.js';
import { unfit } from '../body.js';
import { type Action, INVALID, type RequestedCall } from './wire.js';

const ROLES = ['user', 'system', 'tool', 'assistant', 'function'];

/** NOTE: FastAPI takes a number that is written as a text. */
function written<T extends z.ZodType>(number: T) {
  return z.preprocess((value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value), number);
}

export const envBody = z.object({ env_id: z.string() });
export const startBody = z
  .object({
    task_idx: written(z.int().min(0)).nullish(),
    task_kwargs: z.record(z.string(), z.unknown()).nullish(),
    seed: z.union([z.int(), z.string()]).nullish(),
  })
  .refine(({ task_idx, task_kwargs }) => task_idx == null || task_kwargs == null, {
    message: 'Value error, at most one of task_idx and task_kwargs can be set',
  });
export const stepBody = z.object({ env_id: z.string(), action: z.looseObject({}) });
export const oldBody = z.object({ last_used: written(z.number()).default(3600) });

/**
 * What a client's message does, read as its server reads it: an object without a role, or of the assistant, calls tools;
 * every other message calls none, also one whose calls are not well formed.
 * @throws Fault 422 on a role there is not, and on a call without arguments
 */
export function actionOf(action: { readonly [key: string]: unknown }): Action {
  const { role = 'assistant', tool_calls: calls = [] } = action;
  if (typeof role !== 'string' || !ROLES.includes(role))
    throw unfit('literal_error', ['action', 'role'], `Input should be one of ${ROLES.join(', ')}`, role);
  if (role !== 'assistant' || !Array.isArray(calls)) return { kind: 'message' };
  const read = calls.map((call, at) => callOf(call, at));
  if (read.includes(null)) return { kind: 'message' };
  return { kind: 'calls', calls: read as RequestedCall[], content: textOf(action.content) };
}

function callOf(call: unknown, at: number): RequestedCall | null {
  if (!isObject(call) || typeof call.id !== 'string' || !isObject(call.function)) return null;
  const { name } = call.function;
  if (typeof name !== 'string' || (call.type !== undefined && call.type !== 'function')) return null;
  if (!Object.hasOwn(call.function, 'arguments'))
    throw unfit('missing', ['action', 'tool_calls', at, 'function', 'arguments'], 'Field required', call.function);
  return argsOf(call.id, name, call.function.arguments as Json);
}

/** NOTE: arguments that are no JSON make a call of a tool there is not; JSON that is no object makes none. */
function argsOf(id: string, name: string, given: Json): RequestedCall | null {
  if (given === null || given === '') return { id, name, args: {} };
  if (isObject(given)) return { id, name, args: given };
  if (typeof given !== 'string') return null;
  try {
    const args = JSON.parse(given) as Json;
    return isObject(args) ? { id, name, args } : null;
  } catch {
    return { id, name: INVALID, args: {} };
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (isObject(part) && typeof part.text === 'string' ? part.text : '')).join('');
}
