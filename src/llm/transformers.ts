import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf, UserError } from '../core/errors.js';
import { CALL_START } from '../nn/tokenizer/chat.js';
import { drawing, replyOf, ruleOf, tooLong } from './decoding/answer.js';
import { Hold, TokenTexts } from './decoding/hold.js';
import {
  type HubModel,
  type HubTokenizer,
  type Importer,
  importTransformers,
  type Transformers,
} from './hub/package.js';
import { HubPrompt } from './hub/prompt.js';
import { HubWriter } from './hub/writing.js';
import type { Model, ModelRequest } from './model.js';

/**
 * A model that transformers.js runs in this process, from a hub or from a folder in its form. Token ids and the model's
 * own log probabilities are always given; JSON that is asked for is held to its form while it is written, and so are
 * calls of tools where the chat template writes them between `<tool_call>` marks.
 * @param load imports the package
 * @throws UserError when the package is not installed, or the model cannot be loaded or cannot chat
 */
export async function transformersModel(
  id: string,
  model: string,
  load: Importer = importTransformers,
): Promise<Model> {
  const loaded = await load(id);
  const { tokenizer, prompts, decoder } = await open(loaded, id, model);
  const writer = new HubWriter(loaded, decoder);
  const ends = endsOf(decoder);
  let texts: TokenTexts | null = null;
  return {
    id,
    async call(request, signal) {
      signal?.throwIfAborted();
      texts ??= textsOf(tokenizer, decoder);
      const prompt = prompts.ids(request);
      const wanted = drawing(request);
      const maxTokens = Math.min(wanted.maxTokens, roomFor(decoder, prompt.length));
      const allowed = holding(prompts, texts, ends, request);
      const written = await writer.write(prompt, { ...wanted, ...allowed, maxTokens, stop: ends }, signal);
      signal?.throwIfAborted();
      const { tokens, ended } = written;
      return replyOf(id, request, { ...written, prompt, text: texts.text(ended ? tokens.slice(0, -1) : tokens) });
    },
    async close() {
      await decoder.dispose();
    },
  };
}

async function open(loaded: Transformers, id: string, model: string) {
  // NOTE: a relative folder would be taken for a name on the hub.
  const place = existsSync(model) ? resolve(model) : model;
  try {
    const tokenizer = await loaded.AutoTokenizer.from_pretrained(place);
    const prompts = new HubPrompt(tokenizer);
    prompts.template(null);
    return { tokenizer, prompts, decoder: await loaded.AutoModelForCausalLM.from_pretrained(place) };
  } catch (error) {
    throw new UserError(`"${id}" cannot be loaded: ${messageOf(error)}`);
  }
}

/** NOTE: calls in another form than this one are left to the model and stay text. */
function holding(prompts: HubPrompt, texts: TokenTexts, ends: readonly number[], request: ModelRequest) {
  const rule = ruleOf(request);
  const { tools = [] } = request;
  if (rule === null || (tools.length > 0 && !prompts.template(tools).includes(CALL_START))) return {};
  const hold = new Hold(texts, rule, ends);
  return { allowed: (_: number, soFar: readonly number[]) => hold.allowed(soFar) };
}

/** Tokens an answer may have. @throws ModelError where the prompt takes all the places there are */
function roomFor({ config }: HubModel, prompt: number): number {
  const most = [config.max_position_embeddings, config.n_positions].find((size) => typeof size === 'number');
  if (typeof most !== 'number') return Number.POSITIVE_INFINITY;
  if (prompt > most) throw tooLong(prompt, most);
  return most + 1 - prompt;
}

function endsOf({ config, generation_config: generation }: HubModel): readonly number[] {
  const ends = generation?.eos_token_id ?? config.eos_token_id ?? [];
  return (Array.isArray(ends) ? ends : [ends]).filter((end) => typeof end === 'number');
}

/** NOTE: some tokenizers leave a space at the beginning of a text out, so every text is read behind a letter. */
function textsOf(tokenizer: HubTokenizer, { config }: HubModel): TokenTexts {
  const decode = (ids: readonly number[]) =>
    tokenizer.decode(ids, { skip_special_tokens: true, clean_up_tokenization_spaces: false });
  const encode = (text: string) => tokenizer.encode(text, { add_special_tokens: false });
  const letter = encode('a');
  const before = decode(letter).length;
  return new TokenTexts({
    size: Number(config.vocab_size),
    decode: (ids) => decode([...letter, ...ids]).slice(before),
    encode: (text) => encode(`a${text}`).slice(letter.length),
  });
}
