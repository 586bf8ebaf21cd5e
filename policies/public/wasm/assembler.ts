import { Bytes } from './bytes.js';

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
const END = 0x0b;

/** The body of one function. The parameters are its first locals; all other locals are vectors. */
export class Body {
  readonly signature: Signature;
  readonly #code = new Bytes();
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
    this.#code.byte(0x20);
    this.#code.unsigned(local);
  }

  set(local: number): void {
    this.#code.byte(0x21);
    this.#code.unsigned(local);
  }

  call(index: number): void {
    this.#code.byte(0x10);
    this.#code.unsigned(index);
  }

  vector(instruction: VectorInstruction): void {
    this.#code.byte(VECTOR_PREFIX);
    this.#code.unsigned(VECTOR[instruction]);
  }

  /** A vector of 16 given bytes. */
  constant(bytes: ArrayLike<number>): void {
    this.#code.byte(VECTOR_PREFIX);
    this.#code.byte(0x0c);
    this.#code.all(bytes);
  }

  /** Takes two vectors; byte `i` of the result is byte `picked[i]` of the 32 that they have together. */
  shuffle(picked: ArrayLike<number>): void {
    this.#code.byte(VECTOR_PREFIX);
    this.#code.byte(0x0d);
    this.#code.all(picked);
  }

  load(address: number): void {
    this.#zero();
    this.#at(0x00, address);
  }

  /** Stores the vector that `value` leaves on the stack. */
  store(address: number, value: () => void): void {
    this.#zero();
    value();
    this.#at(0x0b, address);
  }

  /** Copies a stretch of memory. */
  copy(to: number, from: number, bytes: number): void {
    for (const number of [to, from, bytes]) {
      this.#code.byte(0x41);
      this.#code.signed(number);
    }
    this.#code.all([BULK_PREFIX, 0x0a, 0x00, 0x00]);
  }

  /** How long the body is so far. */
  get length(): number {
    return this.#code.length;
  }

  /** As it stands in a module, its length first. */
  bytes(): Uint8Array {
    const head = new Bytes();
    const own = this.#locals - this.signature.parameters.length;
    head.unsigned(own > 0 ? 1 : 0);
    if (own > 0) {
      head.unsigned(own);
      head.byte(TYPES.v128);
    }
    const whole = new Bytes();
    whole.unsigned(head.length + this.#code.length + 1);
    for (const part of [head.taken(), this.#code.taken(), [END]]) whole.all(part);
    return whole.taken();
  }

  /** NOTE: every address is known, so it stands in the instruction as the distance from address 0. */
  #zero(): void {
    this.#code.byte(0x41);
    this.#code.byte(0x00);
  }

  #at(instruction: number, address: number): void {
    this.#code.byte(VECTOR_PREFIX);
    this.#code.byte(instruction);
    this.#code.byte(ALIGNED);
    this.#code.unsigned(address);
  }
}

/** A module that imports `memory.memory` and exports one of its functions by name. */
export function assemble(
  bodies: readonly Body[],
  exported: { readonly name: string; readonly index: number },
): Uint8Array {
  const module = new Bytes();
  module.all([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
  module.section(1, listed(bodies.map(({ signature }) => typeOf(signature))));
  module.section(2, listed([[...text('memory'), ...text('memory'), 0x02, 0x00, 0x01]]));
  module.section(3, listed(bodies.map((_, index) => unsigned(index))));
  module.section(7, listed([[...text(exported.name), 0x00, ...unsigned(exported.index)]]));
  module.section(10, listed(bodies.map((body) => body.bytes())));
  return module.taken();
}

function typeOf({ parameters, results }: Signature): Uint8Array {
  const type = new Bytes();
  type.byte(0x60);
  for (const list of [parameters, results]) type.all(listed(list.map((name) => [TYPES[name]])));
  return type.taken();
}

function listed(items: readonly ArrayLike<number>[]): Uint8Array {
  const list = new Bytes();
  list.unsigned(items.length);
  for (const item of items) list.all(item);
  return list.taken();
}

function text(value: string): Uint8Array {
  return listed([...new TextEncoder().encode(value)].map((byte) => [byte]));
}

function unsigned(value: number): Uint8Array {
  const bytes = new Bytes();
  bytes.unsigned(value);
  return bytes.taken();
}
