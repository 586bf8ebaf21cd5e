import type { Message, ModelCall } from '../core/agent.js';
import type { Json, JsonObject } from '../core/json.js';

/**
 * A language model that answers messages: the one interface every client implements and every wrapper keeps, so that
 * limits, cassettes and budgets are functions from a model to a model.
 */
export interface Model {
  /** As named by the user: `openai/gpt-5-mini`. Holds no key. */
  readonly id: string;
  /**
   * Parameters its user set for it, as in `ludus.config.json`. Whoever asks puts them under its own
   * (`{ ...model.defaults, ...own }`), so that records hold what was really sent.
   */
  readonly defaults?: ModelParameters;
  /**
   * One call. Retries inside are the client's own; what reaches the caller is final.
   * @param signal ends the call: it then throws the signal's reason
   * @throws ModelError whose kind says what went wrong
   */
  call(request: ModelRequest, signal: AbortSignal | null): Promise<ModelReply>;
  /** Frees connections and files. Calls that still run may fail. */
  close?(): Promise<void>;
}

export interface ModelRequest {
  /**
   * As chat completions know them: `content`, and where they apply `tool_calls`, `tool_call_id`, `reasoning_content`.
   * Servers of that protocol get them unchanged.
   */
  readonly messages: readonly Message[];
  readonly tools?: readonly ToolDefinition[];
  /** Asks for one JSON value of this schema instead of free text. Where a provider cannot promise it, it is a hint. */
  readonly schema?: AnswerSchema;
  readonly parameters: ModelParameters;
}

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: JsonObject;
}

export interface AnswerSchema {
  /** Letters, digits, `_` and `-`: providers take no others. */
  readonly name: string;
  /** JSON Schema of the answer. */
  readonly schema: JsonObject;
}

/** How to draw an answer. What is left out is the provider's own default; what a provider lacks, it is not sent. */
export interface ModelParameters {
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly maxTokens?: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
  /** Asks for the log probability of each token of the answer. */
  readonly logprobs?: boolean;
  /** Asks for the ids of prompt and answer; vLLM gives them. */
  readonly tokenIds?: boolean;
  readonly reasoningEffort?: string;
  /** Whether the model must call a tool (`required`), may (`auto`, the default) or must not (`none`). */
  readonly toolChoice?: 'auto' | 'required' | 'none';
  /** Further fields of the provider's own request, sent as they are: `{ "min_p": 0.05 }`. */
  readonly extra?: JsonObject;
}

/** A call the model wants made. A wrong name or broken arguments are the model's move, so both are kept as written. */
export interface RequestedCall {
  readonly id: string;
  readonly name: string;
  /** The arguments as the model wrote them: JSON in a string, if it got that right. */
  readonly arguments: string;
}

export type Finish = 'stop' | 'length' | 'tool-calls' | 'filter' | 'other';

export interface ModelReply {
  /** The answer itself, without reasoning; empty where there are tool calls only. */
  readonly text: string;
  readonly reasoning: string | null;
  readonly toolCalls: readonly RequestedCall[];
  readonly finish: Finish;
  /** Name as the provider returned it. */
  readonly model: string;
  readonly usage: Usage | null;
  readonly tokens: { readonly prompt: readonly number[]; readonly completion: readonly number[] } | null;
  /** One for each token of the answer. */
  readonly logprobs: readonly number[] | null;
}

/** Tokens of one call; null where the provider gives no figure. */
export interface Usage {
  /** All that was read, cached tokens included. */
  readonly promptTokens: number | null;
  /** All that was written, reasoning included. */
  readonly completionTokens: number | null;
  readonly cachedTokens: number | null;
  readonly reasoningTokens: number | null;
  /** Price in the currency of the price table; there only when a price is known. */
  readonly cost?: number;
}

/**
 * How a call can fail:
 * - `rate-limited`: 429 after the last retry
 * - `unavailable`: 5xx after the last retry, a dropped connection, nobody listening
 * - `timeout`: no complete reply in time
 * - `refused`: the model declined to answer
 * - `bad-request`: the provider does not take this request
 * - `unauthorised`: no key, or a wrong one
 * - `bad-reply`: not the protocol: half a JSON, an empty reply, one without end
 * - `over-budget`: not sent, for it could cost more than is left
 */
export type ModelFault =
  | 'rate-limited'
  | 'unavailable'
  | 'timeout'
  | 'refused'
  | 'bad-request'
  | 'unauthorised'
  | 'bad-reply'
  | 'over-budget';

/** A call that failed. Its text is for people and records: it never holds a key. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly kind: ModelFault;
  /** How long the provider asks to wait, in milliseconds; null when it says nothing. */
  readonly retryAfterMs: number | null;
  /** What the call cost nevertheless; null when nothing is known. */
  readonly usage: Usage | null;

  constructor(kind: ModelFault, text: string, about: { retryAfterMs?: number | null; usage?: Usage | null } = {}) {
    super(text);
    this.kind = kind;
    this.retryAfterMs = about.retryAfterMs ?? null;
    this.usage = about.usage ?? null;
  }
}

/** The reply as the message that continues the conversation. */
export function assistantMessage(reply: Pick<ModelReply, 'text' | 'reasoning' | 'toolCalls'>): Message {
  return {
    role: 'assistant',
    content: reply.text,
    ...(reply.reasoning === null ? {} : { reasoning_content: reply.reasoning }),
    ...(reply.toolCalls.length === 0 ? {} : { tool_calls: reply.toolCalls.map(toolCallMessage) }),
  };
}

/** What a record keeps of a call. Its reply is the assistant's message with `finish` beside. */
export function toModelCall(request: ModelRequest, reply: ModelReply): ModelCall {
  return {
    model: reply.model,
    parameters: recordedParameters(request),
    messages: request.messages,
    reply: { ...assistantMessage(reply), finish: reply.finish },
    usage: reply.usage === null ? null : { ...reply.usage },
    tokens: reply.tokens,
    logprobs: reply.logprobs,
  };
}

/** What a record keeps of a call that failed: its reply is `{ error: { kind, text } }`. */
export function toFailedCall(model: string, request: ModelRequest, error: ModelError): ModelCall {
  return {
    model,
    parameters: recordedParameters(request),
    messages: request.messages,
    reply: { error: { kind: error.kind, text: error.message } },
    usage: error.usage === null ? null : { ...error.usage },
    tokens: null,
    logprobs: null,
  };
}

/** Sampling parameters, and beside them `tools` and `schema` where the request had them. */
function recordedParameters({ parameters, tools, schema }: ModelRequest): JsonObject {
  return {
    ...(parameters as JsonObject),
    ...(tools === undefined ? {} : { tools: tools as unknown as Json }),
    ...(schema === undefined ? {} : { schema: schema as unknown as Json }),
  };
}

function toolCallMessage({ id, name, arguments: written }: RequestedCall): JsonObject {
  return { id, type: 'function', function: { name, arguments: written } };
}
