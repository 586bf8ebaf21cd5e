import { describe, expect, it } from 'vitest';
import { UserError } from '../core/errors.js';
import { Rng } from '../core/rng.js';
import { ACTOR_CRITIC, actorCritic } from './actor-critic.js';
import { readKind, readNet, readParams, toOnnx } from './export.js';
import { MLP, mlp } from './mlp.js';
import type { Net } from './net.js';
import { readModel } from './onnx/read.js';
import { writeModel } from './onnx/write.js';
import { initParams, Params } from './params.js';
import { openModel } from './runtime.js';

const seeded = () => new Rng([1, 2, 3, 4]);
const NET = mlp({ in: 5, hidden: [8, 8], out: 3, act: 'gelu', layerNorm: true, skip: true });
const params = initParams(NET.params, seeded());
const FILE = toOnnx(NET, params, { made: 'here' });

async function outputs(file: Uint8Array, rows: number) {
  const model = await openModel(file);
  const data = Float32Array.from({ length: rows * 5 }, (_, i) => Math.sin(i));
  const found = await model.run({ x: { data, dims: [rows, 5] } });
  await model.close();
  return found;
}

describe('an exported network', () => {
  it('reads back as the same net and weights, and exports to the same bytes', () => {
    const { net, params: back, metadata } = readNet(MLP, FILE);
    expect(net.config).toEqual(NET.config);
    expect([...back]).toEqual([...params]);
    expect(metadata.made).toBe('here');
    expect(readKind(FILE)).toBe('mlp');
    expect(toOnnx(net, readParams(FILE), { made: 'here' })).toEqual(FILE);
  });

  it('holds its weights as initialisers and nothing else, and leaves the batch open', () => {
    const { initializers, inputs, outputs } = readModel(FILE);
    expect(initializers.map(({ name }) => name)).toEqual(Object.keys(NET.params));
    expect(inputs).toEqual([{ name: 'x', dtype: 'float32', dims: ['batch', 5] }]);
    expect(outputs).toEqual([{ name: 'y', dtype: 'float32', dims: ['batch', 3] }]);
  });

  it('runs on batches of any size, each row for itself', async () => {
    const [one, seven] = [await outputs(FILE, 1), await outputs(FILE, 7)];
    expect(seven.y?.dims).toEqual([7, 3]);
    Array.from(one.y?.data as Float32Array).forEach((y, i) => {
      expect(seven.y?.data[i]).toBeCloseTo(y, 5);
    });
  });

  it('gives what its layers say, computed by hand', async () => {
    const net = mlp({ in: 5, hidden: [4], out: 2 });
    const weights = initParams(net.params, seeded());
    weights.get('h0.b').set([0.1, -0.2, 0.3, -0.4]);
    const x = Array.from({ length: 5 }, (_, i) => Math.sin(i));
    const layer = (name: string, input: readonly number[], out: number) =>
      Array.from({ length: out }, (_, j) =>
        input.reduce(
          (sum, value, i) => sum + value * (weights.get(`${name}.w`)[i * out + j] as number),
          weights.get(`${name}.b`)[j] as number,
        ),
      );
    const hidden = layer('h0', x, 4).map((h) => Math.max(0, h));
    const { y } = await outputs(toOnnx(net, weights), 1);
    layer('out', hidden, 2).forEach((value, j) => {
      expect(y?.data[j]).toBeCloseTo(value, 5);
    });
  });

  it('of a policy and a value has both', async () => {
    const net = actorCritic({ in: 5, hidden: [8], actions: 4 });
    const file = toOnnx(net, initParams(net.params, seeded()));
    const { logits, value } = await outputs(file, 2);
    expect([logits?.dims, value?.dims]).toEqual([
      [2, 4],
      [2, 1],
    ]);
    expect(readNet(ACTOR_CRITIC, file).net.config).toEqual(net.config);
  });

  it('starts with outputs of the size of its inputs, and a policy close to uniform', async () => {
    const wide = mlp({ in: 5, hidden: [256, 256, 256], out: 256 });
    const { y } = await outputs(toOnnx(wide, initParams(wide.params, seeded())), 64);
    const data = Array.from(y?.data as Float32Array);
    const variance = data.reduce((sum, value) => sum + value * value, 0) / data.length;
    // NOTE: inputs are sines of whole numbers, whose mean square is a half.
    expect(variance).toBeGreaterThan(0.25);
    expect(variance).toBeLessThan(1);
    const net = actorCritic({ in: 5, hidden: [256], actions: 4 });
    const { logits } = await outputs(toOnnx(net, initParams(net.params, seeded())), 64);
    expect(Math.max(...Array.from(logits?.data as Float32Array, Math.abs))).toBeLessThan(0.1);
  });
});

describe('mistakes', () => {
  const other = (metadata: { readonly [key: string]: string }) =>
    writeModel({ name: 'other', nodes: [], inputs: [], outputs: [], initializers: [], metadata });
  const double = writeModel({
    name: 'double',
    nodes: [],
    inputs: [],
    outputs: [],
    initializers: [{ name: 'w', dtype: 'float64', dims: [1], data: Float64Array.of(1) }],
    metadata: {},
  });
  const without: Net = { ...NET, forward: (_, x) => NET.forward({}, x as never) };
  it.each<[string, () => unknown, string]>([
    ['a size that is none', () => mlp({ in: 5, hidden: [0], out: 3 }), 'mlp hidden.0'],
    [
      'an unknown field',
      () => mlp({ in: 5, hidden: [], out: 3, layernorm: true } as never),
      'mlp layernorm: there is no such field; did you mean layerNorm?',
    ],
    ['an unknown bend', () => mlp({ in: 5, hidden: [], out: 3, act: 'gulu' as never }), 'takes "relu" | "gelu"'],
    ['another kind', () => readNet(ACTOR_CRITIC, FILE), 'this file holds mlp, not actor-critic'],
    ['no kind', () => readNet(MLP, other({})), 'this file holds a network that does not say its kind, not mlp'],
    [
      'a config that is no JSON',
      () => readNet(MLP, other({ 'ludus.kind': 'mlp' })),
      "the file's ludus.config is not JSON",
    ],
    ['a config of other fields', () => readNet(MLP, other({ 'ludus.kind': 'mlp', 'ludus.config': '{}' })), 'mlp in'],
    [
      'weights that are missing',
      () => readNet(MLP, other({ 'ludus.kind': 'mlp', 'ludus.config': '{"in":1,"hidden":[],"out":1}' })),
      'parameter "out.w" [1, 1] is missing',
    ],
    ['weights of another net', () => toOnnx(NET, new Params([])), 'parameter "h0.w" [5, 8] is missing'],
    ['weights in double', () => readParams(double), 'weight "w" is not float32'],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(UserError);
    expect(act).toThrow(message);
  });

  it('a net that uses a weight it does not declare', () => {
    expect(() => toOnnx(without, params)).toThrow('the net uses a weight "h0.w" that it does not declare');
  });
});
