import { UserError } from '../../../core/errors.js';
import type { Dim } from '../../onnx/model.js';
import type { Call, OpTable, Sym } from '../graph.js';
import { axisOf, fixed, sameDims, show, sizeOf } from '../shapes.js';
import { expand, only, reshape, zeros } from './shape.js';

/** Elements found by number. Numbers are int32 or int64. */
export const lookupOps = {
  Gather: { type: 'Gather', gradient: gatherGradient },
  GatherElements: {
    type: 'GatherElements',
    gradient: ({ sources, attributes }, [d]) => {
      const [x, ids] = sources as [Sym, Sym];
      return [scatterAdd(zeros(x.graph, fixed('GatherElements', x.dims)), ids, d as Sym, attributes.axis as number)];
    },
  },
  ScatterElements: {
    type: 'ScatterElements',
    gradient: ({ sources: [, ids], attributes }, [d]) => [
      d,
      undefined,
      gatherElements(d as Sym, ids as Sym, attributes.axis as number),
    ],
  },
} satisfies OpTable;

/** Whole slices of x along an axis, by number: rows of an embedding. Dims of ids take the place of the axis. */
export function gather(x: Sym, ids: Sym, axis = 0): Sym {
  checkIds('Gather', ids);
  const at = axisOf('Gather', x.dims, axis);
  const dims = [...x.dims.slice(0, at), ...ids.dims, ...x.dims.slice(at + 1)];
  return only(x.graph.call(lookupOps.Gather, [x, ids], [{ dims, dtype: x.dtype }], { axis: at }));
}

/** Element by element along an axis: `y[i, j] = x[i, ids[i, j]]` for the last. */
export function gatherElements(x: Sym, ids: Sym, axis = -1): Sym {
  checkIds('GatherElements', ids);
  const at = axisOf('GatherElements', x.dims, axis);
  checkBeside('GatherElements', x, ids, at);
  return only(x.graph.call(lookupOps.GatherElements, [x, ids], [{ dims: ids.dims, dtype: x.dtype }], { axis: at }));
}

/** x with each update added where its number points along the axis, repeated numbers included. */
export function scatterAdd(x: Sym, ids: Sym, updates: Sym, axis = 0): Sym {
  checkIds('ScatterElements', ids);
  const at = axisOf('ScatterElements', x.dims, axis);
  checkBeside('ScatterElements', x, ids, at);
  if (!sameDims(ids.dims, updates.dims)) {
    throw new UserError(
      `ScatterElements: numbers of ${show(ids.dims)} take as many updates, got ${show(updates.dims)}`,
    );
  }
  const attributes = { axis: at, reduction: 'add' };
  return only(x.graph.call(lookupOps.ScatterElements, [x, ids, updates], [x], attributes));
}

/**
 * Rows that were looked up twice get both gradients.
 * NOTE: ScatterND, the shorter way, races in the runtime's CPU kernel when numbers repeat and threads are more than one.
 */
function gatherGradient(
  { sources, attributes }: Call,
  [d]: readonly (Sym | undefined)[],
): readonly (Sym | undefined)[] {
  const [x, ids] = sources as [Sym, Sym];
  const axis = attributes.axis as number;
  const dims = fixed('Gather', x.dims);
  const count = sizeOf(fixed('Gather', ids.dims));
  const flat = dims.map((dim, i) => (i === axis ? count : dim));
  const column = dims.map((_, i) => (i === axis ? count : 1));
  const everywhere = expand(reshape(ids, column), flat);
  return [scatterAdd(zeros(x.graph, dims), everywhere, reshape(d as Sym, flat), axis)];
}

function checkIds(op: string, ids: Sym): void {
  if (ids.dtype === 'int32' || ids.dtype === 'int64') return;
  throw new UserError(`${op}: numbers of elements are int32 or int64, but "${ids.name}" is ${ids.dtype}`);
}

/** The ranks are equal, and so are the sizes beside the axis; a runtime would read past the end otherwise. */
function checkBeside(op: string, x: Sym, ids: Sym, axis: number): void {
  const beside = (dims: readonly Dim[]) => dims.filter((_, i) => i !== axis);
  if (x.dims.length === ids.dims.length && sameDims(beside(x.dims), beside(ids.dims))) return;
  throw new UserError(`${op}: ${show(x.dims)} and numbers of ${show(ids.dims)} differ beside axis ${axis}`);
}
