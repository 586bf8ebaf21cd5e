import type { Message, ModelCall } from '../src/core/agent.js';
import { print } from '../src/core/answers.js';
import type { Decided } from '../src/core/decide.js';
import { isObject, type Json, type JsonObject } from '../src/core/json.js';
import type { ActionSpace } from '../src/core/space.js';

/**
 * The call whose reply became the answer of a decision: the last that said what the decision says, for an agent may ask
 * several times and take one; else its last that came to something. Null where no model spoke.
 */
export function answeringCall({ calls, reply }: Decided): ModelCall | null {
  const answered = (calls ?? []).filter((call) => call.messages.length > 0 && !isFailed(call.reply));
  const said = reply === undefined ? undefined : answered.findLast((call) => textOf(call.reply) === reply.text);
  return said ?? answered.at(-1) ?? null;
}

/**
 * What the seat said as the message of an assistant: the model's reply as it came, tool calls with it; else the reply in
 * words; else the move as an answer in words. Reasoning is part of it only where the record holds the ids of the tokens
 * written: a hosted provider's is a summary or sealed, and nobody's to train on.
 */
export function completionOf(space: ActionSpace, decided: Decided): Message {
  const call = answeringCall(decided);
  if (call !== null) return spokenMessage(call);
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
export function toolsOf(call: ModelCall | null): readonly JsonObject[] {
  const tools = call?.parameters.tools;
  if (!Array.isArray(tools)) return [];
  return (tools as readonly JsonObject[]).map((tool) =>
    'function' in tool ? tool : { type: 'function', function: tool },
  );
}

function textOf(reply: Json): string {
  if (typeof reply === 'string') return reply;
  if (isObject(reply) && typeof reply.content === 'string') return reply.content;
  return isObject(reply) && 'content' in reply && reply.content === null ? '' : JSON.stringify(reply);
}

function isFailed(reply: Json): boolean {
  return isObject(reply) && 'error' in reply;
}
