import type { Json, JsonObject } from '../../core/json.js';
import type { Tokenizer } from './tokenizer.js';
import { TURN_END, TURN_ROLE_END, TURN_START } from './train.js';

/** One turn of a conversation, as model providers name its parts. */
export interface ChatTurn {
  readonly role: string;
  readonly content: string;
}

/** A conversation as ids. */
export interface ChatIds {
  readonly ids: number[];
  /** For each id whether the assistant wrote it, its end mark included: what a loss may train on. */
  readonly trained: boolean[];
}

/** Text around a call of a tool. NOTE: as in the templates of Hermes and Qwen, so that one reader reads them all. */
export const CALL_START = '<tool_call>';
export const CALL_END = '</tool_call>';

const TOOLS = `These tools can be called. A call is ${CALL_START}, a JSON object of "name" and "arguments", ${CALL_END}.`;

/**
 * What `chatTurns` and `chatIds` do, for those who read `tokenizer_config.json`: a Jinja template. Tools and calls are in
 * the form of chat completions; arguments may be the JSON text there or the object itself.
 */
export const CHAT_TEMPLATE =
  `{% if tools %}${TURN_START}tools${TURN_ROLE_END}${TOOLS}{% for tool in tools %}{{ '\\n' + (tool | tojson) }}{% endfor %}${TURN_END}{% endif %}` +
  `{% for message in messages %}${TURN_START}{{ message['role'] }}${TURN_ROLE_END}{% if message['content'] %}{{ message['content'] }}{% endif %}` +
  `{% if message['tool_calls'] %}{% for call in message['tool_calls'] %}{{ '${CALL_START}{"name": ' + (call['function']['name'] | tojson) + ', "arguments": ' }}` +
  "{% if call['function']['arguments'] is string %}{{ call['function']['arguments'] }}{% else %}{{ call['function']['arguments'] | tojson }}{% endif %}" +
  `{{ '}${CALL_END}' }}{% endfor %}{% endif %}${TURN_END}{% endfor %}` +
  `{% if add_generation_prompt %}${TURN_START}assistant${TURN_ROLE_END}{% endif %}`;

/** A message of chat completions, with the calls of tools that it makes. */
export interface ChatMessage {
  readonly role: string;
  readonly content?: Json | undefined;
  readonly tool_calls?: Json | undefined;
}

/** Messages as turns, each with all it says as text, behind a turn that shows the tools where there are any. */
export function chatTurns(messages: readonly ChatMessage[], tools: readonly JsonObject[] = []): ChatTurn[] {
  const shown = [TOOLS, ...tools.map(spaced)].join('\n');
  const turns = messages.map(({ role, content, tool_calls: calls }) => ({
    role,
    content: textOf(content) + (Array.isArray(calls) ? calls.map(callText).join('') : ''),
  }));
  return tools.length === 0 ? turns : [{ role: 'tools', content: shown }, ...turns];
}

function textOf(content: Json | undefined): string {
  if (typeof content === 'string') return content;
  return content === undefined || content === null ? '' : JSON.stringify(content);
}

function callText(call: Json): string {
  const { name, arguments: given } = (call as { readonly function: JsonObject }).function;
  const written = typeof given === 'string' ? given : spaced(given as Json);
  return `${CALL_START}{"name": ${JSON.stringify(name)}, "arguments": ${written}}${CALL_END}`;
}

/** JSON with a space behind each comma and colon, as the `tojson` of chat templates writes it. */
function spaced(json: Json): string {
  if (Array.isArray(json)) return `[${json.map(spaced).join(', ')}]`;
  if (json === null || typeof json !== 'object') return JSON.stringify(json);
  const fields = Object.entries(json as JsonObject).map(([key, value]) => `${JSON.stringify(key)}: ${spaced(value)}`);
  return `{${fields.join(', ')}}`;
}

/**
 * The ids of a conversation, each turn as start mark, role, mark, content, end mark. With `prompt`, the start of the
 * assistant's next turn follows. Marks stand on both sides of a content, so that a conversation's ids always begin with
 * the ids of its prompt. Marks spelt inside a role or content are plain text.
 * @throws UserError when the tokenizer lacks the marks
 */
export function chatIds(
  tokenizer: Tokenizer,
  turns: readonly ChatTurn[],
  { prompt = false }: { readonly prompt?: boolean } = {},
): ChatIds {
  const ids: number[] = [];
  const trained: boolean[] = [];
  const add = (more: readonly number[], isTrained: boolean): void => {
    for (const id of more) {
      ids.push(id);
      trained.push(isTrained);
    }
  };
  for (const { role, content } of turns) {
    add(headOf(tokenizer, role), false);
    add([...tokenizer.encode(content), tokenizer.special(TURN_END)], role === 'assistant');
  }
  if (prompt) add(headOf(tokenizer, 'assistant'), false);
  return { ids, trained };
}

function headOf(tokenizer: Tokenizer, role: string): number[] {
  return [tokenizer.special(TURN_START), ...tokenizer.encode(role), tokenizer.special(TURN_ROLE_END)];
}
