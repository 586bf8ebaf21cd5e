import { z } from 'zod';
import { messageOf } from '../../core/errors.js';
import { preview } from '../../core/json.js';
import { type Finish, ModelError, type ModelReply, type Usage } from '../model.js';

const count = z.number().nullish();
const ids = z.array(z.number()).nullish();
const words = z.string().nullish();

const TOOL_CALL = z.object({
  id: words,
  function: z.object({
    name: z.string(),
    arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
  }),
});

const CHOICE = z.object({
  finish_reason: words,
  message: z.object({
    content: words,
    reasoning_content: words,
    // NOTE: OpenRouter, newer vLLM and Ollama call it so.
    reasoning: words,
    refusal: words,
    tool_calls: z.array(TOOL_CALL).nullish(),
  }),
  logprobs: z.object({ content: z.array(z.object({ logprob: z.number() })).nullish() }).nullish(),
  token_ids: ids,
});

const BODY = z.object({
  model: words,
  choices: z.array(CHOICE),
  prompt_token_ids: ids,
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count }).nullish(),
      completion_tokens_details: z.object({ reasoning_tokens: count }).nullish(),
    })
    .nullish(),
});

type Body = z.infer<typeof BODY>;
type Choice = z.infer<typeof CHOICE>;

/** A body as JSON. @throws ModelError `bad-reply` on an empty body and on one that breaks off */
export function parseBody(text: string): unknown {
  if (text.trim() === '') throw new ModelError('bad-reply', 'the reply has an empty body');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ModelError('bad-reply', `the reply is not whole JSON (${messageOf(error)})`);
  }
}

/**
 * Reads the body of a chat completion. An answer of no words is a reply like any other: what it means is for the agent.
 * @param asked name the model was asked by, for servers that return none
 * @throws ModelError `bad-reply` where it is no chat completion, `refused` where the model declined
 */
export function readChat(body: unknown, asked: string): ModelReply {
  const read = BODY.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ModelError('bad-reply', `the reply is no chat completion: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const [choice] = read.data.choices;
  const usage = usageOf(read.data);
  if (choice === undefined) throw new ModelError('bad-reply', 'the reply holds no choices', { usage });
  refuseRefusal(choice, usage);
  const { content, reasoning_content, reasoning } = choice.message;
  const toolCalls = (choice.message.tool_calls ?? []).map(callOf);
  return {
    text: content ?? '',
    reasoning: reasoning_content || reasoning || null,
    toolCalls,
    finish: finishOf(choice.finish_reason, toolCalls.length > 0),
    model: read.data.model ?? asked,
    usage,
    tokens: tokensOf(read.data, choice),
    logprobs: choice.logprobs?.content?.map(({ logprob }) => logprob) ?? null,
  };
}

function refuseRefusal({ message, finish_reason }: Choice, usage: Usage | null): void {
  if (message.refusal)
    throw new ModelError('refused', `the model refused: ${preview(message.refusal, 300)}`, { usage });
  const silent = !message.content && (message.tool_calls ?? []).length === 0;
  if (finish_reason === 'content_filter' && silent)
    throw new ModelError('refused', "the provider's filter took the whole answer", { usage });
}

function callOf({ id, function: { name, arguments: written } }: z.infer<typeof TOOL_CALL>, index: number) {
  // NOTE: Ollama's older versions and some proxies send arguments as an object.
  const text = typeof written === 'string' ? written : JSON.stringify(written ?? {});
  return { id: id || `call_${index}`, name, arguments: text };
}

const FINISHES: { readonly [reason: string]: Finish } = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'filter',
};

/** NOTE: several servers end with `stop` although they call tools. */
function finishOf(reason: string | null | undefined, calls: boolean): Finish {
  const finish = FINISHES[reason ?? ''] ?? 'other';
  return finish === 'stop' && calls ? 'tool-calls' : finish;
}

function usageOf({ usage }: Body): Usage | null {
  if (usage === null || usage === undefined) return null;
  return {
    promptTokens: usage.prompt_tokens ?? null,
    completionTokens: usage.completion_tokens ?? null,
    cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? null,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? null,
  };
}

function tokensOf({ prompt_token_ids: prompt }: Body, { token_ids: completion }: Choice): ModelReply['tokens'] {
  return prompt && completion ? { prompt, completion } : null;
}
