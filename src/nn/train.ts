import { UserError } from '../core/errors.js';
import { Adam, type AdamOptions, normOf } from './adam.js';
import { type Batch, BatchMemory } from './batch.js';
import { fixed } from './graph/shapes.js';
import type { Net, Specs } from './net.js';
import { checkSame, type Param, Params } from './params.js';
import { type OpenModel, openModel, type Tensor } from './runtime.js';
import {
  figureName,
  gradientName,
  type TrainingGraph,
  type TrainingGraphOptions,
  trainingGraph,
} from './training-graph.js';
import { readTrainingState, writeTrainingState } from './training-state.js';

export interface TrainerOptions<I extends string, O extends string, D extends string>
  extends Omit<TrainingGraphOptions<I, O, D>, 'float'> {
  readonly net: Net<I, O>;
  /** Read and written in place. */
  readonly params: Params;
  readonly adam: AdamOptions;
  /** 1 if not said: more pay only for large networks on an idle machine. */
  readonly threads?: number;
}

export interface StepReport {
  /** Steps of Adam taken, over all lives of a resumed training. */
  readonly step: number;
  readonly loss: number;
  /** Length of the gradients, before clipping. */
  readonly gradNorm: number;
  readonly metrics: { readonly [name: string]: number };
}

/** One step at a time: the next begins when the last has ended. */
export interface Trainer<K extends string> {
  /**
   * Loss and gradients of a batch, and one step of Adam.
   * @throws UserError when the batch does not fit, or its loss or gradients are not finite: then no weight has changed
   */
  step(batch: Batch<K>): Promise<StepReport>;
  /** Loss and gradients alone: no weight changes. The gradients are overwritten by the next call. */
  measure(batch: Batch<K>): Promise<StepReport & { readonly gradients: Params }>;
  /** Everything it takes to go on, weights included: training from there gives the same bits. */
  state(): Uint8Array;
  /** @throws UserError when it is no state, or one of another network */
  restore(state: Uint8Array): void;
  close(): Promise<void>;
}

/**
 * Trains a net's weights: loss and gradients are one ONNX graph of fixed sizes, Adam is a loop over the same arrays.
 * @throws UserError when sizes, names or weights do not fit, or networks cannot be run here
 */
export async function trainer<I extends string, O extends string, D extends string>(
  options: TrainerOptions<I, O, D>,
): Promise<Trainer<I | D>> {
  const { net, params, data, sizes, adam, threads = 1 } = options;
  checkSame(Object.entries(net.params), params);
  const graph = trainingGraph(options);
  const model = await openModel(graph.file, { threads });
  const memory = new BatchMemory({ ...net.inputs, ...data } as Specs, sizes);
  return new Training<I | D>(params, new Adam(params, adam), memory, graph, model);
}

class Training<K extends string> implements Trainer<K> {
  readonly #figures: ReadonlyMap<string, Tensor>;
  readonly #gradients: Params;
  readonly #run: () => Promise<void>;

  constructor(
    readonly params: Params,
    readonly adam: Adam,
    readonly memory: BatchMemory,
    graph: TrainingGraph<K>,
    readonly model: OpenModel,
  ) {
    const dimsOf = new Map(model.outputs.map(({ name, dims }) => [name, fixed(name, dims)]));
    const figure = (name: string) => ({ data: new Float32Array(1), dims: dimsOf.get(figureName(name)) ?? [] });
    this.#figures = new Map(graph.figures.map((name) => [name, figure(name)]));
    this.#gradients = new Params(graph.trained.map((name): [string, Param] => [name, blank(params.param(name))]));
    this.#run = this.#bind();
  }

  async step(batch: Batch<K>): Promise<StepReport> {
    await this.#work(batch);
    const loss = Number(this.#figures.get('loss')?.data[0]);
    // NOTE: a loss that overflows can leave gradients of zero behind.
    if (!Number.isFinite(loss))
      throw new UserError(`the loss of step ${this.adam.step + 1} is ${loss}: nothing was changed`);
    return this.#report(this.adam.update(this.#gradients));
  }

  async measure(batch: Batch<K>): Promise<StepReport & { readonly gradients: Params }> {
    await this.#work(batch);
    return { ...this.#report(normOf(this.#gradients)), gradients: this.#gradients };
  }

  state(): Uint8Array {
    const { step, mean, square } = this.adam;
    return writeTrainingState({ step, weights: this.params, mean, square });
  }

  restore(state: Uint8Array): void {
    const { step, weights, mean, square } = readTrainingState(state);
    checkSame(this.params, weights);
    this.adam.restore(step, mean, square);
    this.params.copyFrom(weights);
  }

  close(): Promise<void> {
    return this.model.close();
  }

  #bind(): () => Promise<void> {
    // NOTE: what the loss makes no use of is no input of the file.
    const taken = this.model.inputs.map(({ name }) => name);
    const feeds = taken.map((name): [string, Tensor] => [
      name,
      this.memory.tensors.get(name) ?? this.params.param(name),
    ]);
    const figures = [...this.#figures].map(([name, tensor]): [string, Tensor] => [figureName(name), tensor]);
    const gradients = [...this.#gradients].map(([name, param]): [string, Tensor] => [gradientName(name), param]);
    return this.model.bind(Object.fromEntries(feeds), Object.fromEntries([...figures, ...gradients]));
  }

  #busy = false;

  async #work(batch: Batch<K>): Promise<void> {
    if (this.#busy) throw new UserError('a step of this trainer is in progress: wait for it first');
    this.#busy = true;
    try {
      this.memory.fill(batch);
      await this.#run();
    } finally {
      this.#busy = false;
    }
  }

  #report(gradNorm: number): StepReport {
    const { loss = Number.NaN, ...metrics } = Object.fromEntries(
      [...this.#figures].map(([name, { data }]) => [name, Number(data[0])]),
    );
    return { step: this.adam.step, loss, gradNorm, metrics };
  }
}

function blank({ dims, data }: Param): Param {
  return { dims, data: new Float32Array(data.length) };
}
