import type { Rng } from '../../../src/core/rng.js';
import type { Objective } from '../../../src/nn/losses.js';
import { mlp } from '../../../src/nn/mlp.js';
import type { Net } from '../../../src/nn/net.js';
import { initParams, type Params } from '../../../src/nn/params.js';
import { type Trainer, trainer } from '../../../src/nn/train.js';
import type { Information } from '../../encoding.js';
import { Reservoir } from './reservoir.js';

type Column = 'target' | 'legal' | 'weight';

export interface FittingOptions {
  /** Numbers that go into the network, and actions it gives a number for. */
  readonly width: number;
  readonly actions: number;
  readonly hidden: readonly number[];
  readonly batch: number;
  readonly learningRate: number;
  readonly clip: number;
  /** Rows kept. */
  readonly memory: number;
}

/**
 * A memory of samples (features, one target for each legal action, weight) and a network that is fitted to it, always
 * from scratch. A row of the memory: features, targets, legal flags, weight.
 */
export class Fitting {
  readonly net: Net<'x', 'y'>;
  readonly memory: Reservoir;
  readonly #options: FittingOptions;
  readonly #objective: Objective<'y', Column>;
  readonly #columns: { readonly [name in Column | 'x']: Float32Array };

  constructor(options: FittingOptions, objective: (actions: number) => Objective<'y', Column>) {
    const { width, actions, batch } = options;
    this.#options = options;
    this.net = mlp({ in: width, hidden: [...options.hidden], out: actions });
    this.memory = new Reservoir(width + 2 * actions + 1, options.memory);
    this.#objective = objective(actions);
    this.#columns = {
      x: new Float32Array(batch * width),
      target: new Float32Array(batch * actions),
      legal: new Float32Array(batch * actions),
      weight: new Float32Array(batch),
    };
  }

  /** Remembers one target for each offered option. */
  remember(information: Information, targets: ArrayLike<number>, weight: number, rng: Rng): void {
    const row = this.memory.add(rng);
    if (row === null) return;
    const { width, actions } = this.#options;
    row.set(information.features);
    for (let option = 0; option < information.actions.length; option++) {
      const action = information.actions[option] as number;
      row[width + action] = targets[option] as number;
      row[width + actions + action] = 1;
    }
    row[width + 2 * actions] = weight;
  }

  /** New weights fitted to the memory, and the mean loss of the last tenth of the steps. */
  async fit(steps: number, rng: Rng): Promise<{ readonly params: Params; readonly loss: number }> {
    const params = initParams(this.net.params, rng);
    if (this.memory.size === 0 || steps === 0) return { params, loss: Number.NaN };
    const training = await this.#open(params);
    const late = Math.floor(steps * 0.9);
    let loss = 0;
    for (let step = 0; step < steps; step++) {
      this.#draw(rng);
      const report = await training.step(this.#columns);
      if (step >= late) loss += report.loss / (steps - late);
    }
    await training.close();
    return { params, loss };
  }

  #open(params: Params): Promise<Trainer<Column | 'x'>> {
    const { batch, learningRate, clip } = this.#options;
    const { data, loss } = this.#objective;
    const adam = { lr: learningRate, clipNorm: clip };
    return trainer({ net: this.net, params, data, loss, sizes: { batch }, adam });
  }

  /** Fills the columns with rows drawn from the memory, each equally likely at every draw. */
  #draw(rng: Rng): void {
    const { width, actions, batch } = this.#options;
    const { x, target, legal, weight } = this.#columns;
    const { memory } = this;
    for (let at = 0; at < batch; at++) {
      const row = rng.below(memory.size);
      memory.copy(row, 0, width, x, at * width);
      memory.copy(row, width, width + actions, target, at * actions);
      memory.copy(row, width + actions, width + 2 * actions, legal, at * actions);
      memory.copy(row, width + 2 * actions, width + 2 * actions + 1, weight, at);
    }
  }
}
