import type { Tokenizer } from './tokenizer.js';
import { TURN_END, TURN_ROLE_END, TURN_START } from './train.js';

/** One turn of a conversation, as model providers name its parts. */
export interface ChatTurn {
  readonly role: string;
  readonly content: string;
}

/** A conversation as ids. */
export interface ChatIds {
  readonly ids: number[];
  /** For each id whether the assistant wrote it, its end mark included: what a loss may train on. */
  readonly trained: boolean[];
}

/** What `chatIds` does, for those who read `tokenizer_config.json`: a Jinja template. */
export const CHAT_TEMPLATE =
  `{% for message in messages %}${TURN_START}{{ message['role'] }}${TURN_ROLE_END}{{ message['content'] }}${TURN_END}{% endfor %}` +
  `{% if add_generation_prompt %}${TURN_START}assistant${TURN_ROLE_END}{% endif %}`;

/**
 * The ids of a conversation, each turn as start mark, role, mark, content, end mark. With `prompt`, the start of the
 * assistant's next turn follows. Marks stand on both sides of a content, so that a conversation's ids always begin with
 * the ids of its prompt. Marks spelt inside a role or content are plain text.
 * @throws UserError when the tokenizer lacks the marks
 */
export function chatIds(
  tokenizer: Tokenizer,
  turns: readonly ChatTurn[],
  { prompt = false }: { readonly prompt?: boolean } = {},
): ChatIds {
  const ids: number[] = [];
  const trained: boolean[] = [];
  const add = (more: readonly number[], isTrained: boolean): void => {
    for (const id of more) {
      ids.push(id);
      trained.push(isTrained);
    }
  };
  for (const { role, content } of turns) {
    add(headOf(tokenizer, role), false);
    add([...tokenizer.encode(content), tokenizer.special(TURN_END)], role === 'assistant');
  }
  if (prompt) add(headOf(tokenizer, 'assistant'), false);
  return { ids, trained };
}

function headOf(tokenizer: Tokenizer, role: string): number[] {
  return [tokenizer.special(TURN_START), ...tokenizer.encode(role), tokenizer.special(TURN_ROLE_END)];
}
