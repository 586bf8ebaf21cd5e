import { stream } from '../../core/rng.js';
import type { SampleOptions } from '../../nn/sampler.js';
import { ModelError, type ModelReply, type ModelRequest } from '../model.js';
import { callsOf, readCalls } from './calls.js';
import type { Rule } from './grammar.js';
import { jsonOf } from './schema.js';

/** Tokens an answer may have where the request does not say. */
const USUAL_MOST = 256;

/** What an answer is held to while it is written: calls of tools where one must be called, or JSON; null for free text. */
export function ruleOf({ tools = [], schema, parameters }: ModelRequest): Rule | null {
  if (tools.length > 0) return parameters.toolChoice === 'required' ? callsOf(tools) : null;
  return schema === undefined ? null : jsonOf(schema.schema);
}

/** How a request wants its tokens drawn. */
export function drawing({ parameters }: ModelRequest): SampleOptions {
  const { temperature, topK, topP, maxTokens = USUAL_MOST, seed } = parameters;
  return {
    maxTokens,
    rng: stream(seed ?? Math.floor(Math.random() * 2 ** 32), 'answer'),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topK === undefined ? {} : { topK }),
    ...(topP === undefined ? {} : { topP }),
  };
}

/** NOTE: in words by which an agent knows that it must leave out old turns. */
export function tooLong(tokens: number, most: number): ModelError {
  return new ModelError('bad-request', `the prompt is too long: it has ${tokens} tokens, the model takes ${most}`);
}

/** An answer that was written in this process. */
export interface Written {
  readonly text: string;
  /** Whether the model ended it itself. */
  readonly ended: boolean;
  readonly prompt: readonly number[];
  readonly tokens: readonly number[];
  readonly logps: readonly number[];
  /** Tokens of the prompt that did not have to be read again. */
  readonly cached: number;
}

export function replyOf(model: string, { parameters, tools = [] }: ModelRequest, written: Written): ModelReply {
  const { ended, prompt, tokens, logps, cached } = written;
  const cut = firstOf(written.text, parameters.stop ?? []);
  const whole = cut === null ? written.text : written.text.slice(0, cut);
  const { text, toolCalls } = tools.length === 0 ? { text: whole, toolCalls: [] } : readCalls(whole);
  const stopped = ended || cut !== null;
  return {
    text,
    reasoning: null,
    toolCalls,
    finish: !stopped ? 'length' : toolCalls.length > 0 ? 'tool-calls' : 'stop',
    model,
    usage: {
      promptTokens: prompt.length,
      completionTokens: tokens.length,
      cachedTokens: cached,
      reasoningTokens: null,
    },
    tokens: { prompt, completion: tokens },
    logprobs: logps,
  };
}

/** Where the first of several texts begins; null where none is there. */
function firstOf(text: string, stops: readonly string[]): number | null {
  const places = stops.map((stop) => text.indexOf(stop)).filter((place) => place >= 0);
  return places.length === 0 ? null : Math.min(...places);
}
