import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, UserError } from '../core/errors.js';
import { stream } from '../core/rng.js';
import { DECODER_LM } from '../nn/decoder.js';
import { CONFIG } from '../nn/export.js';
import { type LanguageModel, readHuggingFace } from '../nn/hugging-face.js';
import { readMetadata, readModel } from '../nn/onnx/read.js';
import { Params } from '../nn/params.js';
import { type LmPolicy, lmPolicy, type Sampled } from '../nn/sampler.js';
import { type ChatTurn, chatIds } from '../nn/tokenizer/chat.js';
import { readTokenizerJson, rolesOf } from '../nn/tokenizer/files.js';
import { type Model, ModelError, type ModelReply, type ModelRequest } from './model.js';

/** Tokens an answer may have where the request does not say. */
const USUAL_MOST = 256;

/**
 * A language model out of a folder as Ludus writes it: `tokenizer.json` beside `model.safetensors` or an `.onnx` decoder.
 * Token ids are always given; log probabilities are the model's own, before temperature and limits.
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
  const policy = lmPolicy(opened.net, opened.params, { batch: 1, baked: true });
  return {
    id,
    async call(request, signal) {
      signal?.throwIfAborted();
      const prompt = promptOf(opened, request);
      const sampled = await sampleOne(policy, prompt, tokenizer.special(eos), request);
      signal?.throwIfAborted();
      return replyOf(id, opened, prompt, sampled, request);
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

/** NOTE: these models know neither tools nor schemas. Tools would be lost in silence, a schema is only a hint. */
function promptOf({ net, tokenizer }: LanguageModel, { messages, tools }: ModelRequest): number[] {
  if (tools !== undefined && tools.length > 0) throw new ModelError('bad-request', 'a local model takes no tools');
  const turns: ChatTurn[] = messages.map(({ role, content }) => ({
    role,
    content: typeof content === 'string' ? content : JSON.stringify(content ?? ''),
  }));
  const { ids } = chatIds(tokenizer, turns, { prompt: true });
  if (ids.length <= net.config.context) return ids;
  throw new ModelError('bad-request', `the prompt has ${ids.length} tokens, the model takes ${net.config.context}`);
}

async function sampleOne(
  policy: LmPolicy,
  prompt: readonly number[],
  end: number,
  { parameters }: ModelRequest,
): Promise<Sampled> {
  const { temperature, topK, topP, maxTokens = USUAL_MOST, seed } = parameters;
  const [sampled] = await policy.sample([prompt], {
    maxTokens,
    stop: [end],
    rng: stream(seed ?? Math.floor(Math.random() * 2 ** 32), 'answer'),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topK === undefined ? {} : { topK }),
    ...(topP === undefined ? {} : { topP }),
  });
  return sampled as Sampled;
}

function replyOf(
  id: string,
  { tokenizer }: LanguageModel,
  prompt: readonly number[],
  { tokens, logps, ended }: Sampled,
  { parameters }: ModelRequest,
): ModelReply {
  const whole = tokenizer.decode(ended === 'stop' ? tokens.slice(0, -1) : tokens, { specials: false });
  const cut = firstOf(whole, parameters.stop ?? []);
  return {
    text: cut === null ? whole : whole.slice(0, cut),
    reasoning: null,
    toolCalls: [],
    finish: ended === 'stop' || cut !== null ? 'stop' : 'length',
    model: id,
    usage: { promptTokens: prompt.length, completionTokens: tokens.length, cachedTokens: null, reasoningTokens: null },
    tokens: { prompt, completion: tokens },
    logprobs: logps,
  };
}

/** Where the first of several texts begins; null where none is there. */
function firstOf(text: string, stops: readonly string[]): number | null {
  const places = stops.map((stop) => text.indexOf(stop)).filter((place) => place >= 0);
  return places.length === 0 ? null : Math.min(...places);
}
