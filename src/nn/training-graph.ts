import { suggestion, UserError } from '../core/errors.js';
import { inputsOf } from './export.js';
import { buildModel } from './graph/build.js';
import { gradientsWhere } from './graph/gradients.js';
import { type Float, Graph, type Sym } from './graph/graph.js';
import { show } from './graph/shapes.js';
import type { Net, Spec, Specs, Syms } from './net.js';
import { writeModel } from './onnx/write.js';

/**
 * What training makes small: one number under `loss`, and any other numbers that are worth watching under their names.
 * @param out what the network gives
 * @param data what the loss needs besides: targets, masks, weights
 */
export type Loss<O extends string = string, D extends string = string> = (
  out: Syms<O>,
  data: Syms<D>,
) => { readonly loss: Sym; readonly [metric: string]: Sym };

/** The sizes that a net leaves open, by name: `{ batch: 512 }`. */
export type Sizes = { readonly [name: string]: number };

export interface TrainingGraphOptions<I extends string, O extends string, D extends string> {
  readonly net: Net<I, O>;
  readonly data: Specs<D>;
  readonly loss: Loss<O, D>;
  readonly sizes: Sizes;
  /** NOTE: float64 serves to check gradients; training works in float32. */
  readonly float?: Float;
}

export interface TrainingGraph<K extends string> {
  /** Inputs: the weights, the net's own and the data; outputs: `loss/<name>` and `gradient/<weight>`. */
  readonly file: Uint8Array;
  /** What is fed at each step, sizes filled in. */
  readonly inputs: Specs<K>;
  /** `loss` and the names of the metrics. */
  readonly figures: readonly string[];
  /** The weights that the loss depends on; the others have no gradient. */
  readonly trained: readonly string[];
}

/**
 * Loss, metrics and gradients of a net as one ONNX file of fixed sizes.
 * @throws UserError when a size is missing, or a name is given twice
 */
export function trainingGraph<I extends string, O extends string, D extends string>(
  options: TrainingGraphOptions<I, O, D>,
): TrainingGraph<I | D> {
  const { net, loss, sizes } = options;
  const graph = new Graph(options.float ?? 'float32');
  const weights = weightInputs(graph, net);
  const inputs = withSizes(net.inputs, sizes);
  const data = withSizes(options.data, sizes);
  const out = net.forward(weights, inputsOf(graph, inputs));
  const figures = loss(out, inputsOf(graph, data));
  for (const [name, sym] of Object.entries(figures)) graph.output(figureName(name), oneNumber(name, sym));
  const trained = outputGradients(graph, figures.loss, weights);
  const file = writeModel(buildModel(graph, `${net.kind} training`));
  return { file, inputs: { ...inputs, ...data } as Specs<I | D>, figures: Object.keys(figures), trained };
}

function oneNumber(name: string, sym: Sym): Sym {
  if (sym.dims.every((dim) => dim === 1)) return sym;
  throw new UserError(`"${name}" of a loss is one number, not ${show(sym.dims)}`);
}

function outputGradients(graph: Graph, loss: Sym, weights: Syms): readonly string[] {
  const found = gradientsWhere(loss, Object.values(weights));
  const trained = Object.keys(weights).filter((name, i) => {
    const gradient = found[i];
    if (gradient !== undefined) graph.output(gradientName(name), gradient);
    return gradient !== undefined;
  });
  if (trained.length === 0) throw new UserError('the loss depends on no weight of the network');
  return trained;
}

export function figureName(name: string): string {
  return `loss/${name}`;
}

export function gradientName(weight: string): string {
  return `gradient/${weight}`;
}

function weightInputs(graph: Graph, net: Net): Syms {
  const entries = Object.entries(net.params);
  return Object.fromEntries(entries.map(([name, { dims }]) => [name, graph.input(name, dims)]));
}

/** Specs with every open size filled in. @throws UserError naming the size that is missing */
export function withSizes<K extends string>(specs: Specs<K>, sizes: Sizes): Specs<K> {
  const filled = Object.entries<Spec>(specs).map(([name, spec]) => [
    name,
    { ...spec, dims: spec.dims.map((dim) => (typeof dim === 'number' ? dim : sizeFor(name, dim, sizes))) },
  ]);
  return Object.fromEntries(filled) as Specs<K>;
}

function sizeFor(input: string, dim: string, sizes: Sizes): number {
  const size = sizes[dim];
  if (size !== undefined && Number.isInteger(size) && size >= 1) return size;
  const why =
    size === undefined ? `is not given; ${suggestion(dim, Object.keys(sizes))}` : `is no whole number from 1: ${size}`;
  throw new UserError(`the size "${dim}" of "${input}" ${why}`);
}
