import { UserError } from '../../../core/errors.js';
import type { DType } from '../../onnx/model.js';
import type { Graph, Op, OpTable, Sym } from '../graph.js';
import { broadcast } from '../shapes.js';
import { only, sumTo } from './shape.js';

/** Element by element; arguments are stretched to fit each other, and a number stands for an array of it. */
export const arithmeticOps = {
  Add: binary('Add', (d) => [d, d]),
  Sub: binary('Sub', (d) => [d, neg(d)]),
  Mul: binary('Mul', (d, a, b) => [mul(d, b), mul(d, a)]),
  Div: binary('Div', (d, _, b, y) => [div(d, b), neg(div(mul(d, y), b))]),
  // NOTE: of equals the first is taken, so that each element passes its gradient to exactly one side.
  Min: binary('Min', (d, a, b) => [where(less(b, a), 0, d), where(less(b, a), d, 0)]),
  Max: binary('Max', (d, a, b) => [where(less(a, b), 0, d), where(less(a, b), d, 0)]),
  Neg: unary('Neg', (d) => neg(d)),
  Exp: unary('Exp', (d, _, y) => mul(d, y)),
  Log: unary('Log', (d, x) => div(d, x)),
  Sqrt: unary('Sqrt', (d, _, y) => div(mul(d, 0.5), y)),
  Clip: unary('Clip', (d, x, y) => where(equal(x, y), d, 0)),
  Where: {
    type: 'Where',
    gradient: ({ sources }, [d]) => {
      const [condition, a, b] = sources as [Sym, Sym, Sym];
      const flow = d as Sym;
      return [undefined, sumTo(where(condition, flow, 0), a.dims), sumTo(where(condition, 0, flow), b.dims)];
    },
  },
  Less: { type: 'Less', gradient: null },
  LessOrEqual: { type: 'LessOrEqual', gradient: null },
  Greater: { type: 'Greater', gradient: null },
  Equal: { type: 'Equal', gradient: null },
  And: { type: 'And', gradient: null },
} satisfies OpTable;

/** An operation on one array whose rule needs the gradient, the argument and the result. */
export function unary(type: string, rule: (d: Sym, x: Sym, y: Sym) => Sym): Op {
  return { type, gradient: ({ sources, outputs }, [d]) => [rule(d as Sym, sources[0] as Sym, outputs[0] as Sym)] };
}

/** The same on two, stretched to fit: what was stretched is summed back. */
function binary(type: string, rule: (d: Sym, a: Sym, b: Sym, y: Sym) => readonly [Sym, Sym]): Op {
  return {
    type,
    gradient: ({ sources, outputs }, [d]) => {
      const [a, b] = sources as [Sym, Sym];
      const [da, db] = rule(d as Sym, a, b, outputs[0] as Sym);
      return [sumTo(da, a.dims), sumTo(db, b.dims)];
    },
  };
}

/** One argument in, the same dims and type out. */
export function applyUnary(op: Op, x: Sym): Sym {
  return only(x.graph.call(op, [x], [x]));
}

type Operand = Sym | number;

function applyBinary(op: Op, a: Operand, b: Operand, dtype?: DType): Sym {
  const graph = graphOf(op, a, b);
  const [x, y] = [lift(graph, a, b), lift(graph, b, a)];
  if (x.dtype !== y.dtype)
    throw new UserError(`${op.type}: takes two arrays of one type, got ${x.dtype} and ${y.dtype}`);
  return only(graph.call(op, [x, y], [{ dims: broadcast(op.type, x.dims, y.dims), dtype: dtype ?? x.dtype }]));
}

function graphOf(op: Op, a: Operand, b: Operand): Graph {
  if (typeof a !== 'number') return a.graph;
  if (typeof b !== 'number') return b.graph;
  throw new UserError(`${op.type}: takes at least one array, got ${a} and ${b}`);
}

/** A number as a constant of its partner's type. */
function lift(graph: Graph, x: Operand, partner: Operand): Sym {
  return typeof x === 'number' ? graph.constant(x, (partner as Sym).dtype) : x;
}

export function add(a: Operand, b: Operand): Sym {
  return applyBinary(arithmeticOps.Add, a, b);
}

export function sub(a: Operand, b: Operand): Sym {
  return applyBinary(arithmeticOps.Sub, a, b);
}

export function mul(a: Operand, b: Operand): Sym {
  return applyBinary(arithmeticOps.Mul, a, b);
}

export function div(a: Operand, b: Operand): Sym {
  return applyBinary(arithmeticOps.Div, a, b);
}

export function min(a: Operand, b: Operand): Sym {
  return applyBinary(arithmeticOps.Min, a, b);
}

export function max(a: Operand, b: Operand): Sym {
  return applyBinary(arithmeticOps.Max, a, b);
}

export function neg(x: Sym): Sym {
  return applyUnary(arithmeticOps.Neg, x);
}

export function exp(x: Sym): Sym {
  return applyUnary(arithmeticOps.Exp, x);
}

export function log(x: Sym): Sym {
  return applyUnary(arithmeticOps.Log, x);
}

export function sqrt(x: Sym): Sym {
  return applyUnary(arithmeticOps.Sqrt, x);
}

/** Kept between two numbers; no gradient passes where it was cut. */
export function clip(x: Sym, low: number, high: number): Sym {
  const bounds = [x.graph.constant(low, x.dtype), x.graph.constant(high, x.dtype)];
  return only(x.graph.call(arithmeticOps.Clip, [x, ...bounds], [x]));
}

/** a where the condition (bool) holds, elsewhere b. */
export function where(condition: Sym, a: Operand, b: Operand): Sym {
  const { graph } = condition;
  const dtype = [a, b].find((x) => typeof x !== 'number')?.dtype ?? graph.float;
  const [x, y] = [a, b].map((one) => (typeof one === 'number' ? graph.constant(one, dtype) : one)) as [Sym, Sym];
  const dims = broadcast('Where', broadcast('Where', condition.dims, x.dims), y.dims);
  return only(graph.call(arithmeticOps.Where, [condition, x, y], [{ dims, dtype }]));
}

export function less(a: Operand, b: Operand): Sym {
  return applyBinary(arithmeticOps.Less, a, b, 'bool');
}

export function lessOrEqual(a: Operand, b: Operand): Sym {
  return applyBinary(arithmeticOps.LessOrEqual, a, b, 'bool');
}

export function greater(a: Operand, b: Operand): Sym {
  return applyBinary(arithmeticOps.Greater, a, b, 'bool');
}

export function equal(a: Operand, b: Operand): Sym {
  return applyBinary(arithmeticOps.Equal, a, b, 'bool');
}

/** Both of two bool arrays. */
export function and(a: Sym, b: Sym): Sym {
  return applyBinary(arithmeticOps.And, a, b, 'bool');
}
