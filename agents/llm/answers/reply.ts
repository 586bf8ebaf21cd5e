import type { Reply } from '../../../src/core/answers.js';
import { bad, type Read } from '../../../src/core/read.js';
import type { ModelReply } from '../../../src/llm/model.js';

/** A model's reply as the contract of answers reads it. */
export function replyOf({ text, finish }: ModelReply): Reply {
  return finish === 'length' ? { text, truncated: true } : { text };
}

/** The thoughts of a reply in words: the model's own reasoning, and what stands before the answer's tag. */
export function thoughtOf({ text, reasoning }: ModelReply): string {
  const at = text.toLowerCase().indexOf('<answer>');
  const before = at < 0 ? thinkingOf(text) : text.slice(0, at).replace(/<\/?think>/gi, '');
  return [reasoning ?? '', before]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
}

function thinkingOf(text: string): string {
  const end = text.toLowerCase().lastIndexOf('</think>');
  return end < 0 ? '' : text.slice(0, end).replace(/<\/?think>/gi, '');
}

/** What is wrong with a reply whatever was asked for, or null. */
export function brokenReply({ text, finish, toolCalls }: ModelReply): Read<never> | null {
  if (finish === 'filter') return bad('unparsable', "the provider's filter cut the reply off");
  if (text.trim() !== '' || toolCalls.length > 0) return null;
  if (finish === 'length') return bad('truncated', 'the reply reached its length limit before it said anything');
  return bad('unparsable', 'the reply is empty');
}
