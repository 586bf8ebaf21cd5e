import type { Message } from '../../core/agent.js';
import type { JsonObject } from '../../core/json.js';
import type { CachedArray } from '../../nn/sampler/prefixes.js';
import { absent } from '../absent.js';

const PACKAGE = '@huggingface/transformers';

/** The part of transformers.js 4 that is used; the package is an optional peer and brings its own types. */
export interface Transformers {
  readonly AutoTokenizer: { from_pretrained(model: string): Promise<HubTokenizer> };
  readonly AutoModelForCausalLM: { from_pretrained(model: string): Promise<HubModel> };
  readonly Tensor: new (type: string, data: object, dims: readonly number[]) => HubTensor;
  readonly DynamicCache: new (entries: { readonly [name: string]: HubTensor }) => object;
}

export interface HubTokenizer {
  /** @throws where the folder has no template */
  get_chat_template(options: { readonly tools: readonly object[] | null }): string;
  /** The request as one text, marks and all. */
  apply_chat_template(
    messages: readonly Message[],
    options: {
      readonly tools: readonly JsonObject[] | null;
      readonly add_generation_prompt: true;
      readonly tokenize: false;
    },
  ): string;
  /** NOTE: nothing that is public tells of marks which are not special, and turns of some models begin with such. */
  readonly _tokenizer: {
    get_added_tokens_decoder(): ReadonlyMap<number, { readonly content: string; readonly special: boolean }>;
  };
  encode(text: string, options: { readonly add_special_tokens: false }): readonly number[];
  decode(
    ids: readonly number[],
    options: { readonly skip_special_tokens: true; readonly clean_up_tokenization_spaces: false },
  ): string;
}

export interface HubTensor extends CachedArray {
  readonly type: string;
  readonly data: HubNumbers;
}
export type HubNumbers = Float32Array | Uint16Array;

export interface HubModel {
  readonly config: { readonly [name: string]: unknown };
  readonly generation_config: { readonly [name: string]: unknown } | null;
  generate(options: { readonly [name: string]: unknown }): Promise<{ readonly past_key_values: object }>;
  dispose(): Promise<unknown>;
}

/** Brings the package. @param id the model it is wanted for */
export type Importer = (id: string) => Promise<Transformers>;

/**
 * Imports the package. NOTE: its name is no literal, so that compiler and build do without it.
 * @throws UserError when it is not installed
 */
export const importTransformers: Importer = async (id) => {
  const name: string = PACKAGE;
  try {
    return (await import(name)) as Transformers;
  } catch (error) {
    throw absent(error, PACKAGE, id);
  }
};
