import { describe, expect, it } from 'vitest';
import { UserError } from '../../core/errors.js';
import { buildModel } from './build.js';
import { gradients, gradientsWhere } from './gradients.js';
import { Graph, type Sym } from './graph.js';
import * as ops from './ops.js';

const graph = new Graph();
const x = graph.input('x', [3, 4]);
const rows = graph.input('rows', ['batch', 4]);
const ids = graph.input('ids', [3, 1], 'int32');
const five = graph.input('five', [5, 4]);
const more = graph.input('more', ['other', 4]);

describe('mistakes are told with the operation and the dims', () => {
  const other = new Graph().input('x', [3, 4]);
  it.each<[string, () => unknown, string]>([
    [
      'sizes that do not fit',
      () => ops.add(x, ops.sum(ops.transpose(x, [1, 0]), [1])),
      'Add: [3, 4] and [4, 1] do not fit',
    ],
    ['open sizes of other names', () => ops.mul(rows, more), 'Mul: [batch, 4] and [other, 4] do not fit'],
    ['inner sizes', () => ops.gemm(x, x), 'Gemm: [3, 4] times [3, 4]: inner sizes 4 and 3 differ'],
    ['inner sizes after turning', () => ops.matmul(x, x), 'MatMul: [3, 4] times [3, 4]: inner sizes 4 and 3 differ'],
    [
      'a bias of other width',
      () => ops.affine(x, ops.transpose(x, [1, 0]), ops.reshape(x, [4, 3, 1])),
      'a bias of [4, 3, 1] does not fit a result of [3, 3]',
    ],
    ['a vector as a matrix', () => ops.gemm(x, ops.reshape(x, [12])), 'Gemm: takes two matrices, got [3, 4] and [12]'],
    ['another number of elements', () => ops.reshape(x, [5]), 'Reshape: [3, 4] has 12 elements and [5] has 5'],
    ['two open sizes', () => ops.reshape(x, ['a', 'b']), 'Reshape: [a, b] leaves more than one size open'],
    ['no such axis', () => ops.sum(x, [2]), 'ReduceSum: [3, 4] has no axis 2'],
    ['no order', () => ops.transpose(x, [0, 0]), 'Transpose: [0,0] is no order of the axes of [3, 4]'],
    ['pieces', () => ops.split(x, 1, [1, 2]), 'Split: [1,2] do not add up to axis 1 of [3, 4]'],
    [
      'unlike pieces',
      () => ops.concat([x, ops.reshape(x, [4, 3])], 0),
      'Concat: [3, 4] and [4, 3] differ beside axis 0',
    ],
    ['a wide axis', () => ops.squeeze(x, [0]), 'Squeeze: axis 0 of [3, 4] is not 1'],
    ['too small to stretch into', () => ops.expand(x, [4]), 'Expand: [3, 4] does not fit into [4]'],
    [
      'scale of layerNorm',
      () => ops.layerNorm(x, ops.sum(x, [0]), ops.sum(x, [0])),
      'LayerNormalization: [3, 4] takes scale and bias of [4]',
    ],
    [
      'numbers that are floats',
      () => ops.gather(x, x),
      'Gather: numbers of elements are int32 or int64, but "x" is float32',
    ],
    [
      'numbers of other rows',
      () => ops.gatherElements(five, ids),
      'GatherElements: [5, 4] and numbers of [3, 1] differ beside axis 1',
    ],
    [
      'updates of other dims',
      () => ops.scatterAdd(x, ids, x, 1),
      'ScatterElements: numbers of [3, 1] take as many updates, got [3, 4]',
    ],
    ['two types', () => ops.add(x, ids), 'Add: takes two arrays of one type, got float32 and int32'],
    ['no array', () => ops.add(1, 2), 'Add: takes at least one array, got 1 and 2'],
    ['two graphs', () => ops.add(x, other), 'Add: "x" belongs to another graph'],
    ['a name taken', () => graph.input('x', [1]), 'a graph cannot have two inputs, weights or outputs named "x"'],
    ['numbers that do not fill dims', () => graph.constant([1, 2], 'float32', [3]), '[3] takes 3 numbers, got 2'],
    ['a loss of many numbers', () => gradients(x, [x]), 'a loss is one number, not [3, 4]'],
    ['no way from a weight', () => gradients(ops.sum(x), [rows]), 'the loss does not depend on "rows"'],
    [
      'gradients of open sizes',
      () => gradients(ops.sum(ops.mean(rows, [0])), [rows]),
      'ReduceMean: needs all sizes, but "batch" of [batch, 4] is open',
    ],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(UserError);
    expect(act).toThrow(message);
  });
});

describe('what is built', () => {
  it('leaves out what no output needs', () => {
    const graph = new Graph();
    const [a, b] = [graph.input('a', [2]), graph.input('b', [2])];
    const w = graph.initializer('w', [2], Float32Array.of(1, 2));
    ops.mul(ops.exp(b), w);
    ops.add(a, 7);
    graph.output('y', ops.mul(a, 3));
    const model = buildModel(graph, 'small');
    expect(model.inputs.map(({ name }) => name)).toEqual(['a']);
    expect(model.initializers).toEqual([]);
    expect(model.nodes.map(({ op }) => op)).toEqual(['Constant', 'Mul']);
  });

  it('names outputs, copies inputs and second names', () => {
    const graph = new Graph();
    const a = graph.input('a', [2]);
    const b = ops.exp(a);
    for (const [name, sym] of Object.entries({ same: a, once: b, twice: b })) graph.output(name, sym);
    expect(buildModel(graph, 'names').nodes.map(({ op, inputs, outputs }) => [op, inputs, outputs])).toEqual([
      ['Exp', ['a'], ['once']],
      ['Identity', ['a'], ['same']],
      ['Identity', ['once'], ['twice']],
    ]);
  });

  it('keeps one of equal constants, and tells types and signs apart', () => {
    const graph = new Graph();
    expect(graph.constant(1)).toBe(graph.constant(1));
    expect(graph.constant([1])).not.toBe(graph.constant(1));
    expect(graph.constant(1, 'int64')).not.toBe(graph.constant(1));
    expect(graph.constant(-0)).not.toBe(graph.constant(0));
  });

  it('leaves out statistics of layerNorm unless gradients need them', () => {
    const outputsOf = (trained: boolean) => {
      const graph = new Graph();
      const [x, scale] = [graph.input('x', [2, 4]), graph.input('scale', [4])];
      const y = ops.sum(ops.layerNorm(x, scale, scale));
      graph.output('y', trained ? (gradients(y, [x])[0] as Sym) : y);
      return buildModel(graph, 'norm').nodes.find(({ op }) => op === 'LayerNormalization')?.outputs.length;
    };
    expect([outputsOf(false), outputsOf(true)]).toEqual([1, 3]);
  });

  it('gives no gradient where the loss does not depend on a weight', () => {
    const graph = new Graph();
    const [a, b] = [graph.input('a', [2]), graph.input('b', [2])];
    const [da, db] = gradientsWhere(ops.sum(ops.mul(a, a)), [a, b]);
    expect([da?.dims, db]).toEqual([[2], undefined]);
  });
});
