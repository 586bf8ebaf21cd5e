import { messageOf, UserError } from '../../core/errors.js';
import { DATA_TYPES, type Dim, type DType, type ModelHead, type NamedTensor, type ValueInfo, viewAs } from './model.js';
import { type ProtoField, readFields, unpackVarints } from './protobuf.js';

/**
 * What a file says about itself: inputs, outputs, initialisers and metadata, of any opset.
 * @throws UserError when it is no ONNX file, or holds tensors of a type or storage that is not read here
 */
export function readModel(file: Uint8Array): ModelHead {
  return guarded(() => headOf(file));
}

/** What the file was given besides the computation: keys and words. @throws UserError when it is no ONNX file */
export function readMetadata(file: Uint8Array): { readonly [key: string]: string } {
  return guarded(() => metadataOf([...readFields(file)]));
}

function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`this is no ONNX file: ${messageOf(error)}`);
  }
}

function metadataOf(fields: readonly ProtoField[]): { readonly [key: string]: string } {
  return Object.fromEntries(all(fields, 14).map(readEntry));
}

function headOf(file: Uint8Array): ModelHead {
  const fields = [...readFields(file)];
  const graph = fields.find(({ field }) => field === 7);
  if (graph === undefined) throw new RangeError('it holds no graph');
  const inner = [...readFields(graph.bytes)];
  const initializers = all(inner, 5).map(readTensor);
  const given = new Set(initializers.map(({ name }) => name));
  return {
    name: text(inner, 2),
    // NOTE: files of IR version 3 and before list initialisers among the inputs too.
    inputs: all(inner, 11)
      .map(readValue)
      .filter(({ name }) => !given.has(name)),
    outputs: all(inner, 12).map(readValue),
    initializers,
    metadata: metadataOf(fields),
  };
}

function all(fields: readonly ProtoField[], wanted: number): Uint8Array[] {
  return fields.filter(({ field }) => field === wanted).map(({ bytes }) => bytes);
}

function text(fields: readonly ProtoField[], wanted: number): string {
  return new TextDecoder().decode(all(fields, wanted).at(-1));
}

function number(fields: readonly ProtoField[], wanted: number): number {
  return fields.findLast(({ field }) => field === wanted)?.value ?? 0;
}

function readEntry(bytes: Uint8Array): [string, string] {
  const fields = [...readFields(bytes)];
  return [text(fields, 1), text(fields, 2)];
}

function readTensor(bytes: Uint8Array): NamedTensor {
  const fields = [...readFields(bytes)];
  const name = text(fields, 8);
  const dtype = dtypeOf(number(fields, 2), name);
  const dims = fields
    .filter(({ field }) => field === 1)
    .flatMap((one) => (one.bytes.length > 0 ? unpackVarints(one.bytes) : [one.value]));
  const raw = storedIn(fields, name);
  // NOTE: copied, because a typed array must start at a multiple of its element's size; `slice` of a Buffer copies nothing.
  const data = viewAs(dtype, Uint8Array.from(raw).buffer);
  const length = dims.reduce((product, dim) => product * dim, 1);
  if (data.length === length) return { name, dtype, dims, data };
  throw new UserError(`tensor "${name}" has dims [${dims}] but ${data.length} elements`);
}

/** The bytes of a tensor: raw data, or 32-bit floats packed into their own field, which look the same. */
function storedIn(fields: readonly ProtoField[], name: string): Uint8Array {
  if (number(fields, 14) === 1)
    throw new UserError(`tensor "${name}" is stored outside the file, which is not read here`);
  const elsewhere = fields.some(({ field }) => field === 5 || field === 6 || field === 7 || field === 10);
  if (elsewhere) throw new UserError(`tensor "${name}" is not stored as raw data, which is not read here`);
  return all(fields, 9).at(-1) ?? all(fields, 4).at(-1) ?? new Uint8Array(0);
}

function dtypeOf(type: number, name: string): DType {
  for (const [dtype, number] of Object.entries(DATA_TYPES)) if (number === type) return dtype as DType;
  throw new UserError(`"${name}" has element type ${type} of ONNX; read here: ${Object.keys(DATA_TYPES).join(', ')}`);
}

function readValue(bytes: Uint8Array): ValueInfo {
  const fields = [...readFields(bytes)];
  const name = text(fields, 1);
  const type = [...readFields(one(fields, 2))];
  const tensor = [...readFields(one(type, 1))];
  const dims = all([...readFields(one(tensor, 2))], 1).map(readDim);
  return { name, dtype: dtypeOf(number(tensor, 1), name), dims };
}

function one(fields: readonly ProtoField[], wanted: number): Uint8Array {
  return all(fields, wanted).at(-1) ?? new Uint8Array(0);
}

function readDim(bytes: Uint8Array): Dim {
  const fields = [...readFields(bytes)];
  return fields.some(({ field }) => field === 2) ? text(fields, 2) : number(fields, 1);
}
