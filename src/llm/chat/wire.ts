import type { Json, JsonObject } from '../../core/json.js';
import type { ModelParameters, ModelRequest } from '../model.js';

/** Where servers of the same protocol differ. */
export interface Dialect {
  /** OpenAI's newer models take `max_completion_tokens` only; most other servers know only `max_tokens`. */
  readonly maxTokens: 'max_tokens' | 'max_completion_tokens';
}

/**
 * The body of `POST /chat/completions`. Messages stand in it unchanged.
 * SEE: OpenAI API reference, "Create chat completion"; vLLM, "OpenAI-compatible server", extra parameters.
 */
export function chatBody(model: string, request: ModelRequest, dialect: Dialect): JsonObject {
  const { messages, tools, schema, parameters } = request;
  return {
    model,
    messages,
    ...sampling(parameters, dialect),
    ...(tools === undefined || tools.length === 0 ? {} : { tools: tools.map(toolOf) }),
    ...(tools === undefined || parameters.toolChoice === undefined ? {} : { tool_choice: parameters.toolChoice }),
    ...(schema === undefined ? {} : { response_format: { type: 'json_schema', json_schema: { ...schema } } }),
    ...parameters.extra,
  };
}

function sampling(given: ModelParameters, { maxTokens }: Dialect): JsonObject {
  const fields: { readonly [field: string]: Json | undefined } = {
    temperature: given.temperature,
    top_p: given.topP,
    top_k: given.topK,
    [maxTokens]: given.maxTokens,
    seed: given.seed,
    stop: given.stop,
    logprobs: given.logprobs,
    return_token_ids: given.tokenIds,
    reasoning_effort: given.reasoningEffort,
  };
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, Json] => field[1] !== undefined));
}

function toolOf(tool: { name: string; description: string; parameters: JsonObject }): JsonObject {
  const { name, description, parameters } = tool;
  return { type: 'function', function: { name, description, parameters } };
}
