import type { DecoderConfig } from '../decoder/config.js';
import type { Tensor, Tensors } from '../runtime.js';
import type { Prefix } from './prefixes.js';

/** Runs a cached decoder with the names of `cachedDecoder`. */
export type Decode = (feeds: Tensors) => Promise<Tensors>;

/**
 * Several sequences that grow by a token a step. Rows are filled up at the front, so that all end in the same place;
 * empty places are masked, and a row's own places count from 0.
 */
export class Generation {
  readonly #config: DecoderConfig;
  readonly #decode: Decode;
  #empty: readonly number[];
  #lengths: readonly number[];
  #width: number;
  #past: Tensors;

  private constructor(config: DecoderConfig, decode: Decode, prompts: readonly (readonly number[])[], past: Tensors) {
    this.#config = config;
    this.#decode = decode;
    this.#width = Math.max(...prompts.map(({ length }) => length));
    this.#empty = prompts.map(({ length }) => this.#width - length);
    this.#lengths = prompts.map(({ length }) => length);
    this.#past = past;
  }

  /** Reads one prompt, of which the beginning has been read before: it is no longer than the prompt less one token. */
  static async resume(config: DecoderConfig, decode: Decode, prompt: readonly number[], { ids, past }: Prefix<Tensor>) {
    const generation = new Generation(config, decode, [prompt], past);
    const fresh = prompt.slice(ids.length);
    const places = fresh.map((_, i) => ids.length + i);
    return { generation, logits: await generation.#run(fresh, places) };
  }

  /** Reads prompts of one or more tokens. */
  static async start(config: DecoderConfig, decode: Decode, prompts: readonly (readonly number[])[]) {
    const generation = new Generation(config, decode, prompts, noPast(config, prompts.length));
    const width = generation.#width;
    const ids = prompts.flatMap((prompt) => [...Array<number>(width - prompt.length).fill(0), ...prompt]);
    const places = generation.#empty.flatMap((empty) =>
      Array.from({ length: width }, (_, i) => Math.max(0, i - empty)),
    );
    return { generation, logits: await generation.#run(ids, places) };
  }

  /** Keys and values of what was read so far. */
  get past(): Tensors {
    return this.#past;
  }

  /** Adds a token to each row and gives the logits of the next. */
  next(tokens: readonly number[]): Promise<Float32Array[]> {
    this.#width++;
    const last = this.#config.context - 1;
    // NOTE: a row that has ended may go on past the last place there is; nobody reads what it gives.
    const places = this.#lengths.map((length) => Math.min(length, last));
    this.#lengths = this.#lengths.map((length) => length + 1);
    return this.#run(tokens, places);
  }

  /** Goes on with some of the rows only, in the order given. */
  keep(rows: readonly number[]): void {
    const of = <T>(list: readonly T[]): T[] => rows.map((row) => list[row] as T);
    this.#empty = of(this.#empty);
    this.#lengths = of(this.#lengths);
    this.#past = Object.fromEntries(Object.entries(this.#past).map(([name, cache]) => [name, rowsOf(cache, rows)]));
  }

  async #run(ids: readonly number[], places: readonly number[]): Promise<Float32Array[]> {
    const rows = this.#empty.length;
    const dims = [rows, ids.length / rows];
    const attention = new BigInt64Array(rows * this.#width).fill(1n);
    this.#empty.forEach((empty, row) => {
      attention.fill(0n, row * this.#width, row * this.#width + empty);
    });
    const outputs = await this.#decode({
      ...this.#past,
      input_ids: { data: BigInt64Array.from(ids, BigInt), dims },
      position_ids: { data: BigInt64Array.from(places, BigInt), dims },
      attention_mask: { data: attention, dims: [rows, this.#width] },
    });
    this.#past = pastFrom(outputs, this.#config.layers);
    const { vocab } = this.#config;
    const logits = (outputs.logits as Tensor).data as Float32Array;
    return Array.from({ length: rows }, (_, row) => logits.subarray(row * vocab, (row + 1) * vocab));
  }
}

function noPast({ layers, heads, width }: DecoderConfig, rows: number): Tensors {
  const none = { data: new Float32Array(0), dims: [rows, heads, 0, width / heads] };
  return Object.fromEntries(cacheNames(layers).map(({ past }) => [past, none]));
}

function pastFrom(outputs: Tensors, layers: number): Tensors {
  return Object.fromEntries(cacheNames(layers).map(({ past, present }) => [past, outputs[present] as Tensor]));
}

function cacheNames(layers: number): { past: string; present: string }[] {
  return Array.from({ length: layers }, (_, layer) => layer).flatMap((layer) =>
    ['key', 'value'].map((part) => ({ past: `past_key_values.${layer}.${part}`, present: `present.${layer}.${part}` })),
  );
}

function rowsOf({ data, dims }: Tensor, rows: readonly number[]): Tensor {
  const [before = 1, ...rest] = dims;
  const size = data.length / before;
  const kept = new Float32Array(rows.length * size);
  rows.forEach((row, at) => {
    kept.set((data as Float32Array).subarray(row * size, (row + 1) * size), at * size);
  });
  return { data: kept, dims: [rows.length, ...rest] };
}
