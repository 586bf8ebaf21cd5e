import type { JsonObject } from '../../core/json.js';
import type { ModelRequest } from '../model.js';

/** Where servers of the same protocol differ. */
export interface Dialect {
  /** OpenAI's newer models take `max_completion_tokens` only; most other servers know only `max_tokens`. */
  readonly maxTokens: 'max_tokens' | 'max_completion_tokens';
}

/**
 * The body of `POST /chat/completions`, as JSON. Messages stand in it unchanged; what is not given is left out.
 * SEE: OpenAI API reference, "Create chat completion"; vLLM, "OpenAI-compatible server", extra parameters.
 */
export function chatBody(model: string, request: ModelRequest, { maxTokens }: Dialect): string {
  const { messages, tools = [], schema, parameters } = request;
  return JSON.stringify({
    model,
    messages,
    temperature: parameters.temperature,
    top_p: parameters.topP,
    top_k: parameters.topK,
    [maxTokens]: parameters.maxTokens,
    seed: parameters.seed,
    stop: parameters.stop,
    logprobs: parameters.logprobs,
    return_token_ids: parameters.tokenIds,
    reasoning_effort: parameters.reasoningEffort,
    tools: tools.length === 0 ? undefined : tools.map(toolOf),
    tool_choice: request.tools === undefined ? undefined : parameters.toolChoice,
    response_format: schema === undefined ? undefined : { type: 'json_schema', json_schema: schema },
    ...parameters.extra,
  });
}

function toolOf(tool: { name: string; description: string; parameters: JsonObject }): JsonObject {
  const { name, description, parameters } = tool;
  return { type: 'function', function: { name, description, parameters } };
}
