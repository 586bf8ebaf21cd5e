import type { Rng } from '../../../src/core/rng.js';
import { regretLoss } from '../../../src/nn/losses.js';
import { mlp } from '../../../src/nn/mlp.js';
import { initParams, type Params } from '../../../src/nn/params.js';
import { plainMlp } from '../../../src/nn/plain.js';
import { type Trainer, trainer } from '../../../src/nn/train.js';
import type { Information } from '../../encoding.js';
import type { Decision } from './outcome.js';
import type { Walk } from './walk.js';

export interface BaselineOptions {
  readonly hidden: readonly number[];
  readonly batch: number;
  readonly learningRate: number;
  readonly clip: number;
  /** Lines of play remembered; older ones are forgotten. */
  readonly memory: number;
}

export interface SavedBaseline {
  readonly added: number;
  readonly rows: Uint8Array;
  readonly training: Uint8Array;
}

type Column = 'x' | 'target' | 'legal' | 'weight';

/**
 * What an action is worth for one seat, as a network learns it from the lines it sampled: the value of what comes next
 * under the current strategies (expected SARSA). It never changes what sampled advantages are on average.
 * SEE: Steinberger, Lerer, Brown, "DREAM", arXiv 2006.10410, 2020, section 4.2.
 */
export class Baseline<N> {
  readonly params: Params;
  readonly #walk: Walk<N>;
  readonly #options: BaselineOptions;
  readonly #net;
  readonly #predict: (x: Float32Array) => Float32Array;
  /** Rows of: history, action, return at an end, whether more comes, then the history and strategy that come next. */
  #rows: Float32Array;
  #added = 0;
  #trainer: Promise<Trainer<Column>> | undefined;

  constructor(walk: Walk<N>, options: BaselineOptions, rng: Rng) {
    this.#walk = walk;
    this.#options = options;
    this.#net = mlp({ in: walk.historyWidth, hidden: [...options.hidden], out: walk.vocabulary.length });
    this.params = initParams(this.#net.params, rng);
    this.#predict = plainMlp(this.#net, this.params);
    this.#rows = new Float32Array(0);
  }

  /** Value of each offered option, in units of the walk's scale. */
  values(node: N, { actions }: Information): Float64Array {
    const predicted = this.#predict(this.#walk.history(node));
    return Float64Array.from(actions, (action) => predicted[action] as number);
  }

  /** Remembers a line of play. */
  add(decisions: readonly Decision<N>[], returned: number): void {
    for (const [at, { node, information, taken }] of decisions.entries()) {
      const width = this.#walk.historyWidth;
      const row = this.#row(this.#added++ % this.#options.memory).fill(0);
      row.set(this.#walk.history(node));
      row[width] = information.actions[taken] as number;
      row[width + 1] = returned;
      const next = decisions[at + 1];
      if (next === undefined) continue;
      row[width + 2] = 1;
      row.set(this.#walk.history(next.node), width + 3);
      for (const [option, action] of next.information.actions.entries()) {
        row[2 * width + 3 + action] = next.strategy[option] as number;
      }
    }
  }

  /** Trains on from where it is. Gives the mean loss. */
  async fit(steps: number, rng: Rng): Promise<number> {
    if (this.#size === 0 || steps === 0) return Number.NaN;
    const training = await this.#training();
    let loss = 0;
    for (let step = 0; step < steps; step++) loss += (await training.step(this.#draw(rng))).loss / steps;
    return loss;
  }

  /** Weights with Adam's memory, and the remembered steps. */
  async save(): Promise<SavedBaseline> {
    const { buffer, byteOffset } = this.#rows;
    const rows = new Uint8Array(buffer, byteOffset, this.#size * this.#rowWidth * 4).slice();
    return { added: this.#added, rows, training: (await this.#training()).state() };
  }

  async restore({ added, rows, training }: SavedBaseline): Promise<void> {
    this.#added = added;
    this.#rows = new Float32Array(rows.slice().buffer);
    (await this.#training()).restore(training);
  }

  async close(): Promise<void> {
    await (await this.#trainer)?.close();
  }

  #training(): Promise<Trainer<Column>> {
    this.#trainer ??= this.#open();
    return this.#trainer;
  }

  #open(): Promise<Trainer<Column>> {
    const { batch, learningRate, clip } = this.#options;
    const { data, loss } = regretLoss(this.#walk.vocabulary.length);
    const adam = { lr: learningRate, clipNorm: clip };
    return trainer({ net: this.#net, params: this.params, data, loss, sizes: { batch }, adam });
  }

  /** NOTE: only the action that was taken has a target, so it alone counts as legal. */
  #draw(rng: Rng): { readonly [name in Column]: Float32Array } {
    const { batch } = this.#options;
    const width = this.#walk.historyWidth;
    const actions = this.#walk.vocabulary.length;
    const x = new Float32Array(batch * width);
    const target = new Float32Array(batch * actions);
    const legal = new Float32Array(batch * actions);
    for (let at = 0; at < batch; at++) {
      const row = this.#row(rng.below(this.#size));
      const action = row[width] as number;
      x.set(row.subarray(0, width), at * width);
      target[at * actions + action] = this.#target(row);
      legal[at * actions + action] = 1;
    }
    return { x, target, legal, weight: new Float32Array(batch).fill(1) };
  }

  /** The return at an end, else what the current values say of what comes next. */
  #target(row: Float32Array): number {
    const width = this.#walk.historyWidth;
    if (row[width + 2] === 0) return row[width + 1] as number;
    const predicted = this.#predict(row.subarray(width + 3, 2 * width + 3));
    let value = 0;
    for (let action = 0; action < predicted.length; action++) {
      value += (row[2 * width + 3 + action] as number) * (predicted[action] as number);
    }
    return value;
  }

  get #size(): number {
    return Math.min(this.#added, this.#options.memory);
  }

  get #rowWidth(): number {
    return 2 * this.#walk.historyWidth + 3 + this.#walk.vocabulary.length;
  }

  #row(index: number): Float32Array {
    const width = this.#rowWidth;
    if ((index + 1) * width > this.#rows.length) {
      const rows = Math.min(this.#options.memory, Math.max(1024, 2 * (index + 1)));
      const grown = new Float32Array(rows * width);
      grown.set(this.#rows);
      this.#rows = grown;
    }
    return this.#rows.subarray(index * width, (index + 1) * width);
  }
}
