import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../core/errors.js';
import type { Model } from './model.js';
import { ProtoWriter, readFields } from './protobuf.js';
import { readMetadata, readModel } from './read.js';
import { writeModel } from './write.js';

const MODEL: Model = {
  name: 'example',
  nodes: [{ op: 'Softmax', inputs: ['x'], outputs: ['y'], attributes: { axis: -1 } }],
  inputs: [{ name: 'x', dtype: 'float32', dims: ['batch', 2] }],
  outputs: [{ name: 'y', dtype: 'float32', dims: ['batch', 2] }],
  initializers: [
    { name: 'w', dtype: 'float32', dims: [2, 2], data: Float32Array.of(1, -2.5, 3e-40, Number.NaN) },
    { name: 'd', dtype: 'float64', dims: [1], data: Float64Array.of(Math.PI) },
    { name: 'i', dtype: 'int64', dims: [2], data: BigInt64Array.of(-1n, 2n ** 62n) },
    { name: 'n', dtype: 'int32', dims: [], data: Int32Array.of(-7) },
    { name: 'b', dtype: 'bool', dims: [0], data: Uint8Array.of() },
  ],
  metadata: { 'ludus.kind': 'example', words: 'Grüße, 世界' },
};

describe('an ONNX file', () => {
  const file = writeModel(MODEL);

  it('reads back as it was written', () => {
    const { nodes: _, ...head } = MODEL;
    expect(readModel(file)).toEqual(head);
    expect(readMetadata(file)).toEqual(MODEL.metadata);
  });

  it('reads the same from anywhere in memory', () => {
    const moved = new Uint8Array(file.length + 3);
    moved.set(file, 3);
    expect(readModel(moved.subarray(3))).toEqual(readModel(file));
  });

  it('says IR version 8 and opset 17', () => {
    const fields = [...readFields(file)];
    expect(fields[0]).toMatchObject({ field: 1, value: 8 });
    const opset = fields.find(({ field }) => field === 8)?.bytes ?? new Uint8Array();
    expect([...readFields(opset)].find(({ field }) => field === 2)?.value).toBe(17);
  });

  it('that was cut or changed is refused, never misread into a crash', () => {
    expect(() => readModel(file.subarray(0, file.length - 1))).toThrow(UserError);
    expect(() => readModel(new TextEncoder().encode('not a model'))).toThrow('this is no ONNX file');
    expect(() => readModel(new Uint8Array())).toThrow('it holds no graph');
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), (at, byte) => {
        const changed = file.slice();
        changed[at] = byte;
        try {
          readModel(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('with tensors stored in other ways is read or refused by name', () => {
    const stored = (write: (tensor: ProtoWriter) => void, type = 1) => {
      const writer = new ProtoWriter();
      writer.message(7, (graph) =>
        graph.message(5, (tensor) => {
          tensor.int(1, 2);
          tensor.int(2, type);
          tensor.text(8, 'w');
          write(tensor);
        }),
      );
      return writer.finish();
    };
    const floats = new Uint8Array(Float32Array.of(1, 2).buffer);
    expect(readModel(stored((tensor) => tensor.bytes(4, floats))).initializers[0]?.data).toEqual(Float32Array.of(1, 2));
    expect(() => readModel(stored((tensor) => tensor.int(14, 1)))).toThrow('"w" is stored outside the file');
    expect(() => readModel(stored((tensor) => tensor.bytes(7, Uint8Array.of(1, 2)), 7))).toThrow(
      '"w" is not stored as raw data',
    );
    expect(() => readModel(stored((tensor) => tensor.bytes(9, floats), 10))).toThrow('"w" has element type 10 of ONNX');
    expect(() => readModel(stored((tensor) => tensor.bytes(9, floats.subarray(4))))).toThrow('dims [2] but 1 elements');
  });
});
