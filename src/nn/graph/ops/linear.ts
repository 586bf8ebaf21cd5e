import { UserError } from '../../../core/errors.js';
import type { Dim } from '../../onnx/model.js';
import type { OpTable, Sym } from '../graph.js';
import { broadcast, type Dims, sameDims, show } from '../shapes.js';
import { only, sumTo, transpose } from './shape.js';

/** Products of matrices. */
export const linearOps = {
  MatMul: {
    type: 'MatMul',
    gradient: ({ sources }, [d]) => {
      const [a, b] = sources as [Sym, Sym];
      const flow = d as Sym;
      return [sumTo(matmul(flow, flip(b)), a.dims), sumTo(matmul(flip(a), flow), b.dims)];
    },
  },
  Gemm: {
    type: 'Gemm',
    gradient: ({ sources, attributes }, [d]) => {
      const [a, b, c] = sources as [Sym, Sym, Sym?];
      const flow = d as Sym;
      const turned = { a: attributes.transA === 1, b: attributes.transB === 1 };
      const da = turned.a ? gemm(b, flow, { a: turned.b, b: true }) : gemm(flow, b, { b: !turned.b });
      const db = turned.b ? gemm(flow, a, { a: true, b: turned.a }) : gemm(a, flow, { a: !turned.a });
      return [da, db, c && sumTo(flow, c.dims)];
    },
  },
} satisfies OpTable;

/** Products of the last two axes; the axes before them are stretched to fit. @throws UserError when sizes differ */
export function matmul(a: Sym, b: Sym): Sym {
  if (a.dims.length < 2 || b.dims.length < 2) {
    throw new UserError(`MatMul: takes arrays of two or more axes, got ${show(a.dims)} and ${show(b.dims)}`);
  }
  const [rows, inner] = a.dims.slice(-2) as [Dim, Dim];
  const [height, columns] = b.dims.slice(-2) as [Dim, Dim];
  checkInner('MatMul', inner, height, a.dims, b.dims);
  const lead = broadcast('MatMul', a.dims.slice(0, -2), b.dims.slice(0, -2));
  return only(a.graph.call(linearOps.MatMul, [a, b], [{ dims: [...lead, rows, columns], dtype: a.dtype }]));
}

/** Which matrices are transposed first. */
export interface Turned {
  readonly a?: boolean;
  readonly b?: boolean;
}

/** a b, of two matrices. */
export function gemm(a: Sym, b: Sym, turned: Turned = {}): Sym {
  return applyGemm([a, b], turned);
}

/** x w + bias: a layer. x is [rows, in], w [in, out] or, when turned, [out, in]; the bias fits [rows, out]. */
export function affine(x: Sym, w: Sym, bias: Sym, turned: Turned = {}): Sym {
  return applyGemm([x, w, bias], turned);
}

function applyGemm(inputs: readonly [Sym, Sym, Sym?], turned: Turned): Sym {
  const [a, b, c] = inputs;
  if (a.dims.length !== 2 || b.dims.length !== 2) {
    throw new UserError(`Gemm: takes two matrices, got ${show(a.dims)} and ${show(b.dims)}`);
  }
  const [rows, inner] = (turned.a ? [...a.dims].reverse() : a.dims) as [Dim, Dim];
  const [height, columns] = (turned.b ? [...b.dims].reverse() : b.dims) as [Dim, Dim];
  checkInner('Gemm', inner, height, a.dims, b.dims);
  const dims = [rows, columns];
  if (c !== undefined && !sameDims(broadcast('Gemm', dims, c.dims), dims)) {
    throw new UserError(`Gemm: a bias of ${show(c.dims)} does not fit a result of ${show(dims)}`);
  }
  const attributes = { ...(turned.a && { transA: 1 }), ...(turned.b && { transB: 1 }) };
  return only(
    a.graph.call(linearOps.Gemm, c === undefined ? [a, b] : [a, b, c], [{ dims, dtype: a.dtype }], attributes),
  );
}

function checkInner(op: string, inner: Dim, height: Dim, a: Dims, b: Dims): void {
  if (inner !== height)
    throw new UserError(`${op}: ${show(a)} times ${show(b)}: inner sizes ${inner} and ${height} differ`);
}

/** The last two axes exchanged. */
function flip(x: Sym): Sym {
  const last = x.dims.length - 1;
  return transpose(x, [...Array(last - 1).keys(), last, last - 1]);
}
