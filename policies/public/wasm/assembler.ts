/**
 * A small assembler for WebAssembly modules: named instructions, numbers in their variable-length form, and the
 * sections of a module with one memory.
 * SEE: WebAssembly Core Specification 2.0, chapter 5 (binary format).
 */

/** Vector instructions without immediates, by their number behind the prefix. */
const VECTOR = {
  'f32x4.splat': 0x13,
  'f64x2.splat': 0x14,
  'f32x4.gt': 0x44,
  'f64x2.gt': 0x4a,
  'v128.and': 0x4e,
  'v128.bitselect': 0x52,
  'f32x4.abs': 0xe0,
  'f32x4.add': 0xe4,
  'f32x4.sub': 0xe5,
  'f32x4.mul': 0xe6,
  'f32x4.div': 0xe7,
  'f64x2.abs': 0xec,
  'f64x2.add': 0xf0,
  'f64x2.sub': 0xf1,
  'f64x2.mul': 0xf2,
  'f64x2.div': 0xf3,
} as const;

export type VectorInstruction = keyof typeof VECTOR;

const TYPES = { f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

export type ValueType = keyof typeof TYPES;

export interface Signature {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

const VECTOR_PREFIX = 0xfd;
const BULK_PREFIX = 0xfc;
/** Sixteen bytes, as a power of two: vectors stand at whole multiples of their size. */
const ALIGNED = 4;

/** The body of one function. The parameters are its first locals; all other locals are vectors. */
export class Body {
  readonly signature: Signature;
  readonly #code: number[] = [];
  #locals: number;

  constructor(signature: Signature) {
    this.signature = signature;
    this.#locals = signature.parameters.length;
  }

  /** A new local. */
  local(): number {
    return this.#locals++;
  }

  get(local: number): void {
    this.#code.push(0x20, ...unsigned(local));
  }

  set(local: number): void {
    this.#code.push(0x21, ...unsigned(local));
  }

  call(index: number): void {
    this.#code.push(0x10, ...unsigned(index));
  }

  vector(instruction: VectorInstruction): void {
    this.#code.push(VECTOR_PREFIX, ...unsigned(VECTOR[instruction]));
  }

  /** A vector of 16 given bytes. */
  constant(bytes: Uint8Array): void {
    this.#code.push(VECTOR_PREFIX, 0x0c, ...bytes);
  }

  /** Takes two vectors; byte `i` of the result is byte `bytes[i]` of the 32 that they have together. */
  shuffle(bytes: readonly number[]): void {
    this.#code.push(VECTOR_PREFIX, 0x0d, ...bytes);
  }

  load(address: number): void {
    this.#code.push(...ZERO, VECTOR_PREFIX, 0x00, ALIGNED, ...unsigned(address));
  }

  /** Stores the vector that `value` leaves on the stack. */
  store(address: number, value: () => void): void {
    this.#code.push(...ZERO);
    value();
    this.#code.push(VECTOR_PREFIX, 0x0b, ALIGNED, ...unsigned(address));
  }

  /** Copies a stretch of memory. */
  copy(to: number, from: number, bytes: number): void {
    for (const number of [to, from, bytes]) this.#code.push(0x41, ...signed(number));
    this.#code.push(BULK_PREFIX, 0x0a, 0x00, 0x00);
  }

  /** How long the body is so far. */
  get length(): number {
    return this.#code.length;
  }

  bytes(): number[] {
    const own = this.#locals - this.signature.parameters.length;
    const declared = own > 0 ? [1, ...unsigned(own), TYPES.v128] : [0];
    return sized([...declared, ...this.#code, 0x0b]);
  }
}

/** The address 0 on the stack: all addresses are known, so they stand in the instructions. */
const ZERO = [0x41, 0x00];

/** A module that imports `memory.memory` and exports one of its functions by name. */
export function assemble(
  bodies: readonly Body[],
  exported: { readonly name: string; readonly index: number },
): Uint8Array {
  const types = bodies.map(({ signature }) => [
    0x60,
    ...listed(signature.parameters.map((type) => [TYPES[type]])),
    ...listed(signature.results.map((type) => [TYPES[type]])),
  ]);
  const head = [
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, listed(types)),
    ...section(2, listed([[...text('memory'), ...text('memory'), 0x02, 0x00, 0x01]])),
    ...section(3, listed(bodies.map((_, index) => unsigned(index)))),
    ...section(7, listed([[...text(exported.name), 0x00, ...unsigned(exported.index)]])),
  ];
  return joined(head, codeSection(bodies));
}

/** NOTE: the code can be megabytes long, so it is not spread into arguments or copied from list to list. */
function codeSection(bodies: readonly Body[]): readonly (readonly number[])[] {
  const parts = bodies.map((body) => body.bytes());
  const count = unsigned(bodies.length);
  const length = parts.reduce((total, part) => total + part.length, count.length);
  return [[10, ...unsigned(length)], count, ...parts];
}

function joined(head: readonly number[], parts: readonly (readonly number[])[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, head.length));
  bytes.set(head);
  let at = head.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...sized(content)];
}

function listed(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function sized(content: readonly number[]): number[] {
  return unsigned(content.length).concat(content);
}

function text(value: string): number[] {
  return sized([...new TextEncoder().encode(value)]);
}

/** A number from 0 on in base 128, lowest digit first (LEB128). */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  while (left >= 128) {
    bytes.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  return [...bytes, left];
}

/** The same with a sign: the last digit's bit 6 is it. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  while (left < -64 || left > 63) {
    bytes.push((left & 127) + 128);
    left >>= 7;
  }
  return [...bytes, left & 127];
}
