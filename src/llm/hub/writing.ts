import { messageOf } from '../../core/errors.js';
import { Chooser } from '../../nn/sampler/choose.js';
import { firstTokens, Prefixes } from '../../nn/sampler/prefixes.js';
import { drawsOf, type SampleOptions } from '../../nn/sampler.js';
import { ModelError } from '../model.js';
import type { HubModel, HubNumbers, HubTensor, Transformers } from './package.js';

/** What a model of the hub wrote. */
export interface HubAnswer {
  readonly tokens: number[];
  readonly logps: number[];
  readonly ended: boolean;
  readonly cached: number;
}

/** Writes answers with a model of the hub; tokens are drawn here, as for every other model of this process. */
export class HubWriter {
  readonly #package: Transformers;
  readonly #model: HubModel;
  readonly #before = new Prefixes<HubTensor>((tensor, tokens) => this.#cut(tensor, tokens));

  constructor(loaded: Transformers, model: HubModel) {
    this.#package = loaded;
    this.#model = model;
  }

  /** @param options `stop` are the tokens that end an answer. @throws ModelError */
  async write(prompt: readonly number[], options: SampleOptions, signal: AbortSignal | null): Promise<HubAnswer> {
    const known = this.#before.find(prompt);
    const drawn = new Drawn(options);
    const past = known === null ? {} : { past_key_values: new this.#package.DynamicCache(known.past) };
    const dims = [1, prompt.length];
    const generated = this.#model.generate({
      input_ids: new this.#package.Tensor('int64', BigInt64Array.from(prompt, BigInt), dims),
      attention_mask: new this.#package.Tensor('int64', new BigInt64Array(prompt.length).fill(1n), dims),
      ...past,
      ...PLAIN,
      max_new_tokens: options.maxTokens,
      logits_processor: [(_: unknown, logits: { readonly data: Float32Array }) => drawn.from(logits)],
      stopping_criteria: [() => [drawn.ended || signal?.aborted === true]],
    });
    const { past_key_values } = await generated.catch((error: unknown) => {
      throw new ModelError('bad-reply', messageOf(error));
    });
    const { tokens, logps, ended } = drawn;
    this.#keep([...prompt, ...tokens.slice(0, -1)], past_key_values);
    return { tokens, logps, ended, cached: known?.ids.length ?? 0 };
  }

  /** NOTE: some models keep states that do not grow with the tokens; those cannot be cut, so they are not kept. */
  #keep(ids: readonly number[], cache: object): void {
    const past = { ...cache } as { readonly [name: string]: HubTensor };
    if (Object.values(past).every(({ dims }) => dims.length === 4 && dims[2] === ids.length))
      this.#before.keep({ ids, past });
  }

  #cut({ type, data, dims }: HubTensor, tokens: number): HubTensor {
    const first = firstTokens<HubNumbers>(data, dims, tokens);
    return new this.#package.Tensor(type, first.data, first.dims);
  }
}

/** Nothing is to change the logits before a token is drawn from them, and the cache is wanted back. */
const PLAIN = { do_sample: false, repetition_penalty: 1, no_repeat_ngram_size: 0, return_dict_in_generate: true };

/** The tokens of an answer as they are drawn. */
class Drawn {
  readonly tokens: number[] = [];
  readonly logps: number[] = [];
  readonly #options: SampleOptions;
  readonly #rng: SampleOptions['rng'];
  #chooser: Chooser | null = null;

  constructor(options: SampleOptions) {
    this.#options = options;
    this.#rng = drawsOf(options.rng);
  }

  get ended(): boolean {
    const last = this.tokens.at(-1);
    return last !== undefined && (this.#options.stop ?? []).includes(last);
  }

  /** Draws the next token, and leaves no other to take. */
  from<L extends { readonly data: Float32Array }>(logits: L): L {
    const { data } = logits;
    const { allowed } = this.#options;
    this.#chooser ??= new Chooser(data.length, this.#options);
    const { token, logp } = this.#chooser.choose(data, allowed?.(0, this.tokens), this.#rng);
    this.tokens.push(token);
    this.logps.push(logp);
    data.fill(Number.NEGATIVE_INFINITY);
    data[token] = 0;
    return logits;
  }
}
