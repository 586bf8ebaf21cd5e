import { UserError } from '../core/errors.js';
import { Rng } from '../core/rng.js';
import { cachedDecoder } from './decoder/cached.js';
import { scoringDecoder } from './decoder/scored.js';
import type { DecoderLm } from './decoder.js';
import { checkSame, type Params } from './params.js';
import type { Tensor } from './runtime.js';
import { Chooser, type Choosing, type Chosen } from './sampler/choose.js';
import { type Decode, Generation } from './sampler/generation.js';
import { Loaded } from './sampler/loaded.js';
import { firstTokens, Prefixes } from './sampler/prefixes.js';

export interface SampleOptions extends Choosing {
  /** The most tokens of an answer. Prompt and answer together are at most context + 1. */
  readonly maxTokens: number;
  readonly rng: Rng;
  /** Tokens that end an answer; the one drawn is its last. */
  readonly stop?: readonly number[];
  /** The tokens that an answer may go on with: `soFar` is its own, without the prompt. All where it gives undefined. */
  readonly allowed?: (row: number, soFar: readonly number[]) => readonly number[] | undefined;
}

/** An answer to a prompt. */
export interface Sampled {
  readonly tokens: number[];
  /** Each token's log probability under the model alone, as `logps` gives it. */
  readonly logps: number[];
  /** Each token's log probability under what it was drawn from: temperature, limits and allowed tokens included. */
  readonly drawnLogps: number[];
  readonly ended: 'stop' | 'length';
  /** Tokens of the prompt that were not read again, because an earlier prompt began with them. */
  readonly remembered: number;
}

export interface LmPolicyOptions {
  /** Sequences that are worked on together: 32 if not said. */
  readonly batch?: number;
  /** 1 if not said. */
  readonly threads?: number;
  /** Faster by up to a half, but training shows only after `refresh`. False if not said: training shows at once. */
  readonly baked?: boolean;
  /**
   * Whether prompts that begin as earlier ones did are read from where they differ; the answers are the same to
   * rounding. Only where `batch` is 1 and weights are baked in. False if not said.
   */
  readonly remembers?: boolean;
}

/** A language model that writes and that judges what is written. */
export interface LmPolicy {
  /**
   * An answer to each prompt, none of them empty. A row's draws depend on `rng` and its own number alone, not on the
   * rows beside it.
   * @throws UserError when a prompt is empty, too long or holds what is no token
   */
  sample(prompts: readonly (readonly number[])[], options: SampleOptions): Promise<Sampled[]>;
  /** For each sequence the log probability of each token after the first, given those before it. @throws UserError */
  logps(sequences: readonly (readonly number[])[]): Promise<number[][]>;
  /** Takes over the weights as they are now, where they are baked in. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A decoder at work on the weights of `params`, which it reads and never writes.
 * @throws UserError when the weights are not this net's
 */
export function lmPolicy(net: DecoderLm, params: Params, options: LmPolicyOptions = {}): LmPolicy {
  const { batch = 32, threads = 1, baked = false, remembers = false } = options;
  checkSame(Object.entries(net.params), params);
  if (!(Number.isInteger(batch) && batch >= 1)) throw new UserError(`batch is a whole number from 1, not ${batch}`);
  if (remembers && !(baked && batch === 1)) throw new UserError('remembers: it takes batch 1 and baked weights');
  const road = { params, baked, threads };
  return new DecoderPolicy(
    net,
    batch,
    new Loaded((weights) => cachedDecoder(net.config, { weights, lastOnly: true }), road),
    new Loaded((weights) => scoringDecoder(net, weights), road),
    remembers ? readBefore() : null,
  );
}

function readBefore(): Prefixes<Tensor> {
  return new Prefixes(({ data, dims }, tokens) => firstTokens(data as Float32Array, dims, tokens));
}

class DecoderPolicy implements LmPolicy {
  readonly #net: DecoderLm;
  readonly #batch: number;
  readonly #writer: Loaded;
  readonly #judge: Loaded;
  #before: Prefixes<Tensor> | null;

  constructor(net: DecoderLm, batch: number, writer: Loaded, judge: Loaded, before: Prefixes<Tensor> | null) {
    this.#net = net;
    this.#batch = batch;
    this.#writer = writer;
    this.#judge = judge;
    this.#before = before;
  }

  async sample(prompts: readonly (readonly number[])[], options: SampleOptions): Promise<Sampled[]> {
    const { context, vocab } = this.#net.config;
    checkSequences('prompt', prompts, { least: 1, most: context, vocab });
    const chooser = new Chooser(vocab, options);
    const answers = prompts.map((prompt, row) => new Answer(row, prompt, options, context));
    for (const group of groupsOf(answers, this.#batch)) await this.#write(group, chooser);
    return answers.map(({ sampled }) => sampled);
  }

  async logps(sequences: readonly (readonly number[])[]): Promise<number[][]> {
    const { context, vocab } = this.#net.config;
    checkSequences('sequence', sequences, { least: 2, most: context + 1, vocab });
    const found: number[][] = [];
    for (const group of groupsOf(sequences, this.#batch)) found.push(...(await this.#score(group)));
    return found;
  }

  async refresh(): Promise<void> {
    this.#before &&= readBefore();
    await Promise.all([this.#writer.refresh(), this.#judge.refresh()]);
  }

  async close(): Promise<void> {
    await Promise.all([this.#writer.close(), this.#judge.close()]);
  }

  async #write(group: readonly Answer[], chooser: Chooser): Promise<void> {
    let rows = group.filter(({ ended }) => ended === null);
    if (rows.length === 0) return;
    const started = await this.#read(rows);
    for (let { logits } = started; ; logits = await started.generation.next(rows.map(({ last }) => last))) {
      rows.forEach((row, index) => {
        row.grow(logits[index] as Float32Array, chooser);
      });
      const going = rows.flatMap(({ ended }, index) => (ended === null ? [index] : []));
      if (going.length === 0) return this.#keep(rows, started.generation);
      // NOTE: rows that have ended cost as much as others; leaving them out costs a copy of the cache.
      if (going.length > rows.length / 2) continue;
      started.generation.keep(going);
      rows = going.map((index) => rows[index] as Answer);
    }
  }

  #read(rows: readonly Answer[]) {
    const { config } = this.#net;
    const decode: Decode = (feeds) => this.#writer.run(feeds);
    const [first] = rows as readonly [Answer];
    const known = this.#before?.find(first.prompt) ?? null;
    const prompts = rows.map(({ prompt }) => prompt);
    if (known === null) return Generation.start(config, decode, prompts);
    first.remembered = known.ids.length;
    return Generation.resume(config, decode, first.prompt, known);
  }

  /** NOTE: the last token of an answer was drawn and never read. */
  #keep([row]: readonly Answer[], { past }: Generation): void {
    if (row !== undefined) this.#before?.keep({ ids: [...row.prompt, ...row.sampled.tokens.slice(0, -1)], past });
  }

  async #score(group: readonly (readonly number[])[]): Promise<number[][]> {
    const seq = Math.max(...group.map(({ length }) => length)) - 1;
    const dims = [group.length, seq];
    const places = (from: number): Tensor => {
      const data = new Int32Array(group.length * seq);
      group.forEach((sequence, row) => {
        data.set(sequence.slice(from, from + sequence.length - 1), row * seq);
      });
      return { data, dims };
    };
    const { logps } = await this.#judge.run({ ids: places(0), targets: places(1) });
    const all = Array.from((logps as Tensor).data as Float32Array);
    return group.map(({ length }, row) => all.slice(row * seq, row * seq + length - 1));
  }
}

/** An answer as it grows. */
class Answer {
  readonly prompt: readonly number[];
  readonly #tokens: number[] = [];
  readonly #chosen: Chosen[] = [];
  readonly #row: number;
  readonly #options: SampleOptions;
  readonly #most: number;
  readonly #rng: Rng;
  ended: 'stop' | 'length' | null = null;
  remembered = 0;

  constructor(row: number, prompt: readonly number[], options: SampleOptions, context: number) {
    this.prompt = prompt;
    this.#row = row;
    this.#options = options;
    this.#most = Math.min(options.maxTokens, context + 1 - prompt.length);
    this.#rng = drawsOf(options.rng);
    if (!(this.#most >= 1)) this.ended = 'length';
  }

  get last(): number {
    return this.#tokens.at(-1) as number;
  }

  get sampled(): Sampled {
    return {
      tokens: this.#tokens,
      logps: this.#chosen.map(({ logp }) => logp),
      drawnLogps: this.#chosen.map(({ drawnLogp }) => drawnLogp),
      ended: this.ended ?? 'length',
      remembered: this.remembered,
    };
  }

  grow(logits: Float32Array, chooser: Chooser): void {
    if (this.ended !== null) return;
    const { allowed, stop } = this.#options;
    const chosen = chooser.choose(logits, allowed?.(this.#row, this.#tokens), this.#rng);
    this.#tokens.push(chosen.token);
    this.#chosen.push(chosen);
    if (stop?.includes(chosen.token)) this.ended = 'stop';
    else if (this.#tokens.length >= this.#most) this.ended = 'length';
  }
}

/** The draws of one answer, which those of others do not shift. */
export function drawsOf(rng: Rng): Rng {
  return new Rng([rng.next() | 1, rng.next(), rng.next(), rng.next()]);
}

function checkSequences(
  noun: string,
  sequences: readonly (readonly number[])[],
  { least, most, vocab }: { readonly least: number; readonly most: number; readonly vocab: number },
): void {
  sequences.forEach((sequence, row) => {
    if (sequence.length < least || sequence.length > most)
      throw new UserError(`${noun} ${row} has ${sequence.length} tokens; it takes ${least} to ${most}`);
    const strange = sequence.find((token) => !(Number.isInteger(token) && token >= 0 && token < vocab));
    if (strange !== undefined)
      throw new UserError(`${noun} ${row} holds ${strange}, which is no token: ids are 0 to ${vocab - 1}`);
  });
}

function groupsOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
