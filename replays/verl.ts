import type { Message } from '../src/core/agent.js';
import type { Json, JsonObject } from '../src/core/json.js';
import {
  type Conversation,
  calledBy,
  conversationRow,
  textOf,
  toolCallsOf,
  wholeConversations,
} from './conversations.js';
import type { ExportedEpisode, ExportOptions, Row } from './format.js';
import type { Columns } from './parquet.js';

/** A message as words alone. */
export const WORDS: Columns = { role: 'string', content: 'string' };

/** Where a row comes from; verl hands it on and trains on nothing of it. */
const SOURCE: Columns = { environment: 'string', episode: 'string', seat: 'int64' };

/** The columns of rows for verl's multi-turn supervised fine-tuning, with these fields of a message. */
export function sftColumns(message: Columns, more: Columns = {}): Columns {
  return { messages: { list: { struct: message } }, ...more, extra_info: { struct: SOURCE } };
}

/**
 * Rows of verl's multi-turn supervised fine-tuning: one a conversation. It trains on every assistant message, so
 * conversations with one that may not be trained are refused.
 * @param write the columns of a conversation besides its source, or why it cannot be one
 */
export function* sftRows(
  episode: ExportedEpisode,
  options: ExportOptions,
  write: (conversation: Conversation) => JsonObject | string,
): Generator<Row> {
  for (const conversation of wholeConversations(episode, options, 'string')) {
    const data = write(conversation);
    if (typeof data === 'string') {
      episode.refuse?.(data);
      continue;
    }
    const seat = conversation.turns[0]?.seat ?? 0;
    const extra_info = { environment: episode.record.environment.id, episode: episode.record.id, seat };
    yield conversationRow(conversation, { ...data, extra_info });
  }
}

/** Messages as words alone, or why they are more than that. */
export function wordsOf(messages: readonly Message[]): JsonObject[] | string {
  const words: JsonObject[] = [];
  for (const message of messages) {
    const content = textOf(message);
    if (content === null) return 'a message that is no text';
    if (message.role === 'tool' || toolCallsOf(message).length > 0)
      return 'tool calls, which --flatten-tools writes out';
    words.push({ role: message.role, content });
  }
  return words;
}

/** The fields of a message that may call tools; arguments are JSON in a string. */
export const CALLING: Columns = {
  ...WORDS,
  tool_calls: {
    list: { struct: { id: 'string', type: 'string', function: { struct: { name: 'string', arguments: 'string' } } } },
  },
  tool_call_id: 'string',
};

/** Messages with their tool calls, or why they cannot be written. */
export function callingOf(messages: readonly Message[]): JsonObject[] | string {
  const said: JsonObject[] = [];
  for (const message of messages) {
    const content = textOf(message);
    if (content === null) return 'a message that is no text';
    const calls = toolCallsOf(message).map(callOf);
    said.push({
      role: message.role,
      content,
      tool_calls: calls.length === 0 ? null : calls,
      tool_call_id: (message.tool_call_id ?? null) as Json,
    });
  }
  return said;
}

function callOf(call: JsonObject): JsonObject {
  const { name, arguments: written } = calledBy(call);
  const text = typeof written === 'string' ? written : JSON.stringify(written);
  return { id: call.id ?? null, type: 'function', function: { name, arguments: text } };
}
