/** Every operation, as a function of arrays of a graph. */
export { gelu, relu, sigmoid, softplus, tanh } from './ops/activation.js';
export {
  add,
  and,
  clip,
  div,
  equal,
  exp,
  greater,
  less,
  lessOrEqual,
  log,
  max,
  min,
  mul,
  neg,
  sqrt,
  sub,
  where,
} from './ops/arithmetic.js';
export { affine, gemm, matmul, type Turned } from './ops/linear.js';
export { gather, gatherElements, scatterAdd } from './ops/lookup.js';
export {
  cast,
  concat,
  expand,
  range,
  reshape,
  reshapeTo,
  shapeOf,
  split,
  squeeze,
  stop,
  sum,
  transpose,
  unsqueeze,
  zeros,
} from './ops/shape.js';
export { layerNorm, logSoftmax, mean, softmax } from './ops/statistics.js';
