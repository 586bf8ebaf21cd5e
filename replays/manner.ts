import type { Message, ModelCall } from '../src/core/agent.js';
import { print } from '../src/core/answers.js';
import { schemaOf } from '../src/core/config.js';
import { isObject, type Json, type JsonObject } from '../src/core/json.js';
import type { ActionSpace, Move, ToolCall, Vocabulary } from '../src/core/space.js';

/**
 * In what form a call wanted its answer, by what the call itself asked of the provider: tool calls, a JSON object that is
 * the move, one that holds it as `answer` (with a `thought` before it or not), or words.
 */
export type Manner = 'tools' | 'object' | 'answer' | 'thought' | 'words';

/** The manner of a call; null where it asked for something else than a move of this space. */
export function mannerOf(vocabulary: Vocabulary, space: ActionSpace, call: ModelCall): Manner | null {
  if (toolCallsIn(call.reply).length > 0) return space.kind === 'tools' ? 'tools' : null;
  const schema = schemaIn(call);
  if (schema === null) return 'words';
  if (space.kind === 'form' && sameJson(schema, formSchema(vocabulary, space.form))) return 'object';
  const { answer, thought } = isObject(schema.properties) ? schema.properties : {};
  if (answer === undefined) return null;
  return thought === undefined ? 'answer' : 'thought';
}

/** The manner in which a seat without a model answers. */
export function mannerUnasked({ kind }: ActionSpace): Manner {
  return kind === 'tools' ? 'tools' : 'words';
}

/** A move as the message of a model that answers in this manner. NOTE: without thoughts, which a move alone has none of. */
export function written(manner: Manner, space: ActionSpace, move: Move): Message {
  const say = (content: string): Message => ({ role: 'assistant', content });
  switch (manner) {
    case 'tools':
      return { ...say(''), tool_calls: (move as unknown as readonly ToolCall[]).map(toolCallOf) };
    case 'object':
      return say(JSON.stringify(move));
    case 'answer':
      return say(JSON.stringify({ answer: move }));
    case 'thought':
      return say(JSON.stringify({ thought: '', answer: move }));
    case 'words':
      return say(print(space, move));
  }
}

/** The options that a call offered, where it enumerated them; null where it did not. */
export function offeredBy(call: ModelCall): readonly Json[] | null {
  const { answer } = (schemaIn(call)?.properties ?? {}) as JsonObject;
  return isObject(answer) && Array.isArray(answer.enum) ? answer.enum : null;
}

/** The tool calls that a reply makes, none where it makes none. */
export function toolCallsIn(reply: Json): readonly JsonObject[] {
  const calls = isObject(reply) ? reply.tool_calls : undefined;
  return Array.isArray(calls) ? calls.filter(isObject) : [];
}

/** Whether two values are the same JSON, keys in the same order. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function schemaIn({ parameters }: ModelCall): JsonObject | null {
  const asked = parameters.schema;
  return isObject(asked) && isObject(asked.schema) ? asked.schema : null;
}

const formSchemas = new WeakMap<object, JsonObject>();

function formSchema(vocabulary: Vocabulary, name: string): JsonObject | null {
  const form = vocabulary.forms?.[name];
  if (form === undefined) return null;
  let known = formSchemas.get(form);
  if (known === undefined) {
    const { $schema: _, ...schema } = schemaOf(form.schema);
    known = schema;
    formSchemas.set(form, known);
  }
  return known;
}

function toolCallOf({ id, name, args }: ToolCall, index: number): JsonObject {
  const text = typeof args === 'string' ? args : JSON.stringify(args);
  return { id: callId(id, index), type: 'function', function: { name, arguments: text } };
}

/** The id of a call of a move as messages have it: its own, else one by its place. */
export function callId(id: string, index: number): string {
  return id || `call_${index}`;
}
