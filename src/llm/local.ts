import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, UserError } from '../core/errors.js';
import { DECODER_LM } from '../nn/decoder.js';
import { CONFIG } from '../nn/export.js';
import { type LanguageModel, readHuggingFace } from '../nn/hugging-face.js';
import { readMetadata, readModel } from '../nn/onnx/read.js';
import { Params } from '../nn/params.js';
import { lmPolicy, type Sampled } from '../nn/sampler.js';
import { chatIds, chatTurns } from '../nn/tokenizer/chat.js';
import { readTokenizerJson, rolesOf } from '../nn/tokenizer/files.js';
import { drawing, replyOf, ruleOf, tooLong } from './decoding/answer.js';
import { toolObjects } from './decoding/calls.js';
import { codingOf, Hold, TokenTexts } from './decoding/hold.js';
import type { Model, ModelRequest } from './model.js';

/**
 * A language model out of a folder as Ludus writes it: `tokenizer.json` beside `model.safetensors` or an `.onnx` decoder.
 * Token ids are always given; log probabilities are the model's own, before temperature and limits. JSON and calls of
 * tools that are asked for are held to their form while they are written.
 * @throws UserError naming the file that is missing or of another kind
 */
export function localModel(id: string, folder: string): Model {
  const opened = openFolder(folder);
  const { tokenizer } = opened;
  const { eos, chats } = rolesOf(
    tokenizer.vocabulary.specials.map((token) => tokenizer.vocabulary.tokens[token] as string),
  );
  if (!chats || eos === null)
    throw new UserError(`the tokenizer in ${folder} has no marks of turns, so it cannot chat`);
  const policy = lmPolicy(opened.net, opened.params, { batch: 1, baked: true, remembers: true });
  const end = tokenizer.special(eos);
  const texts = new TokenTexts(codingOf(tokenizer));
  return {
    id,
    async call(request, signal) {
      signal?.throwIfAborted();
      const prompt = promptOf(opened, request);
      const rule = ruleOf(request);
      const hold = rule === null ? null : new Hold(texts, rule, [end]);
      const [sampled] = await policy.sample([prompt], {
        ...drawing(request),
        stop: [end],
        ...(hold === null ? {} : { allowed: (_, soFar) => hold.allowed(soFar) }),
      });
      signal?.throwIfAborted();
      const { tokens, logps, ended, remembered: cached } = sampled as Sampled;
      const text = texts.text(ended === 'stop' ? tokens.slice(0, -1) : tokens);
      return replyOf(id, request, { text, ended: ended === 'stop', prompt, tokens, logps, cached });
    },
    close: () => policy.close(),
  };
}

function openFolder(folder: string): LanguageModel {
  if (!existsSync(folder)) throw new UserError(`there is no folder ${folder} to take a model from`);
  if (existsSync(join(folder, 'model.safetensors'))) return readHuggingFace(folder);
  const file = decoderIn(folder);
  const bytes = readFileSync(file);
  const config = readMetadata(bytes)[CONFIG];
  if (config === undefined) throw new UserError(`${file} does not say what decoder it is: ${CONFIG} is missing`);
  const net = DECODER_LM.open(JSON.parse(config));
  const weights = new Map(readModel(bytes).initializers.map(({ name, ...tensor }) => [name, tensor]));
  const params = Object.keys(net.params).map((name) => {
    const tensor = weights.get(name);
    if (!(tensor?.data instanceof Float32Array)) throw new UserError(`${file} has no weight "${name}"`);
    return [name, { dims: tensor.dims, data: tensor.data }] as const;
  });
  return { net, params: new Params(params), tokenizer: tokenizerIn(folder) };
}

function decoderIn(folder: string): string {
  const found = [folder, join(folder, 'onnx')]
    .filter((place) => existsSync(place))
    .flatMap((place) => readdirSync(place).map((name) => join(place, name)))
    .filter((path) => path.endsWith('.onnx'));
  const [only, second] = found;
  if (only !== undefined && second === undefined) return only;
  throw new UserError(`${folder} holds ${found.length} .onnx files beside no model.safetensors; exactly one is wanted`);
}

function tokenizerIn(folder: string) {
  try {
    return readTokenizerJson(JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')));
  } catch (error) {
    throw new UserError(`cannot read tokenizer.json in ${folder}: ${messageOf(error)}`);
  }
}

/** @throws ModelError when the prompt has more tokens than the model takes */
function promptOf({ net, tokenizer }: LanguageModel, { messages, tools = [] }: ModelRequest): number[] {
  const { ids } = chatIds(tokenizer, chatTurns(messages, toolObjects(tools)), { prompt: true });
  const { context } = net.config;
  if (ids.length <= context) return ids;
  throw tooLong(ids.length, context);
}
