import { isObject, type Json } from './json.js';
import { bad, type Failure, good, type Read } from './read.js';
import {
  type ActionSpace,
  type ChoiceSpace,
  check,
  excerpt,
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
      return readCalls(space, answer.value);
    case 'form': {
      const parsed = readJson(answer.value);
      return parsed.ok ? check(vocabulary, space, parsed.value) : parsed;
    }
  }
}

/** A move as an answer that `readAnswer` reads back. */
export function print(space: ActionSpace, move: Move): string {
  const text = space.kind === 'choice' || space.kind === 'text' ? String(move) : JSON.stringify(move);
  return `<answer>${text}</answer>`;
}

/** How to answer in this space, for people and models. */
export function howToAnswer(vocabulary: Vocabulary, space: ActionSpace): string {
  switch (space.kind) {
    case 'choice':
      return `Choose exactly one of these and answer with its words inside <answer></answer>:\n${optionLines(space)}`;
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

const REFUSALS: { readonly [failure in Failure]: string } = {
  unparsable: 'No answer could be read from your reply:',
  ambiguous: 'Your reply holds more than one answer:',
  illegal: 'Your answer is not allowed here:',
  truncated: 'Your reply was cut off before its answer was complete:',
  late: 'Your answer came too late:',
  crashed: 'Your last attempt failed:',
};

const OPEN = /<answer>/gi;
const WHOLE = /<answer>([\s\S]*?)<\/answer>/gi;

function finalAnswer(reply: Reply): Read<string> {
  const thoughtful = reply.text.replace(/<think>[\s\S]*?<\/think>/gi, '');
  if (/<think>/i.test(thoughtful)) return bad('truncated', 'a <think> is not closed');
  const whole = [...thoughtful.matchAll(WHOLE)];
  const opened = thoughtful.match(OPEN)?.length ?? 0;
  if (opened > whole.length) {
    return opened > 1
      ? bad('ambiguous', `${opened} <answer> tags, exactly one is wanted`)
      : bad('truncated', 'an <answer> is not closed');
  }
  if (whole.length > 1) return bad('ambiguous', `${whole.length} answers, exactly one is wanted`);
  const tagged = whole[0]?.[1];
  if (tagged !== undefined) return good(tagged);
  if (reply.truncated === true) return bad('truncated', 'the reply ended at its length limit without an <answer>');
  const bare = thoughtful.trim();
  return bare === '' ? bad('unparsable', 'the reply is empty') : good(bare);
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
  const named = space.options.filter((option) => mentions(said, plain(option.id)));
  if (named.length > 1) return bad('ambiguous', `"${excerpt(answer.trim())}" names ${named.length} options`);
  const ids = space.options.map((option) => option.id).join(', ');
  const text = `"${excerpt(answer.trim())}" is none of: ${ids}`;
  return bad(named.length === 1 || said.length > 200 ? 'unparsable' : 'illegal', text);
}

function mentions(said: string, id: string): boolean {
  return ` ${said.replace(/[^\p{L}\p{N}_]+/gu, ' ')} `.includes(` ${id.replace(/[^\p{L}\p{N}_]+/gu, ' ').trim()} `);
}

function readJson(answer: string): Read<Json> {
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(answer);
  try {
    return good(JSON.parse(fenced?.[1] ?? answer) as Json);
  } catch (error) {
    return bad('unparsable', `not JSON (${error instanceof Error ? error.message : 'unreadable'})`);
  }
}

function readCalls(space: ToolsSpace, answer: string): Read<Move> {
  const parsed = readJson(answer);
  if (!parsed.ok) return parsed;
  const list = Array.isArray(parsed.value) ? (parsed.value as readonly Json[]) : [parsed.value];
  const calls: ToolCall[] = [];
  for (const [index, item] of list.entries()) {
    if (!isObject(item) || typeof item.name !== 'string') {
      return bad(
        'unparsable',
        `${excerpt(JSON.stringify(item))} is not a call {"name", "args"} of ${space.tools.join(', ')}`,
      );
    }
    const id = typeof item.id === 'string' ? item.id : `call_${index}`;
    calls.push({ id, name: item.name, args: item.args ?? item.arguments ?? {} });
  }
  return good(calls);
}

function optionLines(space: ChoiceSpace): string {
  return space.options.map(({ id, label }) => (id === label ? `- ${id}` : `- ${id}: ${label}`)).join('\n');
}

function toolLines(vocabulary: Vocabulary, space: ToolsSpace): string {
  return space.tools.map((name) => `- ${name}: ${vocabulary.tools?.[name]?.description ?? ''}`).join('\n');
}
