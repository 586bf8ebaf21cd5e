import type { Answer, Shape } from '../asked.js';

/** Chat completions as OpenAI and vLLM write them. */
export const openai: Shape = {
  knows: (path) => path.endsWith('/chat/completions'),
  write: (answer, asked) => ({
    id: `chatcmpl-${asked.index}`,
    object: 'chat.completion',
    created: 0,
    model: `${asked.body?.model}-served`,
    choices: [
      {
        index: 0,
        message: messageOf(answer),
        finish_reason: finishOf(answer),
        ...(answer.logprobs && {
          logprobs: { content: answer.logprobs.map((logprob) => ({ token: '?', logprob, top_logprobs: [] })) },
        }),
        ...(answer.tokens && { token_ids: answer.tokens.completion }),
      },
    ],
    ...(answer.tokens && { prompt_token_ids: answer.tokens.prompt }),
    ...(answer.usage && {
      usage: {
        prompt_tokens: answer.usage.prompt,
        completion_tokens: answer.usage.completion,
        total_tokens: answer.usage.prompt + answer.usage.completion,
        ...(answer.usage.cached !== undefined && { prompt_tokens_details: { cached_tokens: answer.usage.cached } }),
      },
    }),
  }),
};

function messageOf({ text, reasoning, calls, refusal }: Answer): object {
  return {
    role: 'assistant',
    content: text ?? null,
    ...(reasoning !== undefined && { reasoning_content: reasoning }),
    ...(refusal !== undefined && { refusal }),
    ...(calls && {
      tool_calls: calls.map((call, index) => ({ id: `call_${index}`, type: 'function', function: call })),
    }),
  };
}

function finishOf({ finish, calls }: Answer): string {
  if (finish === 'filter') return 'content_filter';
  return finish ?? (calls ? 'tool_calls' : 'stop');
}
