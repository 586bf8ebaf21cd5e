/**
 * Supervised fine-tuning with LLaMA-Factory: conversations of humans and gpt, with the `dataset_info.json` that names
 * the file. LLaMA-Factory skips a conversation that breaks its rules with no more than a warning, and trains on every
 * odd place; so what does not keep the rules is refused here and counted.
 * SEE: github.com/hiyouga/LLaMA-Factory, data/README.md, "Sharegpt format".
 */
import type { Message } from '../../src/core/agent.js';
import { isObject, type JsonObject } from '../../src/core/json.js';
import { parsedArguments } from '../chat.js';
import {
  type Conversation,
  calledBy,
  conversationRow,
  textOf,
  toolCallsOf,
  wholeConversations,
} from '../conversations.js';
import type { Format } from '../format.js';

const format: Format = {
  id: 'sharegpt',
  title: 'LLaMA-Factory conversations (sharegpt), with dataset_info.json',
  needs: [],
  *rows(episode, options) {
    for (const conversation of wholeConversations(episode, options)) {
      const read = conversationOf(conversation);
      if (typeof read === 'string') episode.refuse?.(read);
      else yield conversationRow(conversation, read);
    }
  },
  beside: (files) => ({
    'dataset_info.json': Object.fromEntries(files.map((file) => [`ludus_${nameOf(file)}`, entryOf(file)])),
  }),
};

export default format;

type Part = { readonly from: string; readonly value: string };

/** The columns of a conversation, or why it cannot be one. */
function conversationOf({ lines, tools }: Conversation): JsonObject | string {
  const [first, ...rest] = lines.map(({ message }) => message);
  const system = first?.role === 'system' ? textOf(first) : '';
  const parts = (first?.role === 'system' ? rest : [first as Message, ...rest]).map(partOf);
  const stray = parts.find((part) => typeof part === 'string');
  if (typeof stray === 'string') return stray;
  if (system === null) return NO_TEXT;
  const conversations = parts as readonly Part[];
  return (
    outOfTurn(conversations) ?? {
      conversations,
      system,
      tools: tools.length === 0 ? '' : JSON.stringify(tools.map(bare)),
    }
  );
}

const NO_TEXT = 'a message that is no text';
const ASKS = ['human', 'observation'];
const ANSWERS = ['gpt', 'function_call'];

/** Why LLaMA-Factory would skip a conversation: it must be of even length, and asking and answering must alternate. */
function outOfTurn(parts: readonly Part[]): string | null {
  if (parts.length % 2 !== 0) return 'an odd number of messages';
  const alternate = parts.every(({ from }, at) => (at % 2 === 0 ? ASKS : ANSWERS).includes(from));
  return alternate ? null : 'messages that do not alternate between asking and answering';
}

function partOf(message: Message): Part | string {
  const value = textOf(message);
  if (value === null) return NO_TEXT;
  switch (message.role) {
    case 'user':
      return { from: 'human', value };
    case 'tool':
      return { from: 'observation', value };
    case 'assistant':
      return answerOf(message, value);
    case 'system':
      return 'a system message that is not the first';
  }
}

function answerOf(message: Message, value: string): Part | string {
  const [call, another] = toolCallsOf(message);
  if (call === undefined) return { from: 'gpt', value };
  if (another !== undefined) return 'several tool calls in one message';
  if (value !== '') return 'a tool call with words beside it';
  const { name, arguments: written } = calledBy(call);
  const read = parsedArguments(written);
  if (!isObject(read)) return 'a tool call whose arguments are no JSON object';
  return { from: 'function_call', value: JSON.stringify({ name, arguments: read }) };
}

/** NOTE: LLaMA-Factory takes the function itself, without the envelope of chat completions. */
function bare(tool: JsonObject): JsonObject {
  return isObject(tool.function) ? tool.function : tool;
}

function nameOf(file: string): string {
  return file.replace(/\.[^.]*$/, '').replaceAll(/[^A-Za-z0-9]+/g, '_');
}

function entryOf(file: string): JsonObject {
  return {
    file_name: file,
    formatting: 'sharegpt',
    columns: { messages: 'conversations', system: 'system', tools: 'tools' },
    tags: {
      role_tag: 'from',
      content_tag: 'value',
      user_tag: 'human',
      assistant_tag: 'gpt',
      observation_tag: 'observation',
      function_tag: 'function_call',
    },
  };
}
