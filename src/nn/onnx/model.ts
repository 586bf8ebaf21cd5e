/** A size, or the name of one that the caller chooses at run time: `batch`. */
export type Dim = number | string;

/** The element types used here, by their number in `TensorProto.DataType`. SEE: onnx.proto of ONNX 1.12 */
export const DATA_TYPES = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9, float64: 11 } as const;
export type DType = keyof typeof DATA_TYPES;

/** What holds the elements of each type; booleans are bytes of 0 and 1. */
export type TensorData = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;

/** A named array in row-major order. */
export interface NamedTensor {
  readonly name: string;
  readonly dtype: DType;
  readonly dims: readonly number[];
  readonly data: TensorData;
}

/** An attribute of a node: a whole number, a list of them, a float, a word or a tensor. */
export type Attribute = number | string | readonly number[] | { readonly float: number } | NamedTensor;
export type Attributes = { readonly [name: string]: Attribute };

/** One operation. Names tie outputs to inputs; an empty name is an optional one left out. */
export interface ModelNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Attributes;
}

/** An input or output as the file declares it. */
export interface ValueInfo {
  readonly name: string;
  readonly dtype: DType;
  readonly dims: readonly Dim[];
}

/** What an ONNX file says about itself, computation aside. */
export interface ModelHead {
  readonly name: string;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: readonly NamedTensor[];
  readonly metadata: { readonly [key: string]: string };
}

/** A whole ONNX file. */
export interface Model extends ModelHead {
  /** In an order in which every input is there before it is used. */
  readonly nodes: readonly ModelNode[];
}

/** The array type of an element type. */
export function arrayOf(dtype: DType, length: number): TensorData {
  return new ARRAYS[dtype](length);
}

/** Views of bytes that start at a multiple of 8, element by element. */
export function viewAs(dtype: DType, buffer: ArrayBuffer): TensorData {
  return new ARRAYS[dtype](buffer);
}

const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const;
