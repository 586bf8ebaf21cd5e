import type { ModelCall } from '../core/agent.js';
import { isObject } from '../core/json.js';
import { type Finish, ModelError, type ModelFault, type ModelReply, type RequestedCall, type Usage } from './model.js';

/**
 * The reply that a record keeps of a call: the inverse of `toModelCall` and `toFailedCall`.
 * @throws ModelError where the call failed
 */
export function replyOfCall({ model, reply, usage, tokens, logprobs }: ModelCall): ModelReply {
  if (!isObject(reply)) throw new ModelError('bad-reply', 'the record keeps no reply of this call');
  if (isObject(reply.error)) throw new ModelError(reply.error.kind as ModelFault, String(reply.error.text));
  const { content, reasoning_content: reasoning, tool_calls: calls, finish } = reply;
  return {
    text: typeof content === 'string' ? content : '',
    reasoning: typeof reasoning === 'string' ? reasoning : null,
    toolCalls: Array.isArray(calls) ? calls.filter(isObject).map(callOf) : [],
    finish: (finish ?? 'other') as Finish,
    model,
    usage: usage as Usage | null,
    tokens,
    logprobs,
  };
}

function callOf(call: { readonly [field: string]: unknown }): RequestedCall {
  const { name, arguments: written } = isObject(call.function) ? call.function : {};
  return { id: String(call.id), name: String(name), arguments: String(written) };
}
