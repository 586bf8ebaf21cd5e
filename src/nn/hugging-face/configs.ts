import { z } from 'zod';
import { UserError } from '../../core/errors.js';
import type { JsonObject } from '../../core/json.js';
import type { DecoderConfig, DecoderOptions } from '../decoder/config.js';
import { rolesOf } from '../tokenizer/files.js';
import type { Tokenizer } from '../tokenizer/tokenizer.js';

/** What GPT-2's `config.json` calls the bends; `gelu_new` is the tanh form. */
const ACTIVATIONS = { gelu: 'gelu_new', relu: 'relu' } as const;

/** A decoder's sizes as `config.json` of a GPT-2. */
export function configJson(config: DecoderConfig, tokenizer: Tokenizer): JsonObject {
  return {
    architectures: ['GPT2LMHeadModel'],
    model_type: 'gpt2',
    vocab_size: config.vocab,
    n_positions: config.context,
    n_ctx: config.context,
    n_embd: config.width,
    n_layer: config.layers,
    n_head: config.heads,
    activation_function: ACTIVATIONS[config.act],
    layer_norm_epsilon: 1e-5,
    tie_word_embeddings: true,
    torch_dtype: 'float32',
    // NOTE: this decoder drops nothing at random; without these lines training there would.
    resid_pdrop: 0,
    embd_pdrop: 0,
    attn_pdrop: 0,
    ...roleIds(tokenizer),
  };
}

/** What `generation_config.json` says: the tokens that begin, end and pad. */
export function generationConfigJson(tokenizer: Tokenizer): JsonObject {
  return { _from_model_config: true, ...roleIds(tokenizer) };
}

function roleIds(tokenizer: Tokenizer): JsonObject {
  const { bos, eos, pad } = rolesOf(
    tokenizer.vocabulary.specials.map((id) => tokenizer.vocabulary.tokens[id] as string),
  );
  const id = (name: string | null): number | null => (name === null ? null : tokenizer.special(name));
  return { bos_token_id: id(bos), eos_token_id: id(eos), pad_token_id: id(pad) };
}

const size = z.int().min(1);
const GPT2 = z.looseObject({
  model_type: z.literal('gpt2'),
  vocab_size: size,
  n_positions: size,
  n_embd: size,
  n_layer: size,
  n_head: size,
  n_inner: z.null().optional(),
  activation_function: z.enum(['gelu_new', 'relu']).default('gelu_new'),
  layer_norm_epsilon: z.literal(1e-5).default(1e-5),
  tie_word_embeddings: z.literal(true).default(true),
});

/** The sizes that a `config.json` describes. @throws UserError when it is another kind of model */
export function readConfigJson(json: unknown): DecoderOptions {
  const read = GPT2.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new UserError(`config.json: ${issue?.path.join('.')}: ${issue?.message}; only GPT-2's plain form is read`);
  }
  const { vocab_size: vocab, n_positions: context, n_embd: width, n_layer: layers, n_head: heads } = read.data;
  return { vocab, context, layers, width, heads, act: read.data.activation_function === 'relu' ? 'relu' : 'gelu' };
}
