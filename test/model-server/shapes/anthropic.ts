import type { Answer, Shape } from '../asked.js';

/** Anthropic's messages. */
export const anthropic: Shape = {
  knows: (path) => path.endsWith('/messages'),
  write: (answer, asked) => ({
    id: `msg_${asked.index}`,
    type: 'message',
    role: 'assistant',
    model: `${asked.body?.model}-served`,
    content: contentOf(answer),
    stop_reason: stopOf(answer),
    stop_sequence: null,
    usage: {
      input_tokens: (answer.usage?.prompt ?? 0) - (answer.usage?.cached ?? 0),
      output_tokens: answer.usage?.completion ?? 0,
      cache_read_input_tokens: answer.usage?.cached ?? 0,
    },
  }),
};

function contentOf({ text, reasoning, calls = [] }: Answer): object[] {
  return [
    ...(reasoning === undefined ? [] : [{ type: 'thinking', thinking: reasoning, signature: 'signed' }]),
    ...(text === undefined ? [] : [{ type: 'text', text }]),
    ...calls.map((call, index) => ({
      type: 'tool_use',
      id: `call_${index}`,
      name: call.name,
      input: inputOf(call.arguments),
    })),
  ];
}

/** NOTE: this protocol cannot carry arguments that are no JSON; a server that has some sends them as a string. */
function inputOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}

function stopOf({ finish, calls, refusal }: Answer): string {
  if (refusal !== undefined || finish === 'filter') return 'refusal';
  if (finish === 'length') return 'max_tokens';
  return calls ? 'tool_use' : 'end_turn';
}
