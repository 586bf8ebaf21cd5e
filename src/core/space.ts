import type { z } from 'zod';
import { isJson, isObject, type Json, type JsonObject, preview } from './json.js';
import { plausibleArgs } from './plausible.js';
import { bad, good, type Read } from './read.js';
import type { Rng } from './rng.js';

export { excerpt } from './json.js';

/** What a seat plays: an option's id, a text, a list of tool calls, or the object of a form. */
export type Move = Json;

/** A function call as models make them. A wrong name or argument is still a move: its result is the error. */
export type ToolCall = { readonly id: string; readonly name: string; readonly args: Json };

/** Ids are stable words ("vote player_3"), never positions in a list. */
export type Option = { readonly id: string; readonly label: string };

export type ChoiceSpace = { readonly kind: 'choice'; readonly options: readonly Option[] };
export type TextSpace = { readonly kind: 'text'; readonly maxChars: number; readonly purpose: string };
/** `described`: tools that only the episode knows, told from outside; all others stand in the spec under their names. */
export type ToolsSpace = {
  readonly kind: 'tools';
  readonly tools: readonly string[];
  readonly described?: { readonly [tool: string]: DescribedTool };
};
export type FormSpace = { readonly kind: 'form'; readonly form: string; readonly limits?: Json };

/** A tool as whoever runs it describes it. Arguments are checked where it runs. */
export type DescribedTool = {
  readonly description: string;
  /** JSON Schema of the arguments, an object. */
  readonly parameters: JsonObject;
};

/** What a seat may do now. Plain JSON: schemas of tools and forms stand in the spec under their names. */
export type ActionSpace = ChoiceSpace | TextSpace | ToolsSpace | FormSpace;

export interface Tool {
  readonly description: string;
  /** Schema of the arguments, each described. */
  readonly args: z.ZodType;
  /** Plausible arguments for random play. */
  sample(rng: Rng): JsonObject;
}

export interface Form {
  readonly description: string;
  readonly schema: z.ZodType;
  /** What the schema cannot say: limits of this very turn. Gives the reason of refusal, or null. */
  refuse?(value: Json, limits: Json | undefined): string | null;
  sample(rng: Rng, limits: Json | undefined): Json;
}

/** The part of a spec that spaces refer to. */
export interface Vocabulary {
  readonly forms?: { readonly [name: string]: Form };
  readonly tools?: { readonly [name: string]: Tool };
}

/** Options whose label is their id. */
export function choice(ids: readonly string[]): ChoiceSpace {
  return { kind: 'choice', options: ids.map((id) => ({ id, label: id })) };
}

/** Whether a move belongs to a space. Gives the move, or an `illegal` failure that says what would be right. */
export function check(vocabulary: Vocabulary, space: ActionSpace, move: Json | undefined): Read<Move> {
  switch (space.kind) {
    case 'choice':
      return checkChoice(space, move);
    case 'text':
      return checkText(space, move);
    case 'tools':
      return checkCalls(move);
    case 'form':
      return checkForm(vocabulary, space, move);
  }
}

/** A random move of a space: uniform over options, and plausible elsewhere. Always passes `check`. */
export function sample(vocabulary: Vocabulary, space: ActionSpace, rng: Rng): Move {
  switch (space.kind) {
    case 'choice':
      return rng.pick(space.options).id;
    case 'text':
      return sampleText(space, rng);
    case 'tools':
      return [sampleCall(vocabulary, space, rng)];
    case 'form':
      return formOf(vocabulary, space.form).sample(rng, space.limits);
  }
}

/** What is played for a seat that gave no usable answer: silence, no tool call, else a random legal move. */
export function substitute(vocabulary: Vocabulary, space: ActionSpace, rng: Rng): Move {
  if (space.kind === 'text') return '';
  if (space.kind === 'tools') return [];
  return sample(vocabulary, space, rng);
}

/**
 * The arguments of a tool call, read by the tool's schema. The reason of a failure teaches: it names the tools there
 * are, or the argument, what it got and what it takes.
 */
export function readCall(vocabulary: Vocabulary, space: ToolsSpace, call: ToolCall): Read<JsonObject> {
  const isOffered = space.tools.includes(call.name);
  if (isOffered && describedIn(space, call.name) !== undefined) {
    if (isObject(call.args)) return good(call.args);
    return bad('illegal', `${call.name}: an object of arguments is wanted (got ${preview(call.args)})`);
  }
  const tool = isOffered ? vocabulary.tools?.[call.name] : undefined;
  if (tool === undefined) {
    return bad('illegal', `there is no tool "${call.name}" here; the tools are: ${space.tools.join(', ')}`);
  }
  const parsed = tool.args.safeParse(call.args);
  if (parsed.success) return good(parsed.data as JsonObject);
  return bad('illegal', `${call.name}: ${issuesOf(parsed.error, call.args)}`);
}

/** The description of a tool that only the episode knows. */
export function describedIn({ described }: ToolsSpace, name: string): DescribedTool | undefined {
  return described !== undefined && Object.hasOwn(described, name) ? described[name] : undefined;
}

/** The complaints of a schema in one line: where, what was wrong and what it got. */
export function issuesOf(error: z.ZodError, input: unknown): string {
  return error.issues
    .map((issue) => {
      const at = issue.path.join('.');
      const got = valueAt(input, issue.path);
      const seen = got === undefined ? '' : ` (got ${preview(got)})`;
      return `${at === '' ? '' : `${at}: `}${issue.message}${seen}`;
    })
    .join('; ');
}

function checkChoice(space: ChoiceSpace, move: Json | undefined): Read<Move> {
  if (typeof move === 'string') {
    for (const option of space.options) if (option.id === move) return { ok: true, value: move };
  }
  const ids = space.options.map((option) => option.id);
  return bad('illegal', `${preview(move)} is not offered; choose one of: ${ids.join(', ')}`);
}

function checkText(space: TextSpace, move: Json | undefined): Read<Move> {
  if (typeof move !== 'string') return bad('illegal', 'a text is wanted');
  if (move.length > space.maxChars) {
    return bad('illegal', `the text has ${move.length} characters; at most ${space.maxChars} are allowed`);
  }
  if (!isWellFormed(move)) return bad('illegal', 'the text holds half a character (a lone surrogate)');
  const tag = TAGS.exec(move)?.[0];
  if (tag !== undefined) return bad('illegal', `the text holds ${tag}, a tag of answers; leave such tags out`);
  return good(move);
}

/** NOTE: a text is read out of these tags and put before other seats, so it may not hold them itself. */
const TAGS = /<\/?(?:answer|think)>/i;

/** Whether a text holds no lone surrogates, which do not survive UTF-8. */
function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}

function checkCalls(move: Json | undefined): Read<Move> {
  if (!Array.isArray(move)) return bad('illegal', 'a list of tool calls { id, name, args } is wanted');
  for (const call of move as readonly Json[]) {
    const well = isObject(call) && typeof call.id === 'string' && typeof call.name === 'string' && 'args' in call;
    if (!well) return bad('illegal', `${preview(call)} is not a tool call { id, name, args }`);
    if (!isJson(call)) return bad('illegal', `the call of ${call.name} is no plain JSON, or is nested too deep`);
  }
  return good(move as Move);
}

function checkForm(vocabulary: Vocabulary, space: FormSpace, move: Json | undefined): Read<Move> {
  const form = formOf(vocabulary, space.form);
  if (!isJson(move)) return bad('illegal', `${space.form}: this is no plain JSON, or is nested too deep`);
  const parsed = form.schema.safeParse(move);
  if (!parsed.success) return bad('illegal', `${space.form}: ${issuesOf(parsed.error, move)}`);
  const refused = form.refuse?.(parsed.data as Json, space.limits) ?? null;
  return refused === null ? good(parsed.data as Json) : bad('illegal', `${space.form}: ${refused}`);
}

function formOf(vocabulary: Vocabulary, name: string): Form {
  const form = vocabulary.forms?.[name];
  if (form === undefined) throw new Error(`the spec declares no form "${name}"`);
  return form;
}

/** NOTE: random speech is short and names seats now and then, so that rules which look for names are exercised. */
const WORDS = ['I', 'think', 'maybe', 'not', 'sure', 'player_0', 'player_1', 'player_2', 'trust', 'me', 'hello', 'why'];

function sampleText(space: TextSpace, rng: Rng): string {
  const count = rng.below(8);
  const words = Array.from({ length: count }, () => rng.pick(WORDS));
  return words.join(' ').slice(0, space.maxChars);
}

function sampleCall(vocabulary: Vocabulary, space: ToolsSpace, rng: Rng): ToolCall {
  const name = rng.pick(space.tools);
  const described = describedIn(space, name);
  const id = `call_${rng.below(1_000_000)}`;
  if (described !== undefined) return { id, name, args: plausibleArgs(described.parameters, rng) };
  const tool = vocabulary.tools?.[name];
  if (tool === undefined) throw new Error(`the spec declares no tool "${name}"`);
  return { id, name, args: tool.sample(rng) };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
