import { type OpenModel, openModel } from '../src/nn/runtime.js';

/**
 * Rows in a run, always: short ones are filled up. One size, because the last bits of a result may depend on it, and a
 * move must not depend on which other episodes asked at the same time. A run of a small network takes about 0.1 ms.
 */
const ROWS = 64;

interface Waiting {
  readonly features: Float32Array;
  readonly done: (outputs: Float32Array) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * A network that many episodes ask at once: what has gathered when the event loop comes round is run together, and
 * between two runs everybody else gets their turn.
 */
export class BatchedNetwork {
  readonly #model: OpenModel;
  readonly #inputs: Float32Array;
  readonly #outputs: Float32Array;
  readonly #width: number;
  readonly #run: () => Promise<void>;
  #waiting: Waiting[] = [];
  #busy = false;

  /**
   * @param file an exported network with one input [batch, in] and the output `name` [batch, out]
   * @throws UserError when it cannot be opened or has no such output
   */
  static async open(file: Uint8Array, name: string, sizes: { in: number; out: number }): Promise<BatchedNetwork> {
    return new BatchedNetwork(await openModel(file), name, sizes);
  }

  private constructor(model: OpenModel, name: string, sizes: { readonly in: number; readonly out: number }) {
    this.#model = model;
    this.#width = sizes.in;
    this.#inputs = new Float32Array(ROWS * sizes.in);
    this.#outputs = new Float32Array(ROWS * sizes.out);
    const [input] = model.inputs;
    this.#run = model.bind(
      { [input?.name ?? '']: { data: this.#inputs, dims: [ROWS, sizes.in] } },
      { [name]: { data: this.#outputs, dims: [ROWS, sizes.out] } },
    );
  }

  /** What the network gives for one row of features. */
  ask(features: Float32Array): Promise<Float32Array> {
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
      await this.#answer(batch);
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#busy = false;
  }

  async #answer(batch: readonly Waiting[]): Promise<void> {
    try {
      for (const [row, { features }] of batch.entries()) this.#inputs.set(features, row * this.#width);
      this.#inputs.fill(0, batch.length * this.#width);
      await this.#run();
    } catch (error) {
      for (const { failed } of batch) failed(error);
      return;
    }
    const out = this.#outputs.length / ROWS;
    for (const [row, { done }] of batch.entries()) done(this.#outputs.slice(row * out, (row + 1) * out));
  }
}
