import { Rng } from '../core/rng.js';
import { buildModel } from './graph/build.js';
import { gradientsWhere } from './graph/gradients.js';
import { type Float, Graph, type Sym } from './graph/graph.js';
import { mul, sum } from './graph/ops.js';
import { sizeOf } from './graph/shapes.js';
import type { Syms } from './net.js';
import { writeModel } from './onnx/write.js';
import { normal } from './params.js';
import { openModel, type Tensor, type Tensors } from './runtime.js';

/** Floats are given as plain numbers, whole numbers as typed arrays. */
export interface Values {
  readonly dims: readonly number[];
  readonly data: readonly number[] | Int32Array | BigInt64Array;
  /** Not differentiated: masks, weights. */
  readonly held?: true;
}
export type Given = { readonly [name: string]: Values };
export type Build = (inputs: Syms) => Sym;

/** The step of the differences: below it rounding counts for more than curvature, in float64. */
const H = 1e-5;

export interface Comparison {
  /** Largest distance of a gradient in float64 from its central difference. */
  readonly difference: number;
  /** Largest distance of a gradient in float32 from that in float64. */
  readonly rounding: number;
  /** Longest gradient, so that a comparison of nothing shows. */
  readonly largest: number;
  /** What was built, in float64 and in float32. */
  readonly graphs: readonly [Graph, Graph];
}

/** Gradients of a computation against its central differences; a result of many numbers is weighed into one. */
export async function compare(given: Given, build: Build): Promise<Comparison> {
  const exact = await measured(given, build, 'float64');
  const rough = await measured(given, build, 'float32');
  const differences = await centralDifferences(given, exact.loss);
  const all = [...exact.gradients.values()].flat();
  await exact.close();
  await rough.close();
  return {
    difference: distance(exact.gradients, differences),
    rounding: distance(exact.gradients, rough.gradients),
    largest: Math.max(0, ...all.map(Math.abs)),
    graphs: [exact.graph, rough.graph],
  };
}

type Vectors = ReadonlyMap<string, readonly number[]>;

function floatNames(given: Given): string[] {
  return Object.keys(given).filter((name) => Array.isArray(given[name]?.data) && given[name]?.held !== true);
}

function distance(a: Vectors, b: Vectors): number {
  let worst = 0;
  for (const [name, values] of a) {
    values.forEach((value, i) => {
      const gap = Math.abs(value - (b.get(name)?.[i] as number));
      worst = Number.isNaN(gap) ? Number.POSITIVE_INFINITY : Math.max(worst, gap);
    });
  }
  return worst;
}

async function measured(given: Given, build: Build, float: Float) {
  const graph = new Graph(float);
  const inputs = Object.fromEntries(
    Object.entries(given).map(([name, { dims, data }]) => [name, input(graph, name, dims, data)]),
  );
  const result = weighed(build(inputs));
  const names = floatNames(given);
  graph.output('loss', result);
  const found = gradientsWhere(
    result,
    names.map((name) => inputs[name] as Sym),
  );
  found.forEach((sym, i) => {
    if (sym !== undefined) graph.output(`gradient/${names[i]}`, sym);
  });
  const model = await openModel(writeModel(buildModel(graph, 'check')));
  const taken = new Set(model.inputs.map(({ name }) => name));
  const run = (values: Given) =>
    model.run(Object.fromEntries(Object.entries(tensors(values, float)).filter(([name]) => taken.has(name))));
  const at = await run(given);
  const gradients = new Map(names.map((name) => [name, numbers(at[`gradient/${name}`], given[name]?.dims ?? [])]));
  return {
    graph,
    gradients,
    loss: async (values: Given) => Number((await run(values)).loss?.data[0]),
    close: () => model.close(),
  };
}

function input(graph: Graph, name: string, dims: readonly number[], data: Given[string]['data']): Sym {
  if (Array.isArray(data)) return graph.input(name, dims);
  return graph.input(name, dims, data instanceof BigInt64Array ? 'int64' : 'int32');
}

/** Sums with unequal weights, so that errors which cancel in a plain sum show. */
function weighed(result: Sym): Sym {
  const dims = result.dims.map(Number);
  const weights = Array.from({ length: sizeOf(dims) }, (_, i) => 1 + ((i * 7) % 5) / 3);
  return sum(mul(result, result.graph.constant(weights, result.dtype, dims)));
}

function tensors(given: Given, float: Float): Tensors {
  const real = float === 'float64' ? Float64Array : Float32Array;
  return Object.fromEntries(
    Object.entries(given).map(([name, { dims, data }]) => [
      name,
      { dims, data: Array.isArray(data) ? real.from(data) : (data as Int32Array) },
    ]),
  );
}

function numbers(tensor: Tensor | undefined, dims: readonly number[]): number[] {
  return tensor === undefined ? Array<number>(sizeOf(dims)).fill(0) : Array.from(tensor.data as Float64Array, Number);
}

async function centralDifferences(given: Given, loss: (given: Given) => Promise<number>): Promise<Vectors> {
  const found = new Map<string, number[]>();
  for (const name of floatNames(given)) {
    const { dims, data } = given[name] as { dims: readonly number[]; data: readonly number[] };
    const moved = (i: number, by: number) =>
      loss({ ...given, [name]: { dims, data: data.map((x, j) => (j === i ? x + by : x)) } });
    const slopes: number[] = [];
    for (let i = 0; i < data.length; i++) slopes.push(((await moved(i, H)) - (await moved(i, -H))) / (2 * H));
    found.set(name, slopes);
  }
  return found;
}

/** Normal numbers, the same for the same seed. */
export function normals(
  dims: readonly number[],
  seed = 1,
): { readonly dims: readonly number[]; readonly data: readonly number[] } {
  const rng = new Rng([seed, 2, 3, 4]);
  for (let i = 0; i < 16; i++) rng.next();
  return { dims, data: Array.from({ length: sizeOf(dims) }, () => normal(rng)) };
}

/** The same, made positive. */
export function positives(dims: readonly number[], seed = 1): ReturnType<typeof normals> {
  return { dims, data: normals(dims, seed).data.map((x) => 0.3 + Math.abs(x)) };
}
