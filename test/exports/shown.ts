import type { Message } from '../../src/core/agent.js';
import { isObject, type Json, type JsonObject } from '../../src/core/json.js';
import { renderedSent, type Sent, sentOf, wordsOf } from './counting.js';

/**
 * How a shape of rows shows prompts, and what it keeps of what was sent. Shapes are told by their fields, so that a new
 * format of a known shape is tested as it is, and one of a new shape is not passed over.
 */
export interface Shape {
  readonly shape: string;
  /** Whether a row is of one turn, and its prompt that of the call that gave the answer. */
  readonly ofOneTurn?: true;
  fits(row: JsonObject): boolean;
  /** Every prompt that a row shows of an answer, in order. */
  prompts(row: JsonObject): Json[];
  /** What of a request the shape keeps: the whole loss, in one function. */
  keeps(sent: Sent): Json;
  /** The tools a row names; absent where the shape has no room for them. */
  tools?(row: JsonObject): readonly Json[];
}

/** A message as it was sent, without the fields that this shape has no room for. */
type Kept = (message: Message) => Json;

const whole: Kept = (message) => message;
const inOrder = ({ messages }: Sent, kept: Kept = whole): Json => messages.map(kept);

/** What stands before each message that is picked. */
function before(messages: readonly Message[], picked: (message: Message) => boolean, kept: Kept = whole): Json[] {
  return messages.flatMap((message, at) => (picked(message) ? [messages.slice(0, at).map(kept)] : []));
}

function fieldOf<T>(row: JsonObject, field: string): T {
  return row[field] as T;
}

const isAnswer = ({ role }: Message): boolean => role === 'assistant';
const listed = (row: JsonObject): readonly Json[] => fieldOf<readonly Json[] | undefined>(row, 'tools') ?? [];
const messagesIn = (row: JsonObject): readonly Message[] => fieldOf(row, 'messages');

/** One message without some fields. */
function without(...fields: readonly string[]): Kept {
  return (message) => Object.fromEntries(Object.entries(message).filter(([name]) => !fields.includes(name)));
}

/** A prompt as messages, beside the tools. */
const chat: Shape = {
  shape: 'prompt',
  ofOneTurn: true,
  fits: ({ prompt, data_source: source }) => Array.isArray(prompt) && source === undefined,
  prompts: ({ prompt }) => [prompt as Json],
  keeps: inOrder,
  tools: listed,
};

/** verl's prompts. Lost: the tools, which verl reads from its own configuration. */
const verl: Shape = {
  shape: 'prompt with data_source',
  ofOneTurn: true,
  fits: ({ data_source: source }) => source !== undefined,
  prompts: ({ prompt }) => [prompt as Json],
  keeps: inOrder,
};

/** A prompt in one text. Lost: the tools, ids of calls, and where one message ends for certain. */
const plain: Shape = {
  shape: 'prompt in plain text',
  ofOneTurn: true,
  fits: ({ prompt }) => typeof prompt === 'string',
  prompts: ({ prompt }) => [prompt as string],
  keeps: ({ messages }) => messages.map((message) => `${inWords(message).role}: ${inWords(message).text}`).join('\n\n'),
};

/** Calls and results as plain words. */
function inWords({ role, content, tool_calls: calls }: Message): { readonly role: string; readonly text: string } {
  const text = content as string;
  if (role === 'tool') return { role: 'user', text: `<tool_response>\n${text}\n</tool_response>` };
  const lines = ((calls ?? []) as { function: { name: string; arguments: Json } }[]).map(({ function: called }) => {
    const said = { name: called.name, arguments: argumentsIn(called.arguments) };
    return `<tool_call>\n${JSON.stringify(said)}\n</tool_call>`;
  });
  return { role, text: [text, ...lines].filter((line) => line !== '').join('\n') };
}

/** Ids. Nothing is lost: what the server read is written out of them. */
const ids: Shape = {
  shape: 'prompt_ids',
  fits: ({ prompt_ids: found }) => Array.isArray(found),
  prompts: (row) => [wordsOf(fieldOf(row, 'prompt_ids'))],
  keeps: renderedSent,
};

const preference: Shape = {
  shape: 'input, preferred_output',
  ofOneTurn: true,
  fits: ({ input }) => isObject(input),
  prompts: ({ input }) => [(input as JsonObject).messages as Json],
  keeps: inOrder,
  tools: ({ input }) => listed(input as JsonObject),
};

/** Messages, the last of which has the weight 1. */
const weighted: Shape = {
  shape: 'messages with weight',
  ofOneTurn: true,
  fits: (row) => Array.isArray(row.messages) && messagesIn(row).some((message) => 'weight' in message),
  prompts: (row) => before(messagesIn(row), ({ weight }) => weight === 1, without('weight')),
  keeps: inOrder,
  tools: listed,
};

/** Messages, each of which says whether it is trained. */
const flagged: Shape = {
  shape: 'messages with train',
  fits: (row) => Array.isArray(row.messages) && messagesIn(row).every((message) => 'train' in message),
  prompts: (row) => before(messagesIn(row), ({ train }) => train === true, without('train')),
  keeps: inOrder,
  tools: listed,
};

/** Messages, of which each answer is trained. Columns of Parquet have one order, and are null where there is nothing. */
const columns: Shape = {
  shape: 'messages',
  fits: (row) => Array.isArray(row.messages) && !flagged.fits(row) && !weighted.fits(row),
  prompts: (row) => before(messagesIn(row), isAnswer, filled),
  keeps: (sent) => inOrder(sent, filled),
  tools: ({ tools = '[]' }) => JSON.parse(tools as string) as Json[],
};

function filled(message: Message): Json {
  const fields = Object.entries(message).filter(([, value]) => value !== null);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Part = { readonly from: string; readonly value: string };
const ROLES: { readonly [role: string]: string } = { user: 'human', tool: 'observation', assistant: 'gpt' };

/** LLaMA-Factory's. Lost: ids of calls, what stands around a tool's function, and the text beside a call, which is empty. */
const conversation: Shape = {
  shape: 'conversations',
  fits: ({ conversations }) => Array.isArray(conversations),
  prompts: ({ system, conversations }) => {
    const parts = conversations as unknown as readonly Part[];
    const answers = parts.flatMap(({ from }, at) => (from === 'gpt' || from === 'function_call' ? [at] : []));
    return answers.map((at) => ({ system: system as Json, parts: parts.slice(0, at) as unknown as Json }));
  },
  keeps: ({ messages }) => {
    const [first, ...rest] = messages;
    return { system: first?.content as Json, parts: rest.map(partOf) };
  },
  tools: ({ tools }) =>
    tools === '' ? [] : (JSON.parse(tools as string) as Json[]).map((tool) => ({ type: 'function', function: tool })),
};

function partOf({ role, content, tool_calls: calls }: Message): Json {
  const [call] = (calls ?? []) as { function: { name: string; arguments: Json } }[];
  if (call === undefined) return { from: ROLES[role] as string, value: content as string };
  const { name, arguments: said } = call.function;
  return { from: 'function_call', value: JSON.stringify({ name, arguments: argumentsIn(said) }) };
}

type Node = { readonly parent: number | null; readonly message: Message; readonly token_ids: readonly number[] };
type Trace = {
  readonly nodes: readonly Node[];
  readonly calls: readonly { readonly node: number | null }[];
} & JsonObject;
const tracesIn = ({ traces }: JsonObject) => traces as unknown as readonly Trace[];

/** verifiers' graphs: the way from the first message to an answer. Lost: nothing but how calls are nested. */
const graph: Shape = {
  shape: 'traces',
  fits: ({ traces }) => Array.isArray(traces),
  prompts: (row) =>
    tracesIn(row).flatMap(({ nodes, calls }) =>
      calls.flatMap(({ node }) => (node === null ? [] : [pathTo(nodes, node)])),
    ),
  keeps: (sent) => ({ messages: inOrder(sent, flat), ids: renderedSent(sent) }),
  tools: (row) =>
    tracesIn(row).flatMap(({ tools }) => (tools as Json[]).map((tool) => ({ type: 'function', function: tool }))),
};

function pathTo(nodes: readonly Node[], answer: number): Json {
  const path: Node[] = [];
  for (let at: number | null = answer; at !== null; at = (nodes[at] as Node).parent) path.unshift(nodes[at] as Node);
  const prompt = path.slice(0, -1).map(({ message }) => message);
  const { logprobs } = path.at(-1) as Node & { readonly logprobs: readonly number[] };
  const all = path.flatMap(({ token_ids: added }) => added);
  return { messages: prompt, ids: wordsOf(all.slice(0, all.length - logprobs.length)) };
}

/** A call as verifiers nests it. */
function flat({ tool_calls: calls, ...message }: Message): Json {
  if (!Array.isArray(calls)) return message;
  const made = (calls as { id: string; function: JsonObject }[]).map(({ id, function: called }) => ({ id, ...called }));
  return { ...message, tool_calls: made };
}

type Step = {
  readonly source: string;
  readonly message: string;
  readonly metrics?: { prompt_token_ids?: number[] };
} & JsonObject;

/**
 * ATIF's steps. Lost: which past an answer was given to, where it was not all that came before; the ids beside an answer
 * say it. Results of tools stand under the call they answer.
 */
const steps: Shape = {
  shape: 'steps',
  fits: ({ steps: found }) => Array.isArray(found),
  prompts: ({ steps: list }) => {
    const all = list as unknown as readonly Step[];
    const shown = new Set(all.flatMap(saidIn));
    return all.flatMap(({ metrics }) => {
      if (metrics?.prompt_token_ids === undefined) return [];
      const sent = sentOf(metrics.prompt_token_ids);
      const missing = sent.messages.flatMap(piecesOf).filter((piece) => !shown.has(piece));
      return [{ ids: wordsOf(metrics.prompt_token_ids), missing }];
    });
  },
  keeps: (sent) => ({ ids: renderedSent(sent), missing: [] }),
  tools: ({ agent }) => ((agent as JsonObject).tool_definitions ?? []) as Json[],
};

function saidIn({ source, message, tool_calls: calls, observation }: Step): string[] {
  const made = ((calls ?? []) as JsonObject[]).map(({ function_name: name, arguments: args }) => call(name, args));
  const results = isObject(observation) ? (observation.results as JsonObject[]) : [];
  return [`${source} ${message}`, ...made, ...results.map(({ content }) => `tool ${content as string}`)];
}

const SOURCES: { readonly [role: string]: string } = {
  system: 'system',
  user: 'user',
  assistant: 'agent',
  tool: 'tool',
};

function piecesOf({ role, content, tool_calls: calls }: Message): string[] {
  const made = ((calls ?? []) as { function: { name: string; arguments: Json } }[]).map(({ function: called }) =>
    call(called.name, argumentsIn(called.arguments)),
  );
  return [`${SOURCES[role]} ${content as string}`, ...made];
}

function call(name: Json | undefined, args: Json | undefined): string {
  return `call ${String(name)} ${JSON.stringify(args)}`;
}

/** Arguments as an object where they are one. */
function argumentsIn(said: Json): Json {
  return typeof said === 'string' ? (JSON.parse(said) as Json) : said;
}

/** A prompt with the arguments of all its calls as objects: what is lost of them is how their JSON was spaced. */
export function withObjects(prompt: Json): Json {
  if (Array.isArray(prompt)) return prompt.map(withObjects);
  if (!isObject(prompt)) return prompt;
  const fields = Object.entries(prompt).map(([name, value]) => [
    name,
    name === 'arguments' ? argumentsIn(value) : withObjects(value),
  ]);
  return Object.fromEntries(fields);
}

export const SHAPES: readonly Shape[] = [
  chat,
  verl,
  plain,
  ids,
  preference,
  weighted,
  flagged,
  columns,
  conversation,
  graph,
  steps,
];
