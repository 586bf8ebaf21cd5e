import type { Message } from '../src/core/agent.js';
import type { JsonObject } from '../src/core/json.js';
import type { Chat } from './chat.js';

/** Fields of a message that the fine-tuning formats of OpenAI know. */
const FIELDS = ['role', 'content', 'name', 'tool_calls', 'tool_call_id'];

/** A message with the fields those formats know and no other: reasoning, for one, is left out. */
export function knownFields(message: Message): Message {
  const known = Object.fromEntries(Object.entries(message).filter(([field]) => FIELDS.includes(field)));
  return { ...known, role: message.role };
}

/** The columns of tools: lists of what may be called go with whether several may be at once. */
export function toolColumns({ tools }: Chat): JsonObject {
  return tools.length === 0 ? {} : { tools, parallel_tool_calls: true };
}
