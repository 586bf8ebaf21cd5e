import { z } from 'zod';
import { messageOf, UserError } from '../../core/errors.js';
import type { NamedTensor } from '../onnx/model.js';

/** A float32 array of weights. */
export interface Weights {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** NOTE: bounds what a damaged file can make a reader take up; the format's own limit. */
const LONGEST_HEADER = 100_000_000;

/**
 * Weights as a `.safetensors` file: the header's length (8 bytes), the header (JSON), the arrays, little-endian and in
 * order.
 * SEE: the format's page, huggingface.co/docs/safetensors
 */
export function writeSafetensors(tensors: readonly Weights[]): Uint8Array {
  const header: { [name: string]: object } = { __metadata__: { format: 'pt' } };
  let end = 0;
  for (const { name, dims, data } of tensors) {
    header[name] = { dtype: 'F32', shape: dims, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  // NOTE: spaces after the JSON let the arrays start at a multiple of 8 bytes.
  const json = JSON.stringify(header);
  const text = new TextEncoder().encode(json + ' '.repeat((8 - (Buffer.byteLength(json) % 8)) % 8));
  const file = new Uint8Array(8 + text.length + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  let at = 8 + text.length;
  for (const { data } of tensors) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

const ENTRY = z.object({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
const HEADER = z.record(z.string(), z.unknown());

/**
 * The float32 arrays of a `.safetensors` file, by name.
 * @throws UserError when it is none, or holds other types
 */
export function readSafetensors(file: Uint8Array): Map<string, NamedTensor & Weights> {
  const { header, start } = headerOf(file);
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__');
  return new Map(entries.map(([name, entry]) => [name, tensorOf(name, entry, file.subarray(start))]));
}

function headerOf(file: Uint8Array): { header: { [name: string]: unknown }; start: number } {
  if (file.length < 8) throw new UserError('safetensors: the file is shorter than its first 8 bytes');
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const start = 8 + length;
  if (length > LONGEST_HEADER || start > file.length) throw new UserError(`safetensors: a header of ${length} bytes`);
  try {
    return { header: HEADER.parse(JSON.parse(new TextDecoder().decode(file.subarray(8, start)))), start };
  } catch (error) {
    throw new UserError(`safetensors: the header is no JSON object: ${messageOf(error)}`);
  }
}

function tensorOf(name: string, entry: unknown, arrays: Uint8Array): NamedTensor & Weights {
  const read = ENTRY.safeParse(entry);
  if (!read.success) throw new UserError(`safetensors: "${name}" is described by no dtype, shape and data_offsets`);
  const { dtype, shape: dims, data_offsets: place } = read.data;
  if (dtype !== 'F32') throw new UserError(`safetensors: "${name}" is ${dtype}; only F32 is read`);
  // NOTE: `slice` of a Buffer shares its memory, which need not start at a multiple of 4.
  const bytes = Uint8Array.from(arrays.subarray(...place));
  const length = dims.reduce((product, dim) => product * dim, 1);
  if (bytes.length !== 4 * length || place[1] - place[0] !== bytes.length)
    throw new UserError(`safetensors: "${name}" [${dims.join(', ')}] takes ${4 * length} bytes, got ${bytes.length}`);
  return { name, dtype: 'float32', dims, data: new Float32Array(bytes.buffer) };
}
