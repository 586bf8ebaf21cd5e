import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Build, compare, type Given, normals, positives } from '../differences.testing.js';
import { writeModel } from '../onnx/write.js';
import { openModel } from '../runtime.js';
import { buildModel } from './build.js';
import { gradients } from './gradients.js';
import { Graph, type Op, type OpTable, type Sym } from './graph.js';
import * as ops from './ops.js';

interface Case {
  readonly given: Given;
  readonly build: Build;
}

function on(given: Given, build: (...inputs: Sym[]) => Sym): Case {
  return { given, build: (inputs) => build(...Object.keys(given).map((name) => inputs[name] as Sym)) };
}

const one = { x: normals([3, 4]) };
const two = { a: normals([3, 4]), b: normals([3, 4], 2) };
/** Stretched on both sides, and with an axis of its own in front. */
const stretched = { a: normals([3, 1]), b: normals([2, 1, 4], 2) };
const asFloat = (x: Sym, like: Sym) => ops.cast(x, like.dtype);
const ids = (dims: readonly number[], ...data: number[]) => ({ dims, data: Int32Array.from(data) });

/** Computations that use each operation; what has no gradient of its own is made to matter for another. */
const CASES: { readonly [op: string]: readonly Case[] } = {
  Identity: [on(one, (x) => ops.mul(x, ops.stop(asFloat(ops.greater(x, 0), x))))],
  Cast: [on(one, (x) => ops.mul(x, asFloat(ops.less(x, 0.5), x)))],
  Reshape: [
    on(one, (x) => ops.reshape(x, [2, 6])),
    on(one, (x) => ops.reshapeTo(x, x.graph.constant([2, 2, 3], 'int64'), [2, 2, 3])),
  ],
  Squeeze: [on({ x: normals([3, 1, 4]) }, (x) => ops.squeeze(x, [1]))],
  Unsqueeze: [on(one, (x) => ops.unsqueeze(x, [0, 2]))],
  Transpose: [on({ x: normals([2, 3, 4]) }, (x) => ops.transpose(x, [2, 0, 1]))],
  Concat: [on({ a: normals([3, 2]), b: normals([3, 4], 2) }, (a, b) => ops.concat([a, b, a], 1))],
  Split: [
    on(one, (x) => {
      const [left, right] = ops.split(x, 1, [1, 3]) as [Sym, Sym];
      return ops.mul(left, right);
    }),
    on(one, (x) => ops.split(x, 0, [1, 2])[1] as Sym),
  ],
  Expand: [
    on({ x: normals([3, 1]) }, (x) => ops.expand(x, [2, 3, 4])),
    on({ x: normals([]) }, (x) => ops.expand(x, [3])),
  ],
  ReduceSum: [
    on(one, (x) => ops.sum(x, [0])),
    on(one, (x) => ops.sum(x, [-1])),
    on(one, (x) => ops.mul(ops.sum(x), ops.sum(x))),
  ],
  ConstantOfShape: [on(one, (x) => ops.add(x, ops.zeros(x.graph, [2, 3, 4])))],
  Shape: [on(one, (x) => ops.mul(x, asFloat(ops.gather(ops.shapeOf(x), x.graph.constant(1, 'int64')), x)))],
  Range: [
    on(one, (x) => {
      const { graph } = x;
      const steps = ops.range(graph.constant(1, 'int64'), graph.constant(5, 'int64'), 4);
      return ops.mul(x, asFloat(steps, x));
    }),
  ],
  Add: [on(two, ops.add), on(stretched, ops.add), on(one, (x) => ops.add(2, x))],
  Sub: [on(two, ops.sub), on(stretched, ops.sub)],
  Mul: [on(two, ops.mul), on(stretched, ops.mul), on(one, (x) => ops.mul(x, x))],
  Div: [
    on({ a: normals([3, 4]), b: positives([3, 4], 2) }, ops.div),
    on({ a: normals([3, 1]), b: positives([2, 1, 4], 2) }, ops.div),
  ],
  Min: [on(two, ops.min), on(stretched, ops.min)],
  Max: [on(two, ops.max), on(stretched, ops.max)],
  Neg: [on(one, ops.neg)],
  Exp: [on(one, ops.exp)],
  Log: [on({ x: positives([3, 4]) }, ops.log)],
  Sqrt: [on({ x: positives([3, 4]) }, ops.sqrt)],
  Clip: [on(one, (x) => ops.clip(x, -0.5, 0.7))],
  Where: [on({ c: normals([3, 1], 3), ...stretched }, (c, a, b) => ops.where(ops.greater(c, 0), a, b))],
  Less: [on(two, (a, b) => ops.where(ops.less(a, b), a, ops.mul(b, 2)))],
  LessOrEqual: [on(two, (a, b) => ops.where(ops.lessOrEqual(a, b), a, ops.mul(b, 2)))],
  Greater: [on(two, (a, b) => ops.where(ops.greater(a, b), a, ops.mul(b, 2)))],
  Equal: [on(two, (a, b) => ops.where(ops.equal(a, ops.min(a, b)), a, ops.mul(b, 2)))],
  And: [on(two, (a, b) => ops.where(ops.and(ops.less(a, 0), ops.less(b, 0)), a, ops.mul(b, 2)))],
  Tanh: [on(one, ops.tanh)],
  Sigmoid: [on(one, ops.sigmoid)],
  Relu: [on(one, ops.relu)],
  Softplus: [on(one, (x) => ops.softplus(ops.mul(x, 5)))],
  Softplus64: [on(one, (x) => ops.softplus(ops.mul(x, 5)))],
  Gelu: [on(one, ops.gelu), on(one, (x) => ops.gelu(ops.mul(x, 4)))],
  MatMul: [
    on({ a: normals([3, 4]), b: normals([4, 2], 2) }, ops.matmul),
    on({ a: normals([2, 3, 4]), b: normals([4, 2], 2) }, ops.matmul),
    on({ a: normals([2, 1, 3, 4]), b: normals([3, 4, 2], 2) }, ops.matmul),
  ],
  Gemm: [
    on({ a: normals([3, 4]), b: normals([4, 2], 2) }, (a, b) => ops.gemm(a, b)),
    on({ a: normals([4, 3]), b: normals([4, 2], 2) }, (a, b) => ops.gemm(a, b, { a: true })),
    on({ a: normals([3, 4]), b: normals([2, 4], 2) }, (a, b) => ops.gemm(a, b, { b: true })),
    on({ a: normals([4, 3]), b: normals([2, 4], 2) }, (a, b) => ops.gemm(a, b, { a: true, b: true })),
    on({ x: normals([3, 4]), w: normals([4, 2], 2), bias: normals([2], 3) }, (x, w, bias) => ops.affine(x, w, bias)),
  ],
  ReduceMean: [on(one, (x) => ops.mean(x, [0])), on(one, (x) => ops.exp(ops.mul(ops.mean(x), 3)))],
  Softmax: [on(one, ops.softmax)],
  LogSoftmax: [on(one, ops.logSoftmax)],
  LayerNormalization: [on({ x: normals([3, 4]), scale: normals([4], 2), bias: normals([4], 3) }, ops.layerNorm)],
  Gather: [
    on(one, (x) => ops.gather(x, x.graph.constant([2, 0, 2, 2], 'int64'))),
    on({ x: normals([3, 4]), ids: ids([2, 2], 1, 1, 0, 1) }, (x, at) => ops.gather(x, at)),
    on({ x: normals([2, 3, 2]), ids: ids([2], 2, 2) }, (x, at) => ops.gather(x, at, 1)),
    on({ x: normals([2, 3, 2]) }, (x) => ops.gather(x, x.graph.constant(-1, 'int64'), 1)),
  ],
  GatherElements: [
    on({ x: normals([3, 4]), ids: ids([3, 1], 3, 0, 1) }, (x, at) => ops.gatherElements(x, at)),
    on({ x: normals([3, 2]), ids: ids([2, 2], 2, 0, 2, 0) }, (x, at) => ops.gatherElements(x, at, 0)),
  ],
  ScatterElements: [
    on({ x: normals([3, 2]), ids: ids([2, 2], 2, 0, 2, 1), updates: normals([2, 2], 2) }, (x, at, updates) =>
      ops.mul(ops.scatterAdd(x, at, updates), ops.scatterAdd(x, at, updates)),
    ),
  ],
};

/** Every operation there is, found by looking into the folder. */
const folder = new URL('./ops/', import.meta.url);
const tables = await Promise.all(
  readdirSync(folder).map(
    async (file) => (await import(new URL(file, folder).href)) as { readonly [name: string]: unknown },
  ),
);
const all = tables.flatMap((module) =>
  Object.entries(module)
    .filter(([name]) => name.endsWith('Ops'))
    .flatMap(([, table]) => Object.entries(table as OpTable)),
);

describe('gradients of every operation', () => {
  it('is a check of all tables', () => {
    expect(all.length).toBeGreaterThan(40);
    expect(all.map(([name]) => name).sort()).toEqual(Object.keys(CASES).sort());
  });

  // NOTE: it adds wrongly when numbers repeat and threads are more than one.
  it('has no use for ScatterND', () => {
    expect(all.map(([, { type }]) => type)).not.toContain('ScatterND');
    expect(readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'))).not.toContainEqual(
      expect.stringContaining("'ScatterND'"),
    );
  });

  it.each(all)('%s: central differences in float64, and float32 beside them', async (name, op) => {
    for (const { given, build } of CASES[name] ?? []) {
      const { difference, rounding, largest, graphs } = await compare(given, build);
      expect(graphs.some((graph) => uses(graph, op))).toBe(true);
      expect(largest).toBeGreaterThan(0.1);
      expect(difference).toBeLessThan(1e-6);
      expect(rounding).toBeLessThan(1e-4);
    }
  });
});

function uses(graph: Graph, op: Op): boolean {
  return graph.calls.some((call) => call.op === op);
}

/** The number a computation without inputs comes to, in either type. */
async function evaluate(build: (graph: Graph) => Sym, float: 'float32' | 'float64' = 'float64') {
  const graph = new Graph(float);
  graph.output('y', build(graph));
  const model = await openModel(writeModel(buildModel(graph, 'value')));
  const { y } = await model.run({});
  await model.close();
  return Array.from(y?.data as Float64Array, Number);
}

describe('values', () => {
  it('gelu is the tanh form', async () => {
    const xs = [-5, -1, -0.1, 0, 0.3, 2, 6];
    const form = xs.map((x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))));
    const got = await evaluate((graph) => ops.gelu(graph.constant(xs)));
    got.forEach((y, i) => {
      expect(y).toBeCloseTo(form[i] as number, 12);
    });
  });

  it('softplus neither overflows nor vanishes, in both types', async () => {
    const xs = [-800, -30, 0, 30, 800];
    for (const float of ['float32', 'float64'] as const) {
      const [low, small, middle, large, high] = await evaluate((graph) => ops.softplus(graph.constant(xs)), float);
      expect([low, high]).toEqual([0, 800]);
      expect(small).toBeLessThan(1e-12);
      expect(middle).toBeCloseTo(Math.LN2, 6);
      expect(large).toBeCloseTo(30, 5);
    }
  });

  it('of equals, min and max pass the gradient to one side only', async () => {
    for (const pick of [ops.min, ops.max]) {
      const slopes = await evaluate((graph) => {
        const [a, b] = [graph.constant([1, 1, 1]), graph.constant([1, 1, 1], undefined, [1, 3])];
        return ops.concat(
          gradients(ops.sum(pick(a, b)), [a, b]).map((d) => ops.reshape(d, [3])),
          0,
        );
      });
      expect(slopes.slice(0, 3).map((d, i) => d + (slopes[i + 3] as number))).toEqual([1, 1, 1]);
    }
  });

  it('a cast between floats passes its gradient back in the type it came in', async () => {
    const slope = await evaluate((graph) => {
      const x = graph.constant([3, -2]);
      const y = ops.cast(x, 'float64');
      return gradients(ops.cast(ops.sum(ops.mul(y, y)), 'float32'), [x])[0] as Sym;
    }, 'float32');
    expect(slope).toEqual([6, -4]);
  });

  it('stop lets no gradient through', () => {
    const graph = new Graph();
    const x = graph.input('x', [2]);
    expect(() => gradients(ops.sum(ops.stop(x)), [x])).toThrow('the loss does not depend on "x"');
  });
});
