import {
  type Attribute,
  DATA_TYPES,
  type Dim,
  type Model,
  type ModelNode,
  type NamedTensor,
  type ValueInfo,
} from './model.js';
import { ProtoWriter } from './protobuf.js';

/** NOTE: opset 17 is the first with LayerNormalization; from 18 on, Split and the reductions are called differently. */
export const OPSET = 17;
/** NOTE: 8 is the version that came with opset 17; runtimes of 2022 and later read it. */
export const IR_VERSION = 8;

/** `AttributeProto.AttributeType`. */
const FLOAT = 1;
const INT = 2;
const STRING = 3;
const TENSOR = 4;
const INTS = 7;

/**
 * An ONNX file: opset 17, IR version 8, tensors as raw little-endian data.
 * Field numbers are those of onnx.proto. SEE: github.com/onnx/onnx, onnx/onnx.proto
 */
export function writeModel(model: Model): Uint8Array {
  const writer = new ProtoWriter();
  writer.int(1, IR_VERSION);
  writer.text(2, 'ludus');
  writer.message(7, (graph) => writeGraph(graph, model));
  writer.message(8, (opset) => {
    opset.text(1, '');
    opset.int(2, OPSET);
  });
  for (const [key, value] of Object.entries(model.metadata))
    writer.message(14, (entry) => writeEntry(entry, key, value));
  return writer.finish();
}

function writeGraph(graph: ProtoWriter, model: Model): void {
  for (const node of model.nodes) graph.message(1, (inner) => writeNode(inner, node));
  graph.text(2, model.name);
  for (const tensor of model.initializers) graph.message(5, (inner) => writeTensor(inner, tensor));
  for (const input of model.inputs) graph.message(11, (inner) => writeValue(inner, input));
  for (const output of model.outputs) graph.message(12, (inner) => writeValue(inner, output));
}

function writeEntry(entry: ProtoWriter, key: string, value: string): void {
  entry.text(1, key);
  entry.text(2, value);
}

function writeNode(writer: ProtoWriter, node: ModelNode): void {
  for (const input of node.inputs) writer.text(1, input);
  for (const output of node.outputs) writer.text(2, output);
  writer.text(4, node.op);
  for (const [name, attribute] of Object.entries(node.attributes ?? {})) {
    writer.message(5, (inner) => writeAttribute(inner, name, attribute));
  }
}

function writeAttribute(writer: ProtoWriter, name: string, attribute: Attribute): void {
  writer.text(1, name);
  writer.int(20, writePayload(writer, attribute));
}

/** Writes what an attribute holds and gives the number of its type. */
function writePayload(writer: ProtoWriter, attribute: Attribute): number {
  if (typeof attribute === 'number') {
    writer.int(3, attribute);
    return INT;
  }
  if (typeof attribute === 'string') {
    writer.text(4, attribute);
    return STRING;
  }
  if ('float' in attribute) {
    writer.float(2, attribute.float);
    return FLOAT;
  }
  if ('dtype' in attribute) {
    writer.message(5, (inner) => writeTensor(inner, attribute));
    return TENSOR;
  }
  for (const item of attribute) writer.int(8, item);
  return INTS;
}

function writeTensor(writer: ProtoWriter, { name, dtype, dims, data }: NamedTensor): void {
  for (const dim of dims) writer.int(1, dim);
  writer.int(2, DATA_TYPES[dtype]);
  writer.text(8, name);
  // NOTE: typed arrays hold the machine's order of bytes, which is little-endian wherever Node runs.
  writer.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function writeValue(writer: ProtoWriter, { name, dtype, dims }: ValueInfo): void {
  writer.text(1, name);
  writer.message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.int(1, DATA_TYPES[dtype]);
      tensor.message(2, (shape) => {
        for (const dim of dims) shape.message(1, (inner) => writeDim(inner, dim));
      });
    }),
  );
}

function writeDim(writer: ProtoWriter, dim: Dim): void {
  if (typeof dim === 'number') writer.int(1, dim);
  else writer.text(2, dim);
}
