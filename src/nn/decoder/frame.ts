import type { Graph, Sym } from '../graph/graph.js';
import {
  and,
  cast,
  concat,
  gather,
  lessOrEqual,
  range,
  reshape,
  reshapeTo,
  shapeOf,
  sub,
  unsqueeze,
  where,
} from '../graph/ops.js';
import type { Dim } from '../onnx/model.js';

/** The batch of sequences that a graph is built for: sizes known, as training needs them, or open until run time. */
export interface Frame {
  readonly dims: readonly [batch: Dim, seq: Dim];
  /** Null where they are open. */
  readonly size: { readonly batch: number; readonly seq: number } | null;
  /** An array whose first two axes are the batch and its tokens, with other axes after them. */
  reshape(x: Sym, rest: readonly number[]): Sym;
}

/** The frame of ids [batch, seq]. */
export function frameOf(ids: Sym): Frame {
  const [batch, seq] = ids.dims as readonly [Dim, Dim];
  if (typeof batch === 'number' && typeof seq === 'number') {
    return { dims: [batch, seq], size: { batch, seq }, reshape: (x, rest) => reshape(x, [batch, seq, ...rest]) };
  }
  const shape = shapeOf(ids);
  return {
    dims: [batch, seq],
    size: null,
    reshape: (x, rest) => reshapeTo(x, concat([shape, ids.graph.constant(rest, 'int64')], 0), [batch, seq, ...rest]),
  };
}

/** Far enough below every score that its exponential is 0, and finite, so that a token which sees nothing has no NaN. */
const HIDDEN = -1e9;

/** Adds nothing to the scores of what came before a token and hides what comes after it: [1, 1, seq, seq]. */
export function causal(graph: Graph, seq: number): Sym {
  const scores = Array.from({ length: seq * seq }, (_, i) => (i % seq <= Math.floor(i / seq) ? 0 : HIDDEN));
  return graph.constant(scores, graph.float, [1, 1, seq, seq]);
}

/** The same where sizes are open: [seq, seq]. */
export function openCausal(ids: Sym): Sym {
  const { graph } = ids;
  const places = range(graph.constant(0, 'int64'), sizeOf(ids, 1), ids.dims[1] as Dim);
  return where(lessOrEqual(unsqueeze(places, [0]), unsqueeze(places, [1])), 0, HIDDEN);
}

/**
 * The same where tokens stand before the new ones and some places are empty: [batch, 1, seq, total].
 * @param attention [batch, total], int64: 1 for a token, 0 for an empty place
 */
export function openCausalOver(ids: Sym, attention: Sym): Sym {
  const { graph } = ids;
  const total = sizeOf(attention, 1);
  const keys = range(graph.constant(0, 'int64'), total, attention.dims[1] as Dim);
  const queries = range(sub(total, sizeOf(ids, 1)), total, ids.dims[1] as Dim);
  const before = lessOrEqual(unsqueeze(keys, [0]), unsqueeze(queries, [1]));
  const seen = and(before, unsqueeze(cast(attention, 'bool'), [1, 2]));
  return where(seen, 0, HIDDEN);
}

/** The places 0, 1, 2, ... of ids whose sizes are open: [seq], int64. */
export function openPlaces(ids: Sym): Sym {
  return range(ids.graph.constant(0, 'int64'), sizeOf(ids, 1), ids.dims[1] as Dim);
}

/** A size without dims, int64. */
function sizeOf(x: Sym, axis: number): Sym {
  return gather(shapeOf(x), x.graph.constant(axis, 'int64'));
}
