import type { Model, ModelNode } from '../onnx/model.js';
import type { Call, Graph } from './graph.js';

/**
 * The graph as an ONNX file's content, reduced to what its outputs need: operations, inputs, weights and constants that
 * none of them depends on are left out.
 */
export function buildModel(graph: Graph, name: string, metadata: { readonly [key: string]: string } = {}): Model {
  const { live, calls } = reach(graph);
  const named = nameOutputs(graph, calls);
  const constants = graph.constants.filter((tensor) => live.has(tensor.name)).map(constantNode);
  const nodes = calls.map((call) => nodeOf(call, live, named.renamed));
  const kept = <T extends { readonly name: string }>(list: readonly T[]) => list.filter((one) => live.has(one.name));
  return {
    name,
    nodes: [...constants, ...nodes, ...named.copies],
    inputs: kept(graph.inputs).map(({ name, dtype, dims }) => ({ name, dtype, dims })),
    outputs: graph.outputs.map(({ name, sym }) => ({ name, dtype: sym.dtype, dims: sym.dims })),
    initializers: kept(graph.initializers),
    metadata,
  };
}

/** The calls that outputs depend on, in their order, and the names of all arrays used. */
function reach(graph: Graph): { live: ReadonlySet<string>; calls: readonly Call[] } {
  const live = new Set(graph.outputs.map(({ sym }) => sym.name));
  const calls: Call[] = [];
  for (const call of [...graph.calls].reverse()) {
    if (!call.outputs.some(({ name }) => live.has(name))) continue;
    calls.push(call);
    for (const { name } of call.inputs) live.add(name);
  }
  return { live, calls: calls.reverse() };
}

/** Computed arrays take the name of their output; an input or a second name for one array needs a copy. */
function nameOutputs(graph: Graph, calls: readonly Call[]) {
  const computed = new Set(calls.flatMap(({ outputs }) => outputs.map(({ name }) => name)));
  const renamed = new Map<string, string>();
  const copies: ModelNode[] = [];
  for (const { name, sym } of graph.outputs) {
    if (computed.has(sym.name) && !renamed.has(sym.name)) renamed.set(sym.name, name);
    else copies.push({ op: 'Identity', inputs: [renamed.get(sym.name) ?? sym.name], outputs: [name] });
  }
  return { renamed, copies };
}

function nodeOf(call: Call, live: ReadonlySet<string>, renamed: ReadonlyMap<string, string>): ModelNode {
  const rename = (name: string) => renamed.get(name) ?? name;
  const outputs = call.outputs.map(({ name }) => (live.has(name) || call.op.sparing !== true ? rename(name) : ''));
  while (outputs.at(-1) === '') outputs.pop();
  const inputs = call.inputs.map(({ name }) => rename(name));
  return { op: call.op.type, inputs, outputs, attributes: call.attributes };
}

/** NOTE: constants are nodes, so that the initialisers of a file are its weights and nothing else. */
function constantNode(value: Graph['constants'][number]): ModelNode {
  return { op: 'Constant', inputs: [], outputs: [value.name], attributes: { value } };
}
