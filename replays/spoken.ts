import type { Message, ModelCall } from '../src/core/agent.js';
import { print } from '../src/core/answers.js';
import type { Decided } from '../src/core/decide.js';
import { isObject, type Json, type JsonObject } from '../src/core/json.js';
import { describedTools } from '../src/core/offered.js';
import type { ActionSpace, Vocabulary } from '../src/core/space.js';
import { textOf } from './answered.js';
import { callingMessage } from './calling.js';

/**
 * What the seat said as the message of an assistant: the model's reply as it came, tool calls with it; else the reply in
 * words; else the move, tool calls as such and all others as an answer in words. Reasoning is part of it only where the record holds the ids of the tokens
 * written: a hosted provider's is a summary or sealed, and nobody's to train on.
 */
export function completionOf(space: ActionSpace, decided: Decided, call: ModelCall | null): Message {
  if (call !== null) return spokenMessage(call);
  if (space.kind === 'tools') return callingMessage(space, decided.move);
  return { role: 'assistant', content: decided.reply?.text ?? print(space, decided.move) };
}

/** The reply of one call as a message; see `completionOf` on reasoning. */
export function spokenMessage({ reply, tokens }: ModelCall): Message {
  if (!isObject(reply)) return { role: 'assistant', content: textOf(reply) };
  const { tool_calls: calls, reasoning_content: reasoning } = reply;
  return {
    role: 'assistant',
    content: textOf(reply),
    ...(typeof reasoning === 'string' && tokens !== null ? { reasoning_content: reasoning } : {}),
    ...(Array.isArray(calls) && calls.length > 0 ? { tool_calls: calls as Json } : {}),
  };
}

/** The tools a model was offered with a call, as chat completions list them; none where it was offered none. */
export function toolsOf(call: ModelCall): readonly JsonObject[] {
  const { tools } = call.parameters;
  return Array.isArray(tools) ? (tools as readonly JsonObject[]).map(enveloped) : [];
}

/** The tools of a space as chat completions list them; none of a space without. */
export function toolsIn(vocabulary: Vocabulary, space: ActionSpace): readonly JsonObject[] {
  return space.kind === 'tools' ? describedTools(vocabulary, space).map(enveloped) : [];
}

function enveloped(tool: JsonObject): JsonObject {
  return 'function' in tool ? tool : { type: 'function', function: tool };
}
