import type { ModelCall } from '../src/core/agent.js';
import { readAnswer } from '../src/core/answers.js';
import type { Decided } from '../src/core/decide.js';
import { isObject, type Json, type JsonObject } from '../src/core/json.js';
import { type ActionSpace, check, type Move, type Vocabulary } from '../src/core/space.js';
import { isUnused } from '../src/core/unused.js';
import { mannerOf, sameJson, toolCallsIn } from './manner.js';

/**
 * The call whose reply became the answer of a decision: the last that said what was played, for an agent may ask several
 * times, weigh several answers, and rate them; where none did, its last that came to something. Null where no model spoke.
 */
export function answeringCall(vocabulary: Vocabulary, space: ActionSpace, decided: Decided): ModelCall | null {
  const { reply, move } = decided;
  const calls = (decided.calls ?? []).filter((call) => !isUnused(call));
  if (calls.length < 2 || reply !== undefined) return replyingCall({ ...decided, calls });
  const said = calls.findLast((call) => isAnswered(call) && sameJson(moveOf(vocabulary, space, call), move));
  return said ?? replyingCall({ ...decided, calls });
}

/** The last call that said what a decision or a failed try says in words; where none did, the last that came to something. */
export function replyingCall({ calls = [], reply }: Pick<Decided, 'calls' | 'reply'>): ModelCall | null {
  const answered = calls.filter(isAnswered);
  const said = reply === undefined ? undefined : answered.findLast((call) => textOf(call.reply) === reply.text);
  return said ?? answered.at(-1) ?? null;
}

/** What a reply says as text. */
export function textOf(reply: Json): string {
  if (typeof reply === 'string') return reply;
  if (isObject(reply) && typeof reply.content === 'string') return reply.content;
  return isObject(reply) && 'content' in reply && reply.content === null ? '' : JSON.stringify(reply);
}

/** Whether a call was sent something and came to something. */
export function isAnswered({ messages, reply }: ModelCall): boolean {
  return messages.length > 0 && !(isObject(reply) && 'error' in reply);
}

/** The move that a reply says, undefined where it says none. */
function moveOf(vocabulary: Vocabulary, space: ActionSpace, call: ModelCall): Move | undefined {
  const text = textOf(call.reply);
  switch (mannerOf(vocabulary, space, call)) {
    case null:
      return undefined;
    case 'tools':
      return toolCallsIn(call.reply).map(callIn) as unknown as Move;
    case 'object':
      return checked(vocabulary, space, parsed(text));
    case 'answer':
    case 'thought': {
      const object = parsed(text);
      return isObject(object) ? checked(vocabulary, space, object.answer) : undefined;
    }
    case 'words': {
      const read = readAnswer(vocabulary, space, { text });
      return read.ok ? read.value : undefined;
    }
  }
}

/** NOTE: choices are forgiven case and a full stop, as when they were played. */
function checked(vocabulary: Vocabulary, space: ActionSpace, value: Json | undefined): Move | undefined {
  const words = space.kind === 'choice' && typeof value === 'string';
  const read = words
    ? readAnswer(vocabulary, space, { text: `<answer>${value}</answer>` })
    : check(vocabulary, space, value);
  return read.ok ? read.value : undefined;
}

/** NOTE: models think in tags and put fences around JSON however they are asked. */
function parsed(text: string): Json | undefined {
  const end = text.toLowerCase().lastIndexOf('</think>');
  const rest = text.slice(end < 0 ? 0 : end + '</think>'.length).trim();
  const fenced = /^```(?:json)?\s([\s\S]*)```$/i.exec(rest);
  return jsonIn(fenced?.[1] ?? rest);
}

function jsonIn(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function callIn({ id, function: called }: JsonObject, index: number): JsonObject {
  const { name = '', arguments: said = '{}' } = isObject(called) ? called : {};
  const args = typeof said === 'string' ? (jsonIn(said.trim() === '' ? '{}' : said) ?? said) : said;
  return { id: id || `call_${index}`, name, args };
}
