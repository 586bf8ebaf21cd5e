import { messageOf, UserError } from '../core/errors.js';
import { isObject, type JsonObject } from '../core/json.js';
import { buildModel } from './graph/build.js';
import { Graph, type Sym } from './graph/graph.js';
import type { Net, NetKind, Specs, Syms } from './net.js';
import { readMetadata, readModel } from './onnx/read.js';
import { writeModel } from './onnx/write.js';
import { checkSame, Params } from './params.js';

/** The keys under which a file says what it is. */
export const KIND = 'ludus.kind';
export const CONFIG = 'ludus.config';

/**
 * A network as a plain ONNX file (opset 17) that says what it is: sizes that were open stay so, weights are its
 * initialisers, and `metadata` is added to what `readNet` needs.
 * @throws UserError when the weights are not this net's
 */
export function toOnnx(net: Net, params: Params, metadata: { readonly [key: string]: string } = {}): Uint8Array {
  checkSame(Object.entries(net.params), params);
  const graph = new Graph();
  const weights: { [name: string]: Sym } = {};
  for (const [name, { dims, data }] of params) weights[name] = graph.initializer(name, dims, data);
  const outputs = net.forward(weights, inputsOf(graph, net.inputs));
  for (const [name, sym] of Object.entries(outputs)) graph.output(name, sym);
  const about = { ...metadata, [KIND]: net.kind, [CONFIG]: JSON.stringify(net.config) };
  return writeModel(buildModel(graph, net.kind, about));
}

/** An input of the graph for each spec. */
export function inputsOf<K extends string>(graph: Graph, specs: Specs<K>): Syms<K> {
  const entries = Object.entries<Specs[string]>(specs);
  return Object.fromEntries(
    entries.map(([name, { dims, dtype }]) => [name, graph.input(name, dims, dtype)]),
  ) as Syms<K>;
}

/** The weights of a file. @throws UserError when it is no ONNX file, or holds weights that are not float32 */
export function readParams(file: Uint8Array): Params {
  return new Params(
    readModel(file).initializers.map(({ name, dims, data }) => {
      if (data instanceof Float32Array) return [name, { dims, data }];
      throw new UserError(`weight "${name}" is not float32`);
    }),
  );
}

/** What kind of network a file holds; null when it does not say. */
export function readKind(file: Uint8Array): string | null {
  return readMetadata(file)[KIND] ?? null;
}

/**
 * The net and the weights of a file that `toOnnx` wrote, to train on.
 * @throws UserError when the file holds another kind, or its weights do not fit its config
 */
export function readNet<I extends string, O extends string>(kind: NetKind<I, O>, file: Uint8Array) {
  const metadata = readMetadata(file);
  if (metadata[KIND] !== kind.kind) {
    throw new UserError(
      `this file holds ${metadata[KIND] ?? 'a network that does not say its kind'}, not ${kind.kind}`,
    );
  }
  const net = kind.open(readConfig(metadata[CONFIG] ?? ''));
  const params = readParams(file);
  checkSame(Object.entries(net.params), params);
  return { net, params, metadata };
}

function readConfig(text: string): JsonObject {
  try {
    const config: unknown = JSON.parse(text);
    if (isObject(config)) return config;
  } catch (error) {
    throw new UserError(`the file's ${CONFIG} is not JSON: ${messageOf(error)}`);
  }
  throw new UserError(`the file's ${CONFIG} is no object`);
}
