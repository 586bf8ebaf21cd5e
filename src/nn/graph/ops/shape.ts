import { UserError } from '../../../core/errors.js';
import type { Dim, DType } from '../../onnx/model.js';
import { DATA_TYPES } from '../../onnx/model.js';
import type { Graph, OpTable, Sym } from '../graph.js';
import { axisOf, broadcast, type Dims, fixed, sameDims, show, sizeOf } from '../shapes.js';

/** Operations that move elements without reckoning, and the sums that undo stretching. */
export const shapeOps = {
  Identity: { type: 'Identity', gradient: null },
  Cast: {
    type: 'Cast',
    gradient: ({ sources: [x] }, [d]) => [isFloat((x as Sym).dtype) ? cast(d as Sym, (x as Sym).dtype) : undefined],
  },
  Reshape: { type: 'Reshape', gradient: ({ sources: [x] }, [d]) => [reshape(d as Sym, (x as Sym).dims)] },
  Squeeze: { type: 'Squeeze', gradient: ({ sources: [x] }, [d]) => [reshape(d as Sym, (x as Sym).dims)] },
  Unsqueeze: { type: 'Unsqueeze', gradient: ({ sources: [x] }, [d]) => [reshape(d as Sym, (x as Sym).dims)] },
  Transpose: {
    type: 'Transpose',
    gradient: ({ attributes }, [d]) => [transpose(d as Sym, inverse(attributes.perm as readonly number[]))],
  },
  Concat: {
    type: 'Concat',
    gradient: ({ sources, attributes }, [d]) => {
      const axis = attributes.axis as number;
      return split(
        d as Sym,
        axis,
        fixed(
          'Concat',
          sources.map(({ dims }) => dims[axis] as Dim),
        ),
      );
    },
  },
  Split: {
    type: 'Split',
    gradient: ({ outputs, attributes }, d) => [
      concat(
        outputs.map((output, i) => d[i] ?? zeros(output.graph, fixed('Split', output.dims))),
        attributes.axis as number,
      ),
    ],
  },
  Expand: { type: 'Expand', gradient: ({ sources: [x] }, [d]) => [sumTo(d as Sym, (x as Sym).dims)] },
  ReduceSum: {
    type: 'ReduceSum',
    gradient: ({ sources: [x] }, [d]) => {
      const { dims } = x as Sym;
      // NOTE: a sum over everything has lost its axes; Expand brings them back from none.
      return [expand(d as Sym, fixed('ReduceSum', dims))];
    },
  },
  ConstantOfShape: { type: 'ConstantOfShape', gradient: null },
  Shape: { type: 'Shape', gradient: null },
  Range: { type: 'Range', gradient: null },
} satisfies OpTable;

export function isFloat(dtype: DType): boolean {
  return dtype === 'float32' || dtype === 'float64';
}

/** The only output of a call. */
export function only(outputs: readonly Sym[]): Sym {
  return outputs[0] as Sym;
}

/** The same values, through which no gradient passes. */
export function stop(x: Sym): Sym {
  return only(x.graph.call(shapeOps.Identity, [x], [x]));
}

export function cast(x: Sym, dtype: DType): Sym {
  if (x.dtype === dtype) return x;
  return only(x.graph.call(shapeOps.Cast, [x], [{ dims: x.dims, dtype }], { to: DATA_TYPES[dtype] }));
}

/** The same elements under other dims. One size may be open until run time. @throws UserError when sizes disagree */
export function reshape(x: Sym, dims: Dims): Sym {
  if (sameDims(x.dims, dims)) return x;
  const open = dims.filter((dim) => typeof dim === 'string');
  if (open.length > 1) {
    throw new UserError(`Reshape: ${show(dims)} leaves more than one size open; give them with reshapeTo`);
  }
  if (open.length === 0 && x.dims.every((dim) => typeof dim === 'number')) checkSize(x.dims, dims);
  const shape = x.graph.constant(
    dims.map((dim) => (typeof dim === 'number' ? dim : -1)),
    'int64',
  );
  return only(x.graph.call(shapeOps.Reshape, [x, shape], [{ dims, dtype: x.dtype }]));
}

function checkSize(from: Dims, to: Dims): void {
  const [here, there] = [sizeOf(fixed('Reshape', from)), sizeOf(fixed('Reshape', to))];
  if (here !== there) {
    throw new UserError(`Reshape: ${show(from)} has ${here} elements and ${show(to)} has ${there}`);
  }
}

/** The same elements under dims that the graph works out: `shape` is a list of int64, `dims` what it will be. */
export function reshapeTo(x: Sym, shape: Sym, dims: Dims): Sym {
  return only(x.graph.call(shapeOps.Reshape, [x, shape], [{ dims, dtype: x.dtype }]));
}

/** Without the axes given, each of size 1. */
export function squeeze(x: Sym, axes: readonly number[]): Sym {
  const gone = axes.map((axis) => axisOf('Squeeze', x.dims, axis));
  const wide = gone.find((axis) => x.dims[axis] !== 1);
  if (wide !== undefined) throw new UserError(`Squeeze: axis ${wide} of ${show(x.dims)} is not 1`);
  const dims = x.dims.filter((_, axis) => !gone.includes(axis));
  return only(x.graph.call(shapeOps.Squeeze, [x, x.graph.constant(gone, 'int64')], [{ dims, dtype: x.dtype }]));
}

/** With axes of size 1 put in, counted as they stand in the result, in rising order. */
export function unsqueeze(x: Sym, axes: readonly number[]): Sym {
  const dims: Dim[] = [...x.dims];
  for (const axis of axes) dims.splice(axis, 0, 1);
  return only(x.graph.call(shapeOps.Unsqueeze, [x, x.graph.constant(axes, 'int64')], [{ dims, dtype: x.dtype }]));
}

/** Axis i of the result is axis `perm[i]` of x. */
export function transpose(x: Sym, perm: readonly number[]): Sym {
  const sorted = [...perm].sort((a, b) => a - b);
  if (perm.length !== x.dims.length || sorted.some((axis, i) => axis !== i)) {
    throw new UserError(`Transpose: [${perm}] is no order of the axes of ${show(x.dims)}`);
  }
  const dims = perm.map((axis) => x.dims[axis] as Dim);
  return only(x.graph.call(shapeOps.Transpose, [x], [{ dims, dtype: x.dtype }], { perm }));
}

function inverse(perm: readonly number[]): number[] {
  const back: number[] = [];
  perm.forEach((from, to) => {
    back[from] = to;
  });
  return back;
}

/**
 * Arrays end to end along an axis. Where a size along it is open, `size` says what the sum is called.
 * @throws UserError when other sizes differ
 */
export function concat(xs: readonly Sym[], axis: number, size?: Dim): Sym {
  const [first] = xs;
  if (first === undefined) throw new UserError('Concat: takes at least one array');
  const at = axisOf('Concat', first.dims, axis);
  const apart = (dims: Dims) => dims.map((dim, i) => (i === at ? 1 : dim));
  const other = xs.find(({ dims }) => !sameDims(apart(dims), apart(first.dims)));
  if (other !== undefined)
    throw new UserError(`Concat: ${show(first.dims)} and ${show(other.dims)} differ beside axis ${at}`);
  const along =
    size ??
    total(
      fixed(
        'Concat',
        xs.map(({ dims }) => dims[at] as Dim),
      ),
    );
  const dims = first.dims.map((dim, i) => (i === at ? along : dim));
  return only(first.graph.call(shapeOps.Concat, xs, [{ dims, dtype: first.dtype }], { axis: at }));
}

/** Cut along an axis into pieces of the sizes given, which add up to its own. */
export function split(x: Sym, axis: number, sizes: readonly number[]): Sym[] {
  const at = axisOf('Split', x.dims, axis);
  if (total(sizes) !== x.dims[at])
    throw new UserError(`Split: [${sizes}] do not add up to axis ${at} of ${show(x.dims)}`);
  const shapes = sizes.map((size) => ({ dims: x.dims.map((dim, i) => (i === at ? size : dim)), dtype: x.dtype }));
  return x.graph.call(shapeOps.Split, [x, x.graph.constant(sizes, 'int64')], shapes, { axis: at });
}

function total(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Stretched to larger dims, as broadcasting would. */
export function expand(x: Sym, dims: readonly number[]): Sym {
  if (sameDims(x.dims, dims)) return x;
  const stretched = broadcast('Expand', x.dims, dims);
  if (!sameDims(stretched, dims)) throw new UserError(`Expand: ${show(x.dims)} does not fit into ${show(dims)}`);
  return only(x.graph.call(shapeOps.Expand, [x, x.graph.constant(dims, 'int64')], [{ dims, dtype: x.dtype }]));
}

/** Sums over axes, which stay as size 1. Without axes: the sum of everything, without dims. */
export function sum(x: Sym, axes?: readonly number[]): Sym {
  const all = x.dims.map((_, axis) => axis);
  const over = axes === undefined ? all : axes.map((axis) => axisOf('ReduceSum', x.dims, axis));
  if (over.length === 0) return x;
  const dims = axes === undefined ? [] : x.dims.map((dim, axis) => (over.includes(axis) ? 1 : dim));
  const attributes = { keepdims: axes === undefined ? 0 : 1 };
  return only(
    x.graph.call(shapeOps.ReduceSum, [x, x.graph.constant(over, 'int64')], [{ dims, dtype: x.dtype }], attributes),
  );
}

/** Summed back to the dims it was stretched from. */
export function sumTo(d: Sym, dims: Dims): Sym {
  const lead = d.dims.length - dims.length;
  const stretched = d.dims.flatMap((dim, i) => (i < lead || (dims[i - lead] === 1 && dim !== 1) ? [i] : []));
  return stretched.length === 0 ? d : reshape(sum(d, stretched), dims);
}

/** Zeros, as floats of the graph. */
export function zeros(graph: Graph, dims: readonly number[]): Sym {
  const dtype = graph.float;
  const data = dtype === 'float64' ? new Float64Array(1) : new Float32Array(1);
  const value = { name: '', dtype, dims: [1], data };
  return only(graph.call(shapeOps.ConstantOfShape, [graph.constant(dims, 'int64')], [{ dims, dtype }], { value }));
}

/** The dims as a list of int64, for sizes that are open until run time. */
export function shapeOf(x: Sym): Sym {
  return only(x.graph.call(shapeOps.Shape, [x], [{ dims: [x.dims.length], dtype: 'int64' }]));
}

/** from, from + 1, ... below `to`: whole numbers without dims. `size` is what their count is called. */
export function range(from: Sym, to: Sym, size: Dim): Sym {
  const one = from.graph.constant(1, from.dtype);
  return only(from.graph.call(shapeOps.Range, [from, to, one], [{ dims: [size], dtype: from.dtype }]));
}
