import { describe, expect, it } from 'vitest';
import { stream } from '../core/rng.js';
import { DECODER_LM, decoderLm } from './decoder.js';
import { lively, plainDecoder } from './decoder.testing.js';
import { inputsOf, readNet, toOnnx } from './export.js';
import { buildModel } from './graph/build.js';
import { Graph } from './graph/graph.js';
import { writeModel } from './onnx/write.js';
import { initParams, type Params } from './params.js';
import { openModel, type Tensor } from './runtime.js';

const SIZES = { vocab: 11, context: 6, layers: 2, width: 8, heads: 2 } as const;
const SEQUENCES = [
  [3, 1, 4, 1, 5],
  [9, 2, 6, 5, 3],
  [10, 0, 10, 0, 7],
];

async function logitsOf(file: Uint8Array, sequences: readonly (readonly number[])[]): Promise<number[][][]> {
  const model = await openModel(file);
  const dims = [sequences.length, (sequences[0] as number[]).length];
  const { logits } = (await model.run({ ids: { data: Int32Array.from(sequences.flat()), dims } })) as {
    logits: Tensor;
  };
  await model.close();
  const [, seq, vocab] = logits.dims as [number, number, number];
  const numbers = Array.from(logits.data as Float32Array);
  return sequences.map((_, b) =>
    Array.from({ length: seq }, (_, t) => numbers.slice((b * seq + t) * vocab, (b * seq + t + 1) * vocab)),
  );
}

/** The file as training has it: all sizes known. */
function fixedFile(net: ReturnType<typeof decoderLm>, params: Params, batch: number, seq: number): Uint8Array {
  const graph = new Graph();
  const weights = Object.fromEntries(
    [...params].map(([name, { dims, data }]) => [name, graph.initializer(name, dims, data)]),
  );
  const { logits } = net.forward(weights, inputsOf(graph, { ids: { dims: [batch, seq], dtype: 'int32' } }));
  graph.output('logits', logits);
  return writeModel(buildModel(graph, 'fixed'));
}

function farthest(a: readonly unknown[], b: readonly unknown[]): number {
  const [x, y] = [a.flat(3) as number[], b.flat(3) as number[]];
  expect(x.length).toBe(y.length);
  return Math.max(...x.map((value, i) => Math.abs(value - (y[i] as number))));
}

describe.each(['gelu', 'relu'] as const)('a decoder with %s', (act) => {
  const net = decoderLm({ ...SIZES, act });
  const params = lively(net);
  const plain = SEQUENCES.map((ids) => plainDecoder(net.config, params, ids));

  it('gives what plain loops give, with sizes open and with sizes known', async () => {
    expect(farthest(await logitsOf(toOnnx(net, params), SEQUENCES), plain)).toBeLessThan(2e-5);
    expect(farthest(await logitsOf(fixedFile(net, params, 3, 5), SEQUENCES), plain)).toBeLessThan(2e-5);
  });
});

describe('a decoder', () => {
  const net = decoderLm(SIZES);
  const params = lively(net);

  it('sees nothing after a place, so what fills a row up changes nothing before it', async () => {
    const file = toOnnx(net, params);
    const [whole] = (await logitsOf(file, [[3, 1, 4, 1, 5, 9]])) as [number[][]];
    const [filled] = (await logitsOf(file, [[3, 1, 4, 0, 0, 0]])) as [number[][]];
    const [short] = (await logitsOf(file, [[3, 1, 4]])) as [number[][]];
    expect(farthest(filled.slice(0, 3), whole.slice(0, 3))).toBeLessThan(1e-6);
    expect(farthest(filled.slice(0, 3), short)).toBeLessThan(1e-6);
    expect(farthest(filled.slice(3), whole.slice(3))).toBeGreaterThan(0.1);
  });

  it('takes the whole context', async () => {
    const sequence = [1, 2, 3, 4, 5, 6];
    const plain = plainDecoder(net.config, params, sequence);
    expect(farthest(await logitsOf(fixedFile(net, params, 1, 6), [sequence]), [plain])).toBeLessThan(2e-5);
  });

  it('comes back from its file, to train on', () => {
    // A Buffer, as files are read.
    const read = readNet(DECODER_LM, Buffer.from(toOnnx(net, params)));
    expect(read.net.config).toEqual({ ...SIZES, act: 'gelu' });
    expect([...read.params]).toEqual([...params]);
  });

  it('has the weights of its sizes, which begin small', () => {
    const large = decoderLm({ vocab: 1024, context: 128, layers: 2, width: 128, heads: 4 });
    const begun = initParams(large.params, stream(1, 'weights'));
    // 1024 * 128 + 128 * 128 embedded, 198,272 a layer, 256 at the end.
    expect(begun.size).toBe(544_256);
    expect(spread(begun.get('h.0.attn.c_attn.weight'))).toBeCloseTo(0.02, 3);
    expect(spread(begun.get('h.1.mlp.c_proj.weight'))).toBeCloseTo(0.01, 3);
    expect(new Set(begun.get('ln_f.weight'))).toEqual(new Set([1]));
  });

  it('refuses sizes that do not fit, by name', () => {
    expect(() => decoderLm({ ...SIZES, heads: 3 })).toThrow('decoder width: must be a multiple of heads, got 8');
    expect(() => decoderLm({ ...SIZES, layers: 0 })).toThrow('decoder layers');
  });
});

function spread(data: Float32Array): number {
  return Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length);
}
