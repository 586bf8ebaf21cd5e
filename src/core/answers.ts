import { messageOf } from './errors.js';
import { excerpt, isObject, type Json, type JsonObject, preview } from './json.js';
import { bad, type Failure, good, type Read } from './read.js';
import {
  type ActionSpace,
  type ChoiceSpace,
  check,
  describedIn,
  type Move,
  type ToolCall,
  type ToolsSpace,
  type Vocabulary,
} from './space.js';

/** A reply in words, and whether its writer was cut off (a length limit, a closed connection). */
export type Reply = { readonly text: string; readonly truncated?: boolean };

/**
 * The one strict contract of answers in words: a reply holds exactly one final answer. Thoughts in `<think>` tags are
 * set aside. If the rest has an `<answer>` tag, there must be exactly one and its content is the answer; with no tag
 * the whole rest is. Prose is never searched for moves. Inverse of `print`. Never throws.
 */
export function readAnswer(vocabulary: Vocabulary, space: ActionSpace, reply: Reply): Read<Move> {
  const answer = finalAnswer(reply);
  if (!answer.ok) return answer;
  switch (space.kind) {
    case 'choice':
      return readChoice(space, answer.value);
    case 'text':
      return check(vocabulary, space, answer.value);
    case 'tools':
      return readCalls(vocabulary, space, answer.value);
    case 'form': {
      const parsed = readJson(answer.value);
      return parsed.ok ? check(vocabulary, space, parsed.value) : parsed;
    }
  }
}

/** A move as an answer that `readAnswer` reads back. */
export function print(space: ActionSpace, move: Move): string {
  if (space.kind === 'choice' || space.kind === 'text') return `<answer>${String(move)}</answer>`;
  // NOTE: written this way a string inside the JSON may hold any tag.
  return `<answer>${JSON.stringify(move).replaceAll('<', '\\u003c')}</answer>`;
}

/** How to answer in this space, for people and models. */
export function howToAnswer(vocabulary: Vocabulary, space: ActionSpace): string {
  switch (space.kind) {
    case 'choice':
      return howToChoose(space);
    case 'text':
      return `${space.purpose} At most ${space.maxChars} characters. Put exactly what you say inside <answer></answer>.`;
    case 'tools':
      return `Call one or more tools by a JSON list inside <answer></answer>, each {"name": ..., "args": {...}}:\n${toolLines(vocabulary, space)}`;
    case 'form':
      return `Answer with one JSON object inside <answer></answer>: ${vocabulary.forms?.[space.form]?.description ?? space.form}${space.limits === undefined ? '' : `\nLimits now: ${JSON.stringify(space.limits)}`}`;
  }
}

/** What a seat is told after a failed answer, by kind; only that seat. */
export function refusal(failure: Failure, reason: string, triesLeft: number): string {
  const again = triesLeft === 1 ? 'One try is left.' : `${triesLeft} tries are left.`;
  return `${REFUSALS[failure]} ${reason}. ${again}`;
}

/** Whether a text begins as what a seat is told after a failed answer. */
export function isRefusal(text: string): boolean {
  return Object.values(REFUSALS).some((words) => text.startsWith(words));
}

const REFUSALS: { readonly [failure in Failure]: string } = {
  unparsable: 'No answer could be read from your reply:',
  ambiguous: 'Your reply holds more than one answer:',
  illegal: 'Your answer is not allowed here:',
  truncated: 'Your reply was cut off before its answer was complete:',
  late: 'Your answer came too late:',
  crashed: 'Your last attempt failed:',
};

function finalAnswer(reply: Reply): Read<string> {
  const said = withoutThoughts(reply.text);
  if (said === null) return bad('truncated', 'a <think> is not closed');
  const tags = [...said.matchAll(/<(\/?)answer>/gi)];
  const opened = tags.filter((tag) => tag[1] === '');
  const [first] = opened;
  if (opened.length > 1) return bad('ambiguous', `${opened.length} <answer> tags, exactly one is wanted`);
  if (first !== undefined) return contentOf(said, first.index, tags);
  if (reply.truncated === true) return bad('truncated', 'the reply ended at its length limit without an <answer>');
  const bare = said.trim();
  return bare === '' ? bad('unparsable', 'the reply is empty') : good(bare);
}

function contentOf(said: string, opening: number, tags: readonly RegExpExecArray[]): Read<string> {
  const closing = tags.find((tag) => tag.index > opening);
  if (closing === undefined) return bad('truncated', 'an <answer> is not closed');
  return good(said.slice(opening + '<answer>'.length, closing.index));
}

/**
 * A reply without its thoughts; null when a thought is not closed.
 * NOTE: tags are walked through once. A pattern for the whole of `<think>...</think>` would look from every opening to
 * the end of the text: hours on a megabyte of openings.
 */
function withoutThoughts(text: string): string | null {
  let kept = '';
  let from = 0;
  let thinking = false;
  for (const tag of text.matchAll(/<(\/?)think>/gi)) {
    const opens = tag[1] === '';
    if (opens && thinking) continue;
    // NOTE: a closing tag alone closes a thought that the prompt itself had opened, as some models' templates do.
    if (!opens && !thinking) kept = '';
    if (opens) kept += text.slice(from, tag.index);
    thinking = opens;
    from = tag.index + tag[0].length;
  }
  return thinking ? null : kept + text.slice(from);
}

/** NOTE: only case, white space around and a closing full stop are forgiven; anything more would be guessing. */
function plain(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replace(/\.$/, '').toLowerCase();
}

function readChoice(space: ChoiceSpace, answer: string): Read<Move> {
  const said = plain(answer);
  if (said === '') return bad('unparsable', 'the answer is empty');
  const exact = space.options.find((option) => option.id === answer.trim());
  if (exact !== undefined) return good(exact.id);
  const fitting = space.options.filter((option) => plain(option.id) === said || plain(option.label) === said);
  const [only, second] = fitting;
  if (second !== undefined) return bad('ambiguous', `"${excerpt(answer.trim())}" fits ${fitting.length} options`);
  if (only !== undefined) return good(only.id);
  const named = mentioned(space, said);
  if (named > 1) return bad('ambiguous', `"${excerpt(answer.trim())}" names ${named} options`);
  const ids = space.options.map((option) => option.id).join(', ');
  const text = `"${excerpt(answer.trim())}" is none of: ${ids}`;
  return bad(named === 1 || said.length > 200 ? 'unparsable' : 'illegal', text);
}

/** How many options a text names somewhere. Only decides how a failure is called, so the start of a long text will do. */
function mentioned(space: ChoiceSpace, said: string): number {
  const text = ` ${wordsOf(said.slice(0, 10_000))} `;
  const ids = space.options.map((option) => wordsOf(plain(option.id)));
  return ids.filter((id) => id !== '' && text.includes(` ${id} `)).length;
}

function wordsOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}_]+/gu, ' ').trim();
}

function readJson(answer: string): Read<Json> {
  try {
    return good(JSON.parse(unfenced(answer.trim())) as Json);
  } catch (error) {
    return bad('unparsable', `not JSON (${excerpt(messageOf(error), 200)})`);
  }
}

/** What stands inside a code fence, if a fence is all there is. */
function unfenced(text: string): string {
  const fenced = text.length > 6 && text.startsWith('```') && text.endsWith('```');
  return fenced ? text.slice(3, -3).replace(/^json(?=\s)/i, '') : text;
}

function readCalls(vocabulary: Vocabulary, space: ToolsSpace, answer: string): Read<Move> {
  const parsed = readJson(answer);
  if (!parsed.ok) return parsed;
  const list = Array.isArray(parsed.value) ? (parsed.value as readonly Json[]) : [parsed.value];
  const calls: ToolCall[] = [];
  for (const [index, item] of list.entries()) {
    if (!isObject(item) || typeof item.name !== 'string') {
      return bad('unparsable', `${preview(item)} is not a call {"name", "args"} of ${space.tools.join(', ')}`);
    }
    const id = typeof item.id === 'string' ? item.id : `call_${index}`;
    calls.push({ id, name: item.name, args: argumentsOf(item) });
  }
  return check(vocabulary, space, calls);
}

/** Arguments under either of their usual names; `arguments` is how providers send them, often as JSON in a string. */
function argumentsOf(call: JsonObject): Json {
  if (call.args !== undefined) return call.args;
  const given = call.arguments ?? {};
  if (typeof given !== 'string') return given;
  const parsed = readJson(given);
  return parsed.ok ? parsed.value : given;
}

/** NOTE: spaces that rules keep are asked again and again; their words are kept with them. */
const chooseWords = new WeakMap<ChoiceSpace, string>();

function howToChoose(space: ChoiceSpace): string {
  let words = chooseWords.get(space);
  if (words === undefined) {
    const lines = space.options.map(({ id, label }) => (id === label ? `- ${id}` : `- ${id}: ${label}`));
    words = `Choose exactly one of these and answer with its words inside <answer></answer>:\n${lines.join('\n')}`;
    chooseWords.set(space, words);
  }
  return words;
}

function toolLines(vocabulary: Vocabulary, space: ToolsSpace): string {
  return space.tools.map((name) => `- ${name}: ${toolWords(vocabulary, space, name)}`).join('\n');
}

/** NOTE: who describes a tool elsewhere leaves its arguments to the schema; our own descriptions name them. */
function toolWords(vocabulary: Vocabulary, space: ToolsSpace, name: string): string {
  const described = describedIn(space, name);
  if (described === undefined) return vocabulary.tools?.[name]?.description ?? '';
  return `${described.description} Its arguments: ${JSON.stringify(described.parameters.properties ?? {})}`;
}
