import type { Message } from '../../src/core/agent.js';
import type { JsonObject } from '../../src/core/json.js';
import type { Answer, Asked, Shape } from '../model-server/asked.js';
import { answers, type Behaviour } from '../model-server/behaviours.js';

/** What a request put before the model. */
export interface Sent {
  readonly messages: readonly Message[];
  readonly tools: readonly JsonObject[];
}

/** What a counting server wrote down of one request. */
export interface Count {
  /** Who asked, by the name of the model. */
  readonly model: string;
  readonly sent: Sent;
  /** Tokens of the reply, as its `usage` said them. */
  readonly completion: number;
  /** Whether it was a reply that nobody can play. */
  readonly spoilt: boolean;
}

/**
 * A script whose replies bear ids, log probabilities and usage: every character of what was received and of what is
 * written is a token, so that ids of a prompt can be read back as the request they stand for.
 * @param spoils of which requests, by their position, the reply is no answer
 * @param spoilt what is replied to those
 */
export function counting(
  script: (asked: Asked) => Behaviour,
  spoils: (index: number) => boolean = () => false,
  spoilt = '<answer>Hm',
): { readonly script: (asked: Asked) => Behaviour; readonly counts: Count[] } {
  const counts: Count[] = [];
  const counted = (asked: Asked): Behaviour => {
    const bad = spoils(asked.index);
    const behaviour = bad ? answers(spoilt) : script(asked);
    return (response, request, shape) => behaviour(response, request, { ...shape, write: writing(shape, counts, bad) });
  };
  return { script: counted, counts };
}

function writing(shape: Shape, counts: Count[], spoilt: boolean): Shape['write'] {
  return (answer, asked) => {
    const sent = sentIn(asked.body);
    const tokens = { prompt: idsOf(renderedSent(sent)), completion: idsOf(`${JSON.stringify(messageOf(answer))}\n`) };
    const usage = { prompt: tokens.prompt.length, completion: tokens.completion.length };
    counts.push({ model: String(asked.body?.model), sent, completion: usage.completion, spoilt });
    const logprobs = tokens.completion.map((_, at) => -at / 1000);
    return shape.write({ ...answer, tokens, usage, logprobs }, asked);
  };
}

/** The messages and tools of a request. */
function sentIn(body: Asked['body']): Sent {
  return { messages: body?.messages as readonly Message[], tools: (body?.tools ?? []) as readonly JsonObject[] };
}

/** A request as one text, which only ever grows where a later one sends the same and more. */
export function renderedSent({ messages, tools }: Sent): string {
  return [tools, ...messages].map((one) => `${JSON.stringify(one)}\n`).join('');
}

/** The request that ids of a prompt stand for. */
export function sentOf(ids: readonly number[]): Sent {
  const [tools, ...messages] = wordsOf(ids)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { tools, messages };
}

/** A text whose characters are these ids. */
export function wordsOf(ids: readonly number[]): string {
  return ids.map((id) => String.fromCodePoint(id)).join('');
}

function idsOf(text: string): number[] {
  return [...text].map((letter) => letter.codePointAt(0) as number);
}

/** A reply as the message that goes on with it. */
function messageOf({ text = '', calls = [] }: Answer): Message {
  const made = calls.map((call, index) => ({ id: `call_${index}`, type: 'function', function: { ...call } }));
  return { role: 'assistant', content: text, ...(made.length === 0 ? {} : { tool_calls: made }) };
}
