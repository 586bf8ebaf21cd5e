import { readAnswer } from '../../../src/core/answers.js';
import { schemaOf } from '../../../src/core/config.js';
import { messageOf } from '../../../src/core/errors.js';
import { excerpt, isObject, type Json, type JsonObject } from '../../../src/core/json.js';
import { describedTools } from '../../../src/core/offered.js';
import { bad, good, type Read } from '../../../src/core/read.js';
import {
  type ActionSpace,
  type ChoiceSpace,
  check,
  type FormSpace,
  type Move,
  type Vocabulary,
} from '../../../src/core/space.js';
import type { ModelReply } from '../../../src/llm/model.js';
import type { AnswerForm, Taken } from '../question.js';
import { readToolCalls, writeToolCalls } from './tools.js';
import { words } from './words.js';

/**
 * Answers in what providers call structured output: a choice is one JSON object whose `answer` is enumerated, a form is
 * the object itself, tools are tool calls. A thought that is asked for is a field before the answer, so it can never be
 * taken for it. Speech is plain text, which every model can do.
 */
export const native: AnswerForm = {
  words(vocabulary, space, think) {
    const tell = TELL[space.kind];
    return tell === undefined ? words.words(vocabulary, space, think) : tell(vocabulary, space as never, think);
  },
  request(vocabulary, space, think) {
    if (space.kind === 'tools') {
      return { tools: describedTools(vocabulary, space), toolChoice: think === undefined ? 'required' : 'auto' };
    }
    if (space.kind === 'text') return {};
    return { schema: { name: 'answer', schema: envelope(answerSchema(vocabulary, space), space, think) } };
  },
  read(vocabulary, space, reply, think) {
    if (space.kind === 'text') return words.read(vocabulary, space, reply, think);
    if (space.kind === 'tools') return readToolCalls(vocabulary, space, reply);
    return readObject(vocabulary, space, reply, think);
  },
  write(vocabulary, space, move) {
    if (space.kind === 'tools') return writeToolCalls(move);
    if (space.kind === 'text') return words.write(vocabulary, space, move);
    return { role: 'assistant', content: JSON.stringify(space.kind === 'choice' ? { answer: move } : move) };
  },
};

type Tell<S extends ActionSpace> = (vocabulary: Vocabulary, space: S, think: string | undefined) => string;

const TELL: { readonly [kind: string]: Tell<never> | undefined } = {
  choice: ((_, space, think) => {
    const lines = space.options.map(({ id, label }) => (id === label ? `- ${id}` : `- ${id}: ${label}`));
    return `Choose exactly one of these:\n${lines.join('\n')}\n${asJson('the words of your choice', think)}`;
  }) as Tell<ChoiceSpace>,
  form: ((vocabulary, { form, limits }, think) => {
    const about = vocabulary.forms?.[form]?.description ?? form;
    const now = limits === undefined ? '' : `\nLimits now: ${JSON.stringify(limits)}`;
    if (think !== undefined) return `${about}${now}\n${asJson('that object', think)}`;
    return `Answer with one JSON object and nothing else: ${about}${now}`;
  }) as Tell<FormSpace>,
  tools: ((_, __, think) => `${think === undefined ? '' : `${think} `}Call one or more of your tools.`) as Tell<never>,
};

function asJson(answer: string, think: string | undefined): string {
  if (think === undefined) return `Answer with one JSON object and nothing else: {"answer": ${answer}}.`;
  return `${think} Answer with one JSON object and nothing else: {"thought": your thoughts, "answer": ${answer}}.`;
}

function answerSchema(vocabulary: Vocabulary, space: ChoiceSpace | FormSpace): JsonObject {
  if (space.kind === 'choice') return { type: 'string', enum: space.options.map(({ id }) => id) };
  const form = vocabulary.forms?.[space.form];
  if (form === undefined) throw new Error(`the spec declares no form "${space.form}"`);
  const { $schema: _, ...schema } = schemaOf(form.schema);
  return schema;
}

/** A form that needs no thought is sent as it is; everything else stands in an object, thought first. */
function envelope(answer: JsonObject, space: ActionSpace, think: string | undefined): JsonObject {
  if (space.kind === 'form' && think === undefined) return answer;
  const thought = think === undefined ? {} : { thought: { type: 'string' } };
  const properties = { ...thought, answer };
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function readObject(
  vocabulary: Vocabulary,
  space: ChoiceSpace | FormSpace,
  reply: ModelReply,
  think: string | undefined,
): Read<Taken> {
  const parsed = readJson(reply);
  if (!parsed.ok) return parsed;
  const whole = space.kind === 'form' && think === undefined;
  if (!whole && (!isObject(parsed.value) || parsed.value.answer === undefined)) {
    return bad('unparsable', 'the JSON object has no "answer"');
  }
  const held = whole ? {} : (parsed.value as JsonObject);
  const move = checked(vocabulary, space, whole ? parsed.value : (held.answer as Json));
  if (!move.ok) return move;
  const thought = [reply.reasoning, held.thought].filter((part) => typeof part === 'string' && part !== '');
  return good({ move: move.value, thought: thought.join('\n\n'), reply: null });
}

/** NOTE: a choice in a string is forgiven what it is forgiven in words, and nothing more. */
function checked(vocabulary: Vocabulary, space: ChoiceSpace | FormSpace, answer: Json): Read<Move> {
  if (space.kind === 'form' || typeof answer !== 'string') return check(vocabulary, space, answer);
  return readAnswer(vocabulary, space, { text: `<answer>${answer}</answer>` });
}

function readJson({ text, finish }: ModelReply): Read<Json> {
  try {
    return good(JSON.parse(bareJson(text)) as Json);
  } catch (error) {
    if (finish === 'length') return bad('truncated', 'the reply reached its length limit before its JSON was complete');
    return bad('unparsable', `the reply is not one JSON object (${excerpt(messageOf(error), 200)})`);
  }
}

/** NOTE: models think in tags and put fences around JSON however they are asked; both are set aside as in words. */
function bareJson(text: string): string {
  const end = text.toLowerCase().lastIndexOf('</think>');
  const rest = text.slice(end < 0 ? 0 : end + '</think>'.length).trim();
  const fenced = /^```(?:json)?\s([\s\S]*)```$/i.exec(rest);
  return fenced?.[1] ?? rest;
}
