import { UserError } from '../../core/errors.js';
import type { Attributes, Dim, DType, NamedTensor, TensorData } from '../onnx/model.js';
import { type Dims, show, sizeOf } from './shapes.js';

/** Floats of a graph: float32 to work with, float64 to check gradients. */
export type Float = 'float32' | 'float64';

/** An array that a graph will compute: its dims and type are known while building, its elements only when it runs. */
export interface Sym {
  readonly graph: Graph;
  readonly name: string;
  readonly dims: Dims;
  readonly dtype: DType;
}

/**
 * How the loss changes with each source of a call, given how it changes with each output (undefined: not at all). One
 * entry a source, undefined where nothing flows.
 */
export type Gradient = (call: Call, d: readonly (Sym | undefined)[]) => readonly (Sym | undefined)[];

/** An operation: its ONNX type and its gradient rule; null where no gradient passes. */
export interface Op {
  readonly type: string;
  readonly gradient: Gradient | null;
  /**
   * Whether results that nobody reads can be left out, so that the runtime does not make them.
   * NOTE: of Split they cannot: the runtime writes where nothing is, and the process dies.
   */
  readonly sparing?: boolean;
}
export type OpTable = { readonly [name: string]: Op };

/** One use of an operation in a graph. */
export interface Call {
  readonly op: Op;
  readonly inputs: readonly Sym[];
  /** What the gradient rule speaks of: the inputs, save where several operations have one rule together. */
  readonly sources: readonly Sym[];
  readonly outputs: readonly Sym[];
  readonly attributes: Attributes;
}

/** What an output of a call will be. */
export interface Shape {
  readonly dims: Dims;
  readonly dtype: DType;
}

/** A computation under construction. Operations are functions of `ops.ts`; they find the graph in their arguments. */
export class Graph {
  readonly inputs: Sym[] = [];
  /** Arrays that travel inside the file under their own names: weights. */
  readonly initializers: NamedTensor[] = [];
  /** Numbers the computation itself needs. */
  readonly constants: NamedTensor[] = [];
  readonly calls: Call[] = [];
  readonly outputs: { readonly name: string; readonly sym: Sym }[] = [];
  readonly #names = new Set<string>();
  readonly #known = new Map<string, Sym>();
  #count = 0;

  constructor(readonly float: Float = 'float32') {}

  /** An array given at every run. @throws UserError when the name is taken */
  input(name: string, dims: Dims, dtype: DType = this.float): Sym {
    const sym = this.#named(name, dims, dtype);
    this.inputs.push(sym);
    return sym;
  }

  /** An array stored in the file, as floats of the graph. @throws UserError when the name is taken or sizes disagree */
  initializer(name: string, dims: readonly number[], data: Float32Array | Float64Array): Sym {
    checkLength(name, dims, data);
    const sym = this.#named(name, dims, this.float);
    const stored = this.float === 'float64' ? Float64Array.from(data) : Float32Array.from(data);
    this.initializers.push({ name, dtype: this.float, dims, data: stored });
    return sym;
  }

  /** A fixed array; a number alone has no dims. Equal small ones are one. */
  constant(values: number | readonly number[], dtype: DType = this.float, dims?: readonly number[]): Sym {
    const list = typeof values === 'number' ? [values] : values;
    const shape = dims ?? (typeof values === 'number' ? [] : [list.length]);
    const key =
      list.length <= 16
        ? `${dtype} ${show(shape)} ${list.map((value) => (Object.is(value, -0) ? '-0' : value))}`
        : null;
    const known = key === null ? undefined : this.#known.get(key);
    if (known !== undefined) return known;
    const sym = this.#fresh('constant', { dims: shape, dtype });
    const data = arrayFrom(dtype, list);
    checkLength(sym.name, shape, data);
    this.constants.push({ name: sym.name, dtype, dims: shape, data });
    if (key !== null) this.#known.set(key, sym);
    return sym;
  }

  /** Adds a use of an operation and gives its outputs. Shapes are the caller's to have worked out and checked. */
  call(op: Op, inputs: readonly Sym[], shapes: readonly Shape[], attributes: Attributes = {}, sources = inputs): Sym[] {
    const stranger = inputs.find(({ graph }) => graph !== this);
    if (stranger !== undefined) throw new UserError(`${op.type}: "${stranger.name}" belongs to another graph`);
    const outputs = shapes.map((shape) => this.#fresh(op.type, shape));
    this.calls.push({ op, inputs, sources, outputs, attributes });
    return outputs;
  }

  /** Names a result. @throws UserError when the name is taken */
  output(name: string, sym: Sym): void {
    this.#take(name);
    this.outputs.push({ name, sym });
  }

  #named(name: string, dims: Dims, dtype: DType): Sym {
    this.#take(name);
    return { graph: this, name, dims, dtype };
  }

  #take(name: string): void {
    if (this.#names.has(name))
      throw new UserError(`a graph cannot have two inputs, weights or outputs named "${name}"`);
    this.#names.add(name);
  }

  /** NOTE: a slash and a number at the end keep these apart from every name that people give. */
  #fresh(hint: string, { dims, dtype }: Shape): Sym {
    return { graph: this, name: `${hint}/${this.#count++}`, dims, dtype };
  }
}

function checkLength(name: string, dims: readonly Dim[], data: TensorData): void {
  const expected = sizeOf(dims.map(Number));
  if (data.length !== expected)
    throw new UserError(`"${name}" ${show(dims)} takes ${expected} numbers, got ${data.length}`);
}

function arrayFrom(dtype: DType, values: readonly number[]): TensorData {
  switch (dtype) {
    case 'float32':
      return Float32Array.from(values);
    case 'float64':
      return Float64Array.from(values);
    case 'int32':
      return Int32Array.from(values);
    case 'int64':
      return BigInt64Array.from(values.map(BigInt));
    default:
      return Uint8Array.from(values);
  }
}
