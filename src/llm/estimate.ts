import type { ModelRequest } from './model.js';

/** What a chat template adds around one message at most: its marks, its role, line ends. */
const AROUND_A_MESSAGE = 16;

/**
 * More tokens than any tokenizer of bytes makes of a prompt: one for each byte of UTF-8, tools and schema included.
 * The true number is about a quarter of it for English prose.
 */
export function mostPromptTokens({ messages, tools, schema }: ModelRequest): number {
  const beside = tools === undefined && schema === undefined ? 0 : bytesOf([tools ?? null, schema ?? null]);
  return messages.reduce((sum, message) => sum + bytesOf(message) + AROUND_A_MESSAGE, AROUND_A_MESSAGE + beside);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
