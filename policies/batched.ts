import { type OpenModel, openModel } from '../src/nn/runtime.js';

/**
 * Rows in a run, always: short ones are filled up. One size, because the last bits of a result may depend on it, and a
 * move must not depend on which other episodes asked at the same time. A run of a small network takes about 0.1 ms.
 */
const ROWS = 64;
/** Answers handed out before everybody else gets their turn: each may set off a good part of an episode. */
const AT_ONCE = 8;

/** Numbers that go in, and that come out under each name. */
export interface Sizes<O extends string> {
  readonly in: number;
  readonly out: { readonly [name in O]: number };
}
export type Answer<O extends string> = { readonly [name in O]: Float32Array };

interface Waiting<O extends string> {
  readonly features: Float32Array;
  readonly done: (answer: Answer<O>) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * A network that many episodes ask at once: what has gathered when the event loop comes round is run together, and
 * in between everybody else gets their turn.
 */
export class BatchedNetwork<O extends string> {
  readonly #model: OpenModel;
  readonly #inputs: Float32Array;
  readonly #outputs: Answer<O>;
  readonly #width: number;
  readonly #run: () => Promise<void>;
  #waiting: Waiting<O>[] = [];
  #busy = false;

  /**
   * @param file an exported network with one input [batch, in] and outputs [batch, out] of the given names
   * @throws UserError when it cannot be opened or has no such output
   */
  static async open<O extends string>(file: Uint8Array, sizes: Sizes<O>): Promise<BatchedNetwork<O>> {
    return new BatchedNetwork(await openModel(file), sizes);
  }

  private constructor(model: OpenModel, sizes: Sizes<O>) {
    const outputs = Object.entries<number>(sizes.out).map(([name, width]) => {
      return [name, { data: new Float32Array(ROWS * width), dims: [ROWS, width] }] as const;
    });
    this.#model = model;
    this.#width = sizes.in;
    this.#inputs = new Float32Array(ROWS * sizes.in);
    this.#outputs = Object.fromEntries(outputs.map(([name, { data }]) => [name, data])) as Answer<O>;
    const [input] = model.inputs;
    const feeds = { [input?.name ?? '']: { data: this.#inputs, dims: [ROWS, sizes.in] } };
    this.#run = model.bind(feeds, Object.fromEntries(outputs));
  }

  /** What the network gives for one row of features. */
  ask(features: Float32Array): Promise<Answer<O>> {
    return new Promise((done, failed) => {
      this.#waiting.push({ features, done, failed });
      if (this.#busy) return;
      this.#busy = true;
      setImmediate(() => this.#work());
    });
  }

  close(): Promise<void> {
    return this.#model.close();
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, ROWS);
      try {
        await this.#compute(batch);
      } catch (error) {
        for (const { failed } of batch) failed(error);
        continue;
      }
      const answers = batch.map((_, row) => this.#answer(row));
      for (const [row, { done }] of batch.entries()) {
        done(answers[row] as Answer<O>);
        if (row % AT_ONCE === AT_ONCE - 1) await turnOfOthers();
      }
      await turnOfOthers();
    }
    this.#busy = false;
  }

  async #compute(batch: readonly Waiting<O>[]): Promise<void> {
    for (const [row, { features }] of batch.entries()) this.#inputs.set(features, row * this.#width);
    this.#inputs.fill(0, batch.length * this.#width);
    await this.#run();
  }

  /** A copy of a row of each output. */
  #answer(row: number): Answer<O> {
    const rows: { [name: string]: Float32Array } = {};
    for (const name in this.#outputs) {
      const width = this.#outputs[name].length / ROWS;
      rows[name] = this.#outputs[name].slice(row * width, (row + 1) * width);
    }
    return rows as Answer<O>;
  }
}

function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
