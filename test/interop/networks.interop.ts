import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/rng.js';
import { actorCritic } from '../../src/nn/actor-critic.js';
import { cachedDecoder } from '../../src/nn/decoder/cached.js';
import { decoderLm } from '../../src/nn/decoder.js';
import { lively } from '../../src/nn/decoder.testing.js';
import { toOnnx } from '../../src/nn/export.js';
import { dpoLoss, grpoLoss, sftLoss } from '../../src/nn/lm-losses.js';
import { type Objective, ppoLoss, regretLoss } from '../../src/nn/losses.js';
import { mlp } from '../../src/nn/mlp.js';
import type { Net } from '../../src/nn/net.js';
import { arrayOf, type TensorData, type ValueInfo } from '../../src/nn/onnx/model.js';
import { readModel } from '../../src/nn/onnx/read.js';
import { normal, type Params } from '../../src/nn/params.js';
import { openModel, type Tensor, type Tensors } from '../../src/nn/runtime.js';
import { trainingGraph } from '../../src/nn/training-graph.js';
import { missing, runPython } from './python.js';

interface Kind {
  readonly file: Uint8Array;
  readonly feeds: Tensors;
}

const rng = stream(1, 'interop');
const policy = mlp({ in: 12, hidden: [16, 16], out: 5, layerNorm: true });
const critic = actorCritic({ in: 12, hidden: [16, 16], actions: 5, act: 'gelu', skip: true });
const lm = decoderLm({ vocab: 40, context: 16, layers: 2, width: 16, heads: 4 });
const relu = decoderLm({ vocab: 40, context: 16, layers: 1, width: 16, heads: 2, act: 'relu' });
const weights = { policy: lively(policy), critic: lively(critic), lm: lively(lm), relu: lively(relu) };
/** What is open until run time. `past` and `total` are those of a cache. */
const SIZES: { readonly [name: string]: number } = { batch: 4, seq: 5, past: 3, total: 8 };

const KINDS: { readonly [name: string]: Kind } = {
  'policy, a perceptron': exported(toOnnx(policy, weights.policy)),
  'policy with a value': exported(toOnnx(critic, weights.critic)),
  'language model': exported(toOnnx(lm, weights.lm)),
  'language model with relu': exported(toOnnx(relu, weights.relu)),
  'language model with a cache': exported(cachedDecoder(lm.config, { weights: weights.lm, lastOnly: false })),
  'language model with a cache, last token': exported(
    cachedDecoder(lm.config, { weights: weights.lm, lastOnly: true }),
  ),
  'training a perceptron': training(policy, weights.policy, regretLoss(5)),
  'training a policy with a value': training(critic, weights.critic, ppoLoss({ actions: 5 })),
  'training a language model': training(lm, weights.lm, sftLoss()),
  'training on preferences': training(lm, weights.lm, dpoLoss()),
  'training on rewards': training(lm, weights.lm, grpoLoss()),
};

interface Ran {
  readonly unshaped: readonly string[];
  readonly opset: number;
  readonly outputs: { readonly [name: string]: { readonly dims: number[]; readonly data: number[] } };
}

const absent = missing('networks in Python', 'onnxruntime', 'onnx', 'numpy');

describe.skipIf(absent.length > 0)('in Python, onnxruntime', () => {
  const names = Object.keys(KINDS);
  let ran: readonly Ran[] = [];

  it('opens every kind, and the checker finds nothing', () => {
    const files = Object.fromEntries(names.map((name, i) => [`${i}.onnx`, (KINDS[name] as Kind).file]));
    const task = names.map((name, i) => ({ file: `${i}.onnx`, feeds: printed((KINDS[name] as Kind).feeds) }));
    ran = runPython<Ran[]>('run_models.py', task, files);
    expect(ran).toHaveLength(names.length);
  });

  it.each(names)('gives the same: %s', async (name) => {
    const { file, feeds } = KINDS[name] as Kind;
    const theirs = ran[names.indexOf(name)] as Ran;
    const model = await openModel(file);
    const ours = await model.run(feeds);
    await model.close();
    expect(theirs.opset).toBe(17);
    expect(theirs.unshaped).toEqual([]);
    expect(Object.keys(theirs.outputs).sort()).toEqual(Object.keys(ours).sort());
    let worst = 0;
    for (const [output, { dims, data }] of Object.entries(ours)) {
      const there = theirs.outputs[output] as Ran['outputs'][string];
      expect(there.dims).toEqual([...dims]);
      worst = Math.max(worst, apart(data, there.data));
    }
    console.log(`${name}: largest difference ${worst}`);
    expect(worst).toBeLessThan(1e-6);
  });
});

function exported(file: Uint8Array): Kind {
  return { file, feeds: Object.fromEntries(readModel(file).inputs.map((input) => [input.name, feedFor(input)])) };
}

function training(net: Net, params: Params, objective: Objective<string, string>): Kind {
  const { file } = trainingGraph({ net, ...objective, sizes: SIZES });
  const { feeds } = exported(file);
  return {
    file,
    feeds: { ...feeds, ...Object.fromEntries([...params].filter(([name]) => feeds[name] !== undefined)) },
  };
}

/** Something to feed: small numbers for floats, ids for whole numbers, ones for masks, with a hole in the first row. */
function feedFor({ name, dtype, dims }: ValueInfo): Tensor {
  const sizes = dims.map((dim) => (typeof dim === 'number' ? dim : (SIZES[dim] as number)));
  const data = arrayOf(
    dtype,
    sizes.reduce((product, size) => product * size, 1),
  );
  for (let i = 0; i < data.length; i++) set(data, i, valueFor(name, dtype, i, sizes));
  return { data, dims: sizes };
}

function valueFor(name: string, dtype: string, i: number, sizes: readonly number[]): number {
  if (name === 'attention_mask') return i === 0 ? 0 : 1;
  if (name === 'position_ids') return (SIZES.past as number) + (i % (sizes[1] as number));
  if (name === 'mask' || name === 'legal' || name === 'weight') return 1;
  return dtype.startsWith('int') ? rng.below(5) : 0.5 * normal(rng);
}

function set(data: TensorData, i: number, value: number): void {
  if (data instanceof BigInt64Array) data[i] = BigInt(value);
  else data[i] = value;
}

function printed(feeds: Tensors): object {
  const entries = Object.entries(feeds).map(([name, { data, dims }]) => [
    name,
    { dims, dtype: nameOf(data), data: Array.from(data as Float32Array, Number) },
  ]);
  return Object.fromEntries(entries);
}

function nameOf(data: TensorData): string {
  if (data instanceof BigInt64Array) return 'int64';
  return data instanceof Int32Array ? 'int32' : 'float32';
}

function apart(ours: TensorData, theirs: readonly number[]): number {
  expect(ours.length).toBe(theirs.length);
  return theirs.reduce((worst, value, i) => Math.max(worst, Math.abs(value - Number(ours[i]))), 0);
}
