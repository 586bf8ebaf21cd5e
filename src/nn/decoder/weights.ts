import type { Graph, Sym } from '../graph/graph.js';
import type { Syms } from '../net.js';
import type { ParamSpecs, Params } from '../params.js';

/** Weights of a graph: stored in its file, or, where none are given, inputs under their own names. */
export function weightSyms(graph: Graph, specs: ParamSpecs, stored: Params | null): Syms {
  const syms = Object.entries(specs).map(([name, { dims }]): [string, Sym] => [
    name,
    stored === null ? graph.input(name, dims) : graph.initializer(name, dims, stored.get(name)),
  ]);
  return Object.fromEntries(syms);
}
