import { expect, it } from 'vitest';
import { arrayOf, pack, unpack } from './pack.js';

const arrays = {
  bytes: Uint8Array.of(1, 2, 3),
  counts: Uint32Array.of(4_000_000_000),
  whole: Int32Array.of(-1, 2),
  small: Float32Array.of(0.5, Number.POSITIVE_INFINITY),
  numbers: Float64Array.of(Math.PI, -0, Number.NaN),
  none: new Float64Array(0),
};
const bytes = pack({ kind: 'sample', about: { says: 'ä', at: [1] }, arrays });

it('what is packed comes back, bit for bit and with its types', () => {
  expect(unpack(bytes, 'sample', 'f')).toStrictEqual({ kind: 'sample', about: { says: 'ä', at: [1] }, arrays });
});

it('an array read back has memory of its own, also from the middle of a larger buffer', () => {
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  const first = unpack(shifted.subarray(3), 'sample', 'f');
  arrayOf(first, 'numbers', Float64Array, 'f')[0] = 7;
  expect(unpack(shifted.subarray(3), 'sample', 'f').arrays.numbers?.[0]).toBe(Math.PI);
});

it('every cut and every other file is refused by name', () => {
  for (let length = 0; length < bytes.length; length++) {
    expect(() => unpack(bytes.subarray(0, length), 'sample', 'file.bin')).toThrow('file.bin');
  }
  expect(() => unpack(bytes, 'other', 'file.bin')).toThrow('file.bin holds a sample, and a other is wanted');
  expect(() => arrayOf(unpack(bytes, 'sample', 'f'), 'small', Float64Array, 'f')).toThrow('it has no "small"');
});
