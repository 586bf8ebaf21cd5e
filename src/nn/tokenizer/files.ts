import { z } from 'zod';
import { UserError } from '../../core/errors.js';
import { isObject, type JsonObject } from '../../core/json.js';
import { CHAT_TEMPLATE } from './chat.js';
import { Tokenizer } from './tokenizer.js';
import { END_OF_TEXT, PAD, TURN_END } from './train.js';

/**
 * A tokenizer as `tokenizer.json`, the file of Hugging Face's `tokenizers`: byte-level BPE with its merges and added
 * tokens. Read by `tokenizers`, `transformers` and transformers.js.
 */
export function tokenizerJson({ vocabulary: { tokens, merges, specials } }: Tokenizer): JsonObject {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specials.map((id) => ({
      id,
      content: tokens[id] as string,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: BYTE_LEVEL,
    post_processor: null,
    decoder: BYTE_LEVEL,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      // NOTE: one text a merge is the older of two forms; every version reads it.
      merges: merges.map(([left, right]) => `${tokens[left]} ${tokens[right]}`),
    },
  };
}

const BYTE_LEVEL: JsonObject = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };

/**
 * What stands beside it in `tokenizer_config.json`: which tokens end and pad, and the chat template.
 * @param context the most tokens a model that uses it takes
 */
export function tokenizerConfigJson(tokenizer: Tokenizer, context: number): JsonObject {
  const names = tokenizer.vocabulary.specials.map((id) => tokenizer.vocabulary.tokens[id] as string);
  const { bos, eos, pad, chats } = rolesOf(names);
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    model_max_length: context,
    add_prefix_space: false,
    // NOTE: where it is missing, older readers take spaces before punctuation out of decoded text.
    clean_up_tokenization_spaces: false,
    ...(bos !== null && { bos_token: bos }),
    ...(eos !== null && { eos_token: eos }),
    ...(pad !== null && { pad_token: pad }),
    ...(chats && { chat_template: CHAT_TEMPLATE }),
  };
}

/** The special tokens that have a part to play, by name; null for a part nobody plays. */
export interface SpecialRoles {
  readonly bos: string | null;
  readonly eos: string | null;
  readonly pad: string | null;
  readonly chats: boolean;
}

/** Which of a tokenizer's special tokens begin, end and pad. In a vocabulary for chats the end of a turn ends. */
export function rolesOf(names: readonly string[]): SpecialRoles {
  const own = (name: string): string | null => (names.includes(name) ? name : null);
  return {
    bos: own(END_OF_TEXT),
    eos: own(TURN_END) ?? own(END_OF_TEXT),
    pad: own(PAD) ?? own(END_OF_TEXT),
    chats: own(TURN_END) !== null,
  };
}

const PAIR = z.union([z.tuple([z.string(), z.string()]), z.string().transform((text) => text.split(' '))]);
const BYTE_LEVEL_PART = z.looseObject({
  type: z.literal('ByteLevel'),
  add_prefix_space: z.literal(false).optional(),
  use_regex: z.literal(true).optional(),
});
const FILE = z.looseObject({
  added_tokens: z.array(z.looseObject({ id: z.int(), content: z.string() })).default([]),
  normalizer: z.null().optional(),
  pre_tokenizer: BYTE_LEVEL_PART,
  decoder: z.looseObject({ type: z.literal('ByteLevel') }),
  model: z.looseObject({
    type: z.literal('BPE').optional(),
    dropout: z.null().optional(),
    ignore_merges: z.literal(false).optional(),
    vocab: z.record(z.string(), z.int().nonnegative()),
    merges: z.array(PAIR),
  }),
});

/**
 * Reads a `tokenizer.json` of the same kind: byte-level BPE, GPT-2's way of cutting words, no normaliser.
 * @throws UserError where the file is none or asks for something else
 */
export function readTokenizerJson(json: unknown): Tokenizer {
  if (!isObject(json)) throw new UserError('tokenizer.json: not a JSON object');
  const read = FILE.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new UserError(`tokenizer.json: ${issue?.path.join('.')}: ${issue?.message}; only byte-level BPE is read`);
  }
  const { model, added_tokens: added } = read.data;
  const ids = new Map(Object.entries(model.vocab));
  for (const { content, id } of added) ids.set(content, id);
  const merges = model.merges.map((pair, rank) => [idOf(ids, pair[0], rank), idOf(ids, pair[1], rank)] as const);
  return new Tokenizer({ tokens: inOrder(ids), merges, specials: added.map(({ id }) => id) });
}

function idOf(ids: ReadonlyMap<string, number>, token: string | undefined, rank: number): number {
  const id = token === undefined ? undefined : ids.get(token);
  if (id === undefined)
    throw new UserError(`tokenizer.json: merge ${rank} names a token that is not in the vocabulary`);
  return id;
}

function inOrder(ids: ReadonlyMap<string, number>): string[] {
  const tokens = [...ids].sort((a, b) => a[1] - b[1]);
  const gap = tokens.findIndex(([, id], index) => id !== index);
  if (gap >= 0)
    throw new UserError(`tokenizer.json: ids are not 0 to ${tokens.length - 1}: ${gap} is missing or doubled`);
  return tokens.map(([token]) => token);
}
