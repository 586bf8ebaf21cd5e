/**
 * The wire format of protocol buffers, as far as ONNX uses it: varints, 32-bit floats, and fields with a length.
 * SEE: protobuf.dev/programming-guides/encoding
 */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** Writes one message into a buffer that grows. */
export class ProtoWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** A whole number; negative ones take ten bytes of two's complement, as the format asks. */
  int(field: number, value: number): void {
    this.#key(field, VARINT);
    this.#varint(value);
  }

  float(field: number, value: number): void {
    this.#key(field, FIXED32);
    this.#room(4);
    new DataView(this.#bytes.buffer).setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  text(field: number, value: string): void {
    this.bytes(field, new TextEncoder().encode(value));
  }

  bytes(field: number, value: Uint8Array): void {
    this.#key(field, LENGTH);
    this.#varint(value.length);
    this.#room(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  message(field: number, write: (inner: ProtoWriter) => void): void {
    const inner = new ProtoWriter();
    write(inner);
    this.bytes(field, inner.#bytes.subarray(0, inner.#length));
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #key(field: number, wire: number): void {
    this.#varint(field * 8 + wire);
  }

  #varint(value: number): void {
    this.#room(10);
    let left = BigInt.asUintN(64, BigInt(value));
    for (; left > 127n; left >>= 7n) this.#bytes[this.#length++] = Number(left & 127n) | 128;
    this.#bytes[this.#length++] = Number(left);
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/** A field as read: whole numbers in `value`, everything else as its bytes. */
export interface ProtoField {
  readonly field: number;
  readonly value: number;
  readonly bytes: Uint8Array;
}

/**
 * The fields of one message, in the order of the file.
 * @throws RangeError when the bytes end in the middle of a field or use a wire type that is none
 */
export function* readFields(message: Uint8Array): Generator<ProtoField> {
  const at = { offset: 0 };
  while (at.offset < message.length) {
    const key = readVarint(message, at);
    const field = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === VARINT) yield { field, value: readVarint(message, at), bytes: NOTHING };
    else yield { field, value: 0, bytes: take(message, at, lengthOf(wire, message, at)) };
  }
}

const NOTHING = new Uint8Array(0);

/** Every varint packed into a field of them. */
export function unpackVarints(bytes: Uint8Array): number[] {
  const at = { offset: 0 };
  const values: number[] = [];
  while (at.offset < bytes.length) values.push(readVarint(bytes, at));
  return values;
}

function lengthOf(wire: number, message: Uint8Array, at: { offset: number }): number {
  if (wire === LENGTH) return readVarint(message, at);
  if (wire === FIXED32) return 4;
  if (wire === FIXED64) return 8;
  throw new RangeError(`byte ${at.offset} has wire type ${wire}`);
}

function take(message: Uint8Array, at: { offset: number }, length: number): Uint8Array {
  const end = at.offset + length;
  if (!(length >= 0 && end <= message.length)) throw new RangeError(`a field at byte ${at.offset} goes past the end`);
  const bytes = message.subarray(at.offset, end);
  at.offset = end;
  return bytes;
}

function readVarint(message: Uint8Array, at: { offset: number }): number {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = message[at.offset++];
    if (byte === undefined) throw new RangeError('a number goes past the end');
    value |= BigInt(byte & 127) << shift;
    if (byte < 128) return Number(BigInt.asIntN(64, value));
  }
  throw new RangeError(`a number at byte ${at.offset} is longer than ten bytes`);
}
