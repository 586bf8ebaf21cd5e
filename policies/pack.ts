import { UserError } from '../src/core/errors.js';
import type { JsonObject } from '../src/core/json.js';

/**
 * One file of named arrays under a JSON head: the bytes of tables and checkpoints. Eight bytes of magic, the length of
 * the head as an unsigned 32-bit number, the head (UTF-8 JSON), then each array at the next multiple of eight, in the
 * order the head lists them. Numbers are little-endian.
 */

/** The types of array a file can hold, by the name the head gives them. */
const TYPES = { u8: Uint8Array, u32: Uint32Array, i32: Int32Array, f32: Float32Array, f64: Float64Array } as const;

export type Packable = Uint8Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** What a file holds: what it is, whatever JSON belongs to it, and its arrays by name. */
export interface Packed {
  readonly kind: string;
  readonly about: JsonObject;
  readonly arrays: { readonly [name: string]: Packable };
}

interface Head {
  readonly kind: string;
  readonly about: JsonObject;
  readonly arrays: readonly { readonly name: string; readonly type: keyof typeof TYPES; readonly length: number }[];
}

const MAGIC = 'LUDUS1\0\0';
const START = MAGIC.length + 4;

/** The bytes of a file. */
export function pack({ kind, about, arrays }: Packed): Uint8Array {
  const listed = Object.entries(arrays).map(([name, array]) => ({ name, type: typeOf(array), length: array.length }));
  const text = new TextEncoder().encode(JSON.stringify({ kind, about, arrays: listed } satisfies Head));
  const size = Object.values(arrays).reduce((at, array) => aligned(at) + array.byteLength, START + text.length);
  const bytes = new Uint8Array(size);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(MAGIC.length, text.length, true);
  bytes.set(text, START);
  let at = START + text.length;
  for (const array of Object.values(arrays)) {
    at = aligned(at);
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

/**
 * The arrays of a file, each with memory of its own.
 * @param from what the file is called in messages
 * @throws UserError when it is no such file, of another kind, or cut off
 */
export function unpack(bytes: Uint8Array, kind: string, from: string): Packed {
  const { head, end } = headOf(bytes, from);
  if (head.kind !== kind) throw new UserError(`${from} holds a ${head.kind}, and a ${kind} is wanted`);
  const arrays: { [name: string]: Packable } = {};
  let at = end;
  for (const { name, type, length } of head.arrays) {
    const Type = TYPES[type];
    at = aligned(at);
    const size = length * Type.BYTES_PER_ELEMENT;
    if (at + size > bytes.length) throw new UserError(`${from} is cut off within "${name}"`);
    arrays[name] = new Type(bytes.slice(at, at + size).buffer);
    at += size;
  }
  return { kind, about: head.about, arrays };
}

/** An array of a file, of the type it was packed with. @throws UserError when it has another or is not there */
export function arrayOf<T extends Packable>(
  { kind, arrays }: Packed,
  name: string,
  Type: { new (length: number): T },
  from: string,
): T {
  const array = arrays[name];
  if (array instanceof Type) return array;
  throw new UserError(`${from} is no ${kind}: it has no "${name}"`);
}

function headOf(bytes: Uint8Array, from: string): { head: Head; end: number } {
  const magic = new TextDecoder().decode(bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC || bytes.length < START) throw new UserError(`${from} is no file of this kind, or was cut off`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  try {
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(START, START + length))) as Head;
    return { head, end: START + length };
  } catch {
    throw new UserError(`${from} is cut off within its head`);
  }
}

function typeOf(array: Packable): keyof typeof TYPES {
  for (const [type, Type] of Object.entries(TYPES)) if (array instanceof Type) return type as keyof typeof TYPES;
  throw new TypeError('only arrays of u8, u32, i32, f32 and f64 can be packed');
}

function aligned(at: number): number {
  return (at + 7) & ~7;
}
