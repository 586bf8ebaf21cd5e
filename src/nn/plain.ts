import { UserError } from '../core/errors.js';
import type { Net } from './net.js';
import type { Params } from './params.js';

/**
 * A multilayer perceptron in plain TypeScript: the slow road beside the runtime's, for one row at a time where waiting
 * for a promise would cost more than the product. Reads the very arrays of `params`, so it follows their training.
 * @returns y of x; the array given is written again by the next call
 * @throws UserError for nets other than an `mlp` of relu layers without norms and skips
 */
export function plainMlp(net: Net<'x', 'y'>, params: Params): (x: Float32Array) => Float32Array {
  const { act, layerNorm, skip, hidden } = net.config as { readonly [field: string]: unknown };
  if (net.kind !== 'mlp' || act !== 'relu' || layerNorm === true || skip === true) {
    throw new UserError('only an mlp of relu layers, without norms and skips, has a plain road');
  }
  const names = [...(hidden as readonly number[]).map((_, layer) => `h${layer}`), 'out'];
  const layers = names.map((name) => ({ w: params.get(`${name}.w`), b: params.get(`${name}.b`) }));
  const outputs = layers.map(({ b }) => new Float32Array(b.length));
  return (x) => {
    let from = x;
    for (let layer = 0; layer < layers.length; layer++) {
      const { w, b } = layers[layer] as { readonly w: Float32Array; readonly b: Float32Array };
      const to = outputs[layer] as Float32Array;
      affineInto(from, w, b, to);
      if (layer < layers.length - 1) bend(to);
      from = to;
    }
    return from;
  };
}

/** to = from . w + b, with w [from, to] row by row. Inputs of 0, which one-hot features mostly are, cost nothing. */
function affineInto(from: Float32Array, w: Float32Array, b: Float32Array, to: Float32Array): void {
  to.set(b);
  const width = to.length;
  for (let i = 0; i < from.length; i++) {
    const value = from[i] as number;
    if (value === 0) continue;
    const row = i * width;
    for (let j = 0; j < width; j++) to[j] = (to[j] as number) + value * (w[row + j] as number);
  }
}

function bend(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) if ((values[i] as number) < 0) values[i] = 0;
}
