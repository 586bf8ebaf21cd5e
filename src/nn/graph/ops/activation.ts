import type { Op, OpTable, Sym } from '../graph.js';
import { add, applyUnary, greater, log, max, mul, neg, sub, unary, where } from './arithmetic.js';
import { only } from './shape.js';

/** The bends of a network. */
export const activationOps = {
  Tanh: unary('Tanh', (d, _, y) => mul(d, sub(1, mul(y, y)))),
  Sigmoid: unary('Sigmoid', (d, _, y) => mul(d, mul(y, sub(1, y)))),
  Relu: unary('Relu', (d, _, y) => where(greater(y, 0), d, 0)),
  Softplus: unary('Softplus', (d, x) => mul(d, sigmoid(x))),
  /** NOTE: the ONNX Softplus has no float64 kernel, so there it is built of others and keeps this rule. */
  Softplus64: unary('Identity', (d, x) => mul(d, sigmoid(x))),
  Gelu: { type: 'Identity', gradient: (call, [d]) => [geluGradient(d as Sym, call.sources as [Sym, Sym, Sym])] },
} satisfies OpTable;

export function tanh(x: Sym): Sym {
  return applyUnary(activationOps.Tanh, x);
}

export function sigmoid(x: Sym): Sym {
  return applyUnary(activationOps.Sigmoid, x);
}

export function relu(x: Sym): Sym {
  return applyUnary(activationOps.Relu, x);
}

/** log(1 + exp(x)), without overflow. */
export function softplus(x: Sym): Sym {
  if (x.dtype !== 'float64') return applyUnary(activationOps.Softplus, x);
  const magnitude = max(x, neg(x));
  return withRule(activationOps.Softplus64, sub(relu(x), log(sigmoid(magnitude))), [x]);
}

const SLOPE = 2 * Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715 * SLOPE;

/**
 * The Gaussian error linear unit in its tanh form, 0.5 x (1 + tanh u), written as x sigmoid(2u), which is equal and
 * takes fewer operations; u = sqrt(2 / pi) (x + 0.044715 x^3).
 * SEE: D. Hendrycks, K. Gimpel, "Gaussian error linear units", 2016, section 2.
 */
export function gelu(x: Sym): Sym {
  const square = mul(x, x);
  const gate = sigmoid(mul(x, add(mul(square, CUBIC), SLOPE)));
  return withRule(activationOps.Gelu, mul(x, gate), [x, square, gate]);
}

/** d/dx x s(2u) = s + x s (1 - s) 2u'. */
function geluGradient(d: Sym, [x, square, gate]: readonly [Sym, Sym, Sym]): Sym {
  const steep = add(mul(square, 3 * CUBIC), SLOPE);
  return mul(d, add(gate, mul(mul(mul(x, gate), sub(1, gate)), steep)));
}

/** A result of several operations under one gradient rule, which speaks of `sources`. */
function withRule(op: Op, result: Sym, sources: readonly Sym[]): Sym {
  return only(result.graph.call(op, [result], [result], {}, sources));
}
