import { UserError } from '../../../core/errors.js';
import type { Call, OpTable, Sym } from '../graph.js';
import { axisOf, fixed, sameDims, show, sizeOf } from '../shapes.js';
import { add, div, exp, mul, sqrt, sub } from './arithmetic.js';
import { expand, only, reshape, sum, sumTo } from './shape.js';

const LAST = { axis: -1 };
const EPSILON = 1e-5;

/** Means, and what is normalised over the last axis. */
export const statisticsOps = {
  ReduceMean: {
    type: 'ReduceMean',
    gradient: ({ sources: [x], outputs: [y] }, [d]) => {
      const dims = fixed('ReduceMean', (x as Sym).dims);
      const share = sizeOf(fixed('ReduceMean', (y as Sym).dims)) / sizeOf(dims);
      return [expand(mul(d as Sym, share), dims)];
    },
  },
  Softmax: {
    type: 'Softmax',
    gradient: ({ outputs: [y] }, [d]) => {
      const flow = mul(d as Sym, y as Sym);
      return [sub(flow, mul(y as Sym, sum(flow, [-1])))];
    },
  },
  LogSoftmax: {
    type: 'LogSoftmax',
    gradient: ({ outputs: [y] }, [d]) => [sub(d as Sym, mul(exp(y as Sym), sum(d as Sym, [-1])))],
  },
  LayerNormalization: { type: 'LayerNormalization', gradient: layerNormGradient, sparing: true },
} satisfies OpTable;

/** Means over axes, which stay as size 1. Without axes: the mean of everything, without dims. */
export function mean(x: Sym, axes?: readonly number[]): Sym {
  if (axes === undefined) return reshape(mean(x, [...x.dims.keys()]), []);
  const over = axes.map((axis) => axisOf('ReduceMean', x.dims, axis));
  if (over.length === 0) return x;
  const dims = x.dims.map((dim, axis) => (over.includes(axis) ? 1 : dim));
  return only(x.graph.call(statisticsOps.ReduceMean, [x], [{ dims, dtype: x.dtype }], { axes: over, keepdims: 1 }));
}

/** Over the last axis. */
export function softmax(x: Sym): Sym {
  return only(x.graph.call(statisticsOps.Softmax, [x], [x], LAST));
}

/** Over the last axis. */
export function logSoftmax(x: Sym): Sym {
  return only(x.graph.call(statisticsOps.LogSoftmax, [x], [x], LAST));
}

/** Shifted and scaled to mean 0 and variance 1 over the last axis, then times scale plus bias; epsilon is 1e-5. */
export function layerNorm(x: Sym, scale: Sym, bias: Sym): Sym {
  const width = x.dims.slice(-1);
  if (width.length === 0 || !sameDims(scale.dims, width) || !sameDims(bias.dims, width)) {
    throw new UserError(
      `LayerNormalization: ${show(x.dims)} takes scale and bias of ${show(width)}, got ${show(scale.dims)} and ${show(bias.dims)}`,
    );
  }
  const rows = { dims: [...x.dims.slice(0, -1), 1], dtype: 'float32' } as const;
  const attributes = { axis: -1, epsilon: { float: EPSILON } };
  return only(x.graph.call(statisticsOps.LayerNormalization, [x, scale, bias], [x, rows, rows], attributes));
}

function layerNormGradient({ sources, outputs }: Call, [d]: readonly (Sym | undefined)[]): readonly Sym[] {
  const [x, scale, bias] = sources as [Sym, Sym, Sym];
  const flow = d as Sym;
  const { centre, spread } =
    x.dtype === 'float64' ? momentsOf(x) : { centre: outputs[1] as Sym, spread: outputs[2] as Sym };
  const normal = mul(sub(x, centre), spread);
  const inner = mul(flow, scale);
  const along = mul(normal, mean(mul(inner, normal), [-1]));
  const dx = mul(spread, sub(sub(inner, mean(inner, [-1])), along));
  return [dx, sumTo(mul(flow, normal), scale.dims), sumTo(flow, bias.dims)];
}

/** NOTE: the mean and inverse deviation that LayerNormalization gives out are float32 even of float64. */
function momentsOf(x: Sym): { centre: Sym; spread: Sym } {
  const centre = mean(x, [-1]);
  const offset = sub(x, centre);
  return { centre, spread: div(1, sqrt(add(mean(mul(offset, offset), [-1]), EPSILON))) };
}
