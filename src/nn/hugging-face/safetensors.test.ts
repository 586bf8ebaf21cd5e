import { describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from './safetensors.js';

const tensors = [
  { name: 'a.weight', dims: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-20, 6) },
  { name: 'b', dims: [], data: Float32Array.of(7) },
  { name: 'none', dims: [0, 4], data: new Float32Array(0) },
];

describe('safetensors', () => {
  it('come back as they were', () => {
    const read = readSafetensors(writeSafetensors(tensors));
    expect([...read.values()]).toEqual(tensors.map((tensor) => ({ ...tensor, dtype: 'float32' })));
    expect(readSafetensors(Buffer.from(writeSafetensors(tensors)))).toEqual(read);
  });

  it('start with the length of the header, which says where each array lies', () => {
    const file = writeSafetensors(tensors);
    const length = Number(new DataView(file.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
    expect(header.b).toEqual({ dtype: 'F32', shape: [], data_offsets: [24, 28] });
    expect(file.length).toBe(8 + length + 28);
  });

  it('are refused with the place when damaged or of another type', () => {
    const file = writeSafetensors(tensors);
    expect(() => readSafetensors(file.subarray(0, 5))).toThrow('shorter than its first 8 bytes');
    expect(() => readSafetensors(file.subarray(0, 20))).toThrow(/a header of \d+ bytes/);
    expect(() => readSafetensors(file.subarray(0, file.length - 4))).toThrow('"b" [] takes 4 bytes, got 0');
    const text = new TextDecoder('latin1').decode(file).replace('"F32"', '"F16"');
    expect(() => readSafetensors(Buffer.from(text, 'latin1'))).toThrow('"a.weight" is F16; only F32 is read');
  });
});
