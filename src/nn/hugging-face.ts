import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf, UserError } from '../core/errors.js';
import type { Json } from '../core/json.js';
import { cachedDecoder } from './decoder/cached.js';
import { type DecoderLm, decoderLm } from './decoder.js';
import { CONFIG, KIND } from './export.js';
import { configJson, generationConfigJson, readConfigJson } from './hugging-face/configs.js';
import { readSafetensors, writeSafetensors } from './hugging-face/safetensors.js';
import { checkSame, Params } from './params.js';
import { readTokenizerJson, tokenizerConfigJson, tokenizerJson } from './tokenizer/files.js';
import type { Tokenizer } from './tokenizer/tokenizer.js';

/** Files by their path in a folder. */
export type Files = { readonly [path: string]: Uint8Array };

/** A language model with all it takes to use it. */
export interface LanguageModel {
  readonly net: DecoderLm;
  readonly params: Params;
  readonly tokenizer: Tokenizer;
}

/** NOTE: GPT-2's weights stand under this name beside the head, which is the embedding again and not stored. */
const PREFIX = 'transformer.';

/**
 * The files of a Hugging Face folder: `config.json`, `generation_config.json`, `tokenizer.json`, `tokenizer_config.json`
 * with a chat template, `model.safetensors` with GPT-2's names, and `onnx/model.onnx`, the form with a cache.
 * `transformers` (Python) and transformers.js open the folder as a GPT-2.
 * @throws UserError when the tokenizer has more tokens than the net, or the weights are not the net's
 */
export function toHuggingFace({ net, params, tokenizer }: LanguageModel): Files {
  const { config } = net;
  checkSame(Object.entries(net.params), params);
  if (tokenizer.size > config.vocab)
    throw new UserError(`the tokenizer has ${tokenizer.size} tokens, but the decoder only ${config.vocab}`);
  const metadata = { [KIND]: `${net.kind}-cached`, [CONFIG]: JSON.stringify(config) };
  return {
    'config.json': json(configJson(config, tokenizer)),
    'generation_config.json': json(generationConfigJson(tokenizer)),
    'tokenizer.json': json(tokenizerJson(tokenizer)),
    'tokenizer_config.json': json(tokenizerConfigJson(tokenizer, config.context)),
    'model.safetensors': writeSafetensors(
      [...params].map(([name, { dims, data }]) => ({ name: PREFIX + name, dims, data })),
    ),
    'onnx/model.onnx': cachedDecoder(config, { weights: params, lastOnly: false, metadata }),
  };
}

/** Writes the files into a folder, which is made where there is none. */
export function writeHuggingFace(folder: string, model: LanguageModel): void {
  for (const [path, bytes] of Object.entries(toHuggingFace(model))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/**
 * Reads a folder back, to train on: `config.json`, `model.safetensors` and `tokenizer.json`. A published GPT-2 of plain
 * form is read too.
 * @throws UserError naming the file that is missing or of another kind
 */
export function readHuggingFace(folder: string): LanguageModel {
  const net = decoderLm(readConfigJson(parse(folder, 'config.json')));
  const tensors = readSafetensors(bytesOf(folder, 'model.safetensors'));
  const params = Object.keys(net.params).map((name) => {
    // NOTE: older files of GPT-2 leave the prefix out.
    const tensor = tensors.get(PREFIX + name) ?? tensors.get(name);
    if (tensor === undefined) throw new UserError(`model.safetensors in ${folder} has no "${PREFIX}${name}"`);
    return [name, { dims: tensor.dims, data: tensor.data }] as const;
  });
  const read = new Params(params);
  checkSame(Object.entries(net.params), read);
  return { net, params: read, tokenizer: readTokenizerJson(parse(folder, 'tokenizer.json')) };
}

function json(value: Json): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

function parse(folder: string, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytesOf(folder, path)));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path} in ${folder} is not JSON: ${messageOf(error)}`);
  }
}

function bytesOf(folder: string, path: string): Uint8Array {
  try {
    return readFileSync(join(folder, path));
  } catch (error) {
    throw new UserError(`cannot read ${path} in ${folder}: ${messageOf(error)}`);
  }
}
