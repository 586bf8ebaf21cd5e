import type { JSONSchema7 } from 'ai';
import { messageOf } from '../core/errors.js';
import { isObject, type JsonObject, preview } from '../core/json.js';
import { absent } from './absent.js';
import { parseBody, readChat } from './chat/reply.js';
import type { Letter } from './http/exchange.js';
import type { Post } from './http/post.js';
import {
  type Finish,
  type Model,
  ModelError,
  type ModelParameters,
  type ModelReply,
  type ModelRequest,
} from './model.js';
import { promptOf, type SdkModel, type SdkOptions, type SdkResult } from './sdk/prompt.js';

/** How a package of the SDK makes its models. */
export interface SdkPlace {
  readonly model: string;
  readonly url: string;
  readonly key: string | null;
  readonly fetch: typeof fetch;
}

export interface SdkRoad {
  readonly package: string;
  /** Imports the package and gives what makes a model; it is called once for each call, so it must be quick. */
  load(): Promise<(place: SdkPlace) => SdkModel>;
  /** Whether the provider speaks chat completions, so that the raw body tells what the SDK leaves out. */
  readonly chat: boolean;
  /** Options of the provider's own for the SDK. */
  options?(parameters: ModelParameters): SdkOptions['providerOptions'];
  /** Why a body holds no answer at all, where the provider has a place for saying so. */
  declined?(body: unknown): string | null;
}

export interface SdkServer extends Omit<SdkPlace, 'fetch'> {
  readonly id: string;
  readonly road: SdkRoad;
  readonly post: Post;
}

/**
 * The other road: a model of the AI SDK, one `doGenerate` a call. The SDK writes the request and reads the reply; the
 * connection, retries, deadline and limit of bytes are those of the thin road.
 * SEE: AI SDK 6, "Language Model Specification V3".
 */
export async function sdkModel({ id, road, post, ...place }: SdkServer): Promise<Model> {
  const make = await makerOf(road, id);
  return {
    id,
    async call(request, signal) {
      const line = new Line(post, signal, extrasOf(request.parameters, road.chat));
      try {
        const result = await make({ ...place, fetch: line.fetch }).doGenerate(optionsOf(request, signal, road));
        return replyOf(result, line.body, place.model, road);
      } catch (thrown) {
        throw faultOf(line.failed ?? thrown, signal);
      }
    },
  };
}

async function makerOf(road: SdkRoad, id: string): Promise<(place: SdkPlace) => SdkModel> {
  try {
    return await road.load();
  } catch (error) {
    throw absent(error, road.package, id);
  }
}

/** Carries one request of the SDK over our own connections, and keeps what came back. */
class Line {
  /** Thrown while sending. NOTE: kept, for the SDK wraps errors in its own. */
  failed: unknown = null;
  body: unknown = null;
  readonly #post: Post;
  readonly #signal: AbortSignal | null;
  readonly #extras: JsonObject | null;

  constructor(post: Post, signal: AbortSignal | null, extras: JsonObject | null) {
    this.#post = post;
    this.#signal = signal;
    this.#extras = extras;
  }

  readonly fetch: typeof fetch = async (url, init) => {
    try {
      const { status, text } = await this.#post.send(this.#letter(String(url), init), this.#signal);
      this.body = parseBody(text);
      return new Response(text, { status, headers: { 'content-type': 'application/json' } });
    } catch (thrown) {
      this.failed = thrown;
      throw thrown;
    }
  };

  #letter(url: string, init: RequestInit | undefined): Letter {
    const written = String(init?.body);
    const body = this.#extras === null ? written : JSON.stringify({ ...JSON.parse(written), ...this.#extras });
    return { url: new URL(url), headers: Object.fromEntries(new Headers(init?.headers)), body: Buffer.from(body) };
  }
}

/** Fields that the SDK does not know, put into its body. */
function extrasOf({ extra, ...given }: ModelParameters, chat: boolean): JsonObject | null {
  const fields = {
    ...(chat && given.logprobs !== undefined && { logprobs: given.logprobs }),
    ...(chat && given.tokenIds !== undefined && { return_token_ids: given.tokenIds }),
    ...(chat && given.topK !== undefined && { top_k: given.topK }),
    ...(chat && given.reasoningEffort !== undefined && { reasoning_effort: given.reasoningEffort }),
    ...extra,
  };
  return Object.keys(fields).length === 0 ? null : fields;
}

function optionsOf({ messages, tools, schema, parameters }: ModelRequest, signal: AbortSignal | null, road: SdkRoad) {
  const providerOptions = road.options?.(parameters);
  const options: SdkOptions = {
    prompt: promptOf(messages),
    ...samplingOf(parameters, road.chat),
    ...(schema && { responseFormat: { type: 'json', name: schema.name, schema: schema.schema as JSONSchema7 } }),
    ...(tools?.length && {
      tools: tools.map(({ name, description, parameters: args }) => ({
        type: 'function' as const,
        name,
        description,
        inputSchema: args as JSONSchema7,
      })),
      toolChoice: { type: parameters.toolChoice ?? 'auto' },
    }),
    ...(signal && { abortSignal: signal }),
    ...(providerOptions && { providerOptions }),
  };
  return options;
}

function samplingOf(given: ModelParameters, chat: boolean): Partial<SdkOptions> {
  return {
    ...(given.temperature !== undefined && { temperature: given.temperature }),
    ...(given.topP !== undefined && { topP: given.topP }),
    ...(!chat && given.topK !== undefined && { topK: given.topK }),
    ...(given.maxTokens !== undefined && { maxOutputTokens: given.maxTokens }),
    ...(given.seed !== undefined && { seed: given.seed }),
    ...(given.stop !== undefined && { stopSequences: [...given.stop] }),
  };
}

function replyOf(result: SdkResult, body: unknown, asked: string, { chat, declined }: SdkRoad): ModelReply {
  if (chat) return readChat(body, asked);
  const usage = usageOf(result);
  const text = joined(result, 'text');
  const finish = finishOf(result);
  const why = declined?.(body) ?? null;
  if (why !== null) throw new ModelError('refused', `the provider blocked the prompt: ${why}`, { usage });
  if (result.content.length === 0 && result.finishReason.raw === undefined)
    throw new ModelError('bad-reply', 'the reply holds no answer', { usage });
  if (finish === 'filter' && (text === '' || result.finishReason.raw === 'refusal'))
    throw new ModelError('refused', `the model or its provider's filter refused: ${preview(text, 300)}`, { usage });
  return {
    text,
    reasoning: joined(result, 'reasoning') || null,
    toolCalls: result.content.flatMap((part) =>
      part.type === 'tool-call' ? [{ id: part.toolCallId, name: part.toolName, arguments: part.input }] : [],
    ),
    finish,
    model: result.response?.modelId ?? versionIn(body) ?? asked,
    usage,
    tokens: null,
    logprobs: null,
  };
}

function joined({ content }: SdkResult, type: 'text' | 'reasoning'): string {
  return content.flatMap((part) => (part.type === type ? [part.text] : [])).join('');
}

const FINISHES: { readonly [reason: string]: Finish } = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool-calls',
  'content-filter': 'filter',
};

function finishOf({ finishReason }: SdkResult): Finish {
  return FINISHES[finishReason.unified] ?? 'other';
}

function usageOf({ usage: { inputTokens, outputTokens } }: SdkResult) {
  if (inputTokens.total === undefined && outputTokens.total === undefined) return null;
  return {
    promptTokens: inputTokens.total ?? null,
    completionTokens: outputTokens.total ?? null,
    cachedTokens: inputTokens.cacheRead ?? null,
    reasoningTokens: outputTokens.reasoning ?? null,
  };
}

/** Google's name of the model that answered; the SDK does not hand it on. */
function versionIn(body: unknown): string | undefined {
  return isObject(body) && typeof body.modelVersion === 'string' ? body.modelVersion : undefined;
}

function faultOf(thrown: unknown, signal: AbortSignal | null): unknown {
  if (thrown instanceof ModelError) return thrown;
  if (signal?.aborted === true) return signal.reason;
  // NOTE: the connection reports its own failures, so what is left is a body of another shape, or a request the SDK
  // cannot write.
  const name = thrown instanceof Error ? thrown.name : '';
  const kind = /Type_?Validation|Invalid_?Response|JSON_?Parse|API_?Call/i.test(name) ? 'bad-reply' : 'bad-request';
  return new ModelError(kind, `the AI SDK: ${messageOf(thrown)}`);
}
