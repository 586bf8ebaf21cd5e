import type { LanguageModel } from 'ai';
import type { Message } from '../../core/agent.js';
import { isObject, type Json } from '../../core/json.js';

/** A model of the AI SDK, at the level below its loops and retries. */
export type SdkModel = Extract<LanguageModel, { specificationVersion: 'v3' }>;
export type SdkOptions = Parameters<SdkModel['doGenerate']>[0];
export type SdkResult = Awaited<ReturnType<SdkModel['doGenerate']>>;

type Prompt = SdkOptions['prompt'];
type Part<Role extends Prompt[number]['role']> = Extract<Prompt[number], { role: Role }>['content'];

/**
 * Messages as the SDK takes them. Reasoning of earlier turns is left out: providers sign theirs or refuse it.
 */
export function promptOf(messages: readonly Message[]): Prompt {
  const names = new Map<string, string>();
  return messages.map((message) => {
    const { role, content } = message;
    if (role === 'system') return { role, content: wordsOf(content) };
    if (role === 'user') return { role, content: [{ type: 'text', text: wordsOf(content) }] };
    if (role === 'tool') return { role, content: resultParts(message, names) };
    return { role, content: assistantParts(message, names) };
  });
}

function assistantParts(message: Message, names: Map<string, string>): Part<'assistant'> {
  const calls = Array.isArray(message.tool_calls) ? (message.tool_calls as readonly Json[]).filter(isObject) : [];
  const text = wordsOf(message.content);
  return [
    ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ...calls.map((call) => {
      const { name, arguments: written } = isObject(call.function) ? call.function : {};
      names.set(String(call.id), String(name));
      return {
        type: 'tool-call' as const,
        toolCallId: String(call.id),
        toolName: String(name),
        input: argumentsOf(written),
      };
    }),
  ];
}

function resultParts(message: Message, names: ReadonlyMap<string, string>): Part<'tool'> {
  const id = String(message.tool_call_id);
  const output = { type: 'text' as const, value: wordsOf(message.content) };
  return [{ type: 'tool-result', toolCallId: id, toolName: names.get(id) ?? 'unknown', output }];
}

/** NOTE: providers that take arguments as an object refuse a string; broken ones are sent as what they are. */
function argumentsOf(written: Json | undefined): unknown {
  if (typeof written !== 'string') return written ?? {};
  try {
    return JSON.parse(written);
  } catch {
    return { unparsable: written };
  }
}

function wordsOf(content: Json | undefined): string {
  if (content === undefined || content === null) return '';
  return typeof content === 'string' ? content : JSON.stringify(content);
}
