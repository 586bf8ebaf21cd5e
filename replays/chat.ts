import type { Message } from '../src/core/agent.js';
import { isObject, type Json, type JsonObject } from '../src/core/json.js';
import type { ExportOptions } from './format.js';
import type { OwnTurn } from './turns.js';

/** A turn as trainers of chat models read it. */
export interface Chat {
  readonly prompt: readonly Message[];
  readonly completion: Message;
  /** What the seat was offered; empty where there was none. */
  readonly tools: readonly JsonObject[];
}

/**
 * A turn as a chat, tool calls shaped as asked for.
 * @param usual how the format's trainer takes the arguments of tool calls when nobody says otherwise
 */
export function chatOf(
  turn: Pick<OwnTurn, 'prompt' | 'completion' | 'tools'>,
  options: ExportOptions,
  usual: 'object' | 'string' = 'object',
): Chat {
  const shape = (message: Message) => shaped(message, options, usual);
  return {
    prompt: turn.prompt.map(shape),
    completion: shape(turn.completion),
    tools: options.flattenTools ? [] : turn.tools,
  };
}

/** The column of tools, where there are any: chat templates write a line even for an empty list. */
export function toolsColumn({ tools }: Chat): { readonly tools?: readonly JsonObject[] } {
  return tools.length === 0 ? {} : { tools };
}

/** One message, its tool calls shaped as asked for. What holds none comes back as it is. */
export function shaped(message: Message, options: ExportOptions, usual: 'object' | 'string'): Message {
  if (options.flattenTools) return flattened(message);
  const calls = callsOf(message);
  if (calls.length === 0) return message;
  const write = (options.toolArgs ?? usual) === 'object' ? parsedArguments : rawArguments;
  return { ...message, tool_calls: calls.map((call) => withArguments(call, write)) };
}

/**
 * The arguments of a tool call as an object. Text that is no JSON object is left as it was written: it was the model's
 * move.
 */
export function parsedArguments(written: Json): Json {
  if (typeof written !== 'string') return written;
  try {
    const value = JSON.parse(written) as Json;
    return isObject(value) ? value : written;
  } catch {
    return written;
  }
}

function rawArguments(written: Json): Json {
  return typeof written === 'string' ? written : JSON.stringify(written);
}

function callsOf(message: Message): readonly JsonObject[] {
  return Array.isArray(message.tool_calls) ? (message.tool_calls as readonly JsonObject[]) : [];
}

function withArguments(call: JsonObject, write: (written: Json) => Json): JsonObject {
  const called = isObject(call.function) ? call.function : {};
  return { ...call, function: { ...called, arguments: write(called.arguments ?? '{}') } };
}

/** Tool calls in words, in the way most open models write them, and results as what a user says. */
function flattened(message: Message): Message {
  if (message.role === 'tool') return { role: 'user', content: `<tool_response>\n${text(message)}\n</tool_response>` };
  const calls = callsOf(message);
  if (calls.length === 0) return message;
  const lines = calls.map((call) => {
    const called = isObject(call.function) ? call.function : {};
    const said = { name: called.name ?? '', arguments: parsedArguments(called.arguments ?? '{}') };
    return `<tool_call>\n${JSON.stringify(said)}\n</tool_call>`;
  });
  const { tool_calls: _, ...rest } = message;
  return { ...rest, role: message.role, content: [text(message), ...lines].filter((part) => part !== '').join('\n') };
}

function text({ content }: Message): string {
  if (typeof content === 'string') return content;
  return content === null || content === undefined ? '' : JSON.stringify(content);
}
