import { z } from 'zod';
import type { Sym } from './graph/graph.js';
import { add, affine, gelu, layerNorm, relu } from './graph/ops.js';
import { type Syms, weightOf } from './net.js';
import type { ParamSpecs } from './params.js';

/** What bends the numbers between layers, by name. */
export const ACTIVATIONS = { relu, gelu } as const;
export type Activation = keyof typeof ACTIVATIONS;

export const width = z.int().min(1);

/** Hidden layers, one after another. */
export const trunkFields = {
  /** Numbers that go in. */
  in: width,
  /** How wide each hidden layer is. */
  hidden: z.array(width),
  act: z.enum(Object.keys(ACTIVATIONS) as [Activation, ...Activation[]]).default('relu'),
  /** Whether each is normalised before it is bent. */
  layerNorm: z.boolean().default(false),
  /** Whether layers as wide as what they are given add it to their result. */
  skip: z.boolean().default(false),
};
const trunk = z.strictObject(trunkFields);
export type Trunk = z.output<typeof trunk>;

/**
 * Weights of an affine layer `name.w` [in, out] and `name.b` [out].
 * @param gain variance of the outputs over that of the inputs: 2 before a bend that drops half
 * SEE: K. He and others, "Delving deep into rectifiers", 2015, equation 10.
 */
export function affineParams(
  name: string,
  size: { readonly in: number; readonly out: number },
  gain: number,
): ParamSpecs {
  return {
    [`${name}.w`]: { dims: [size.in, size.out], init: { normal: Math.sqrt(gain / size.in) } },
    [`${name}.b`]: { dims: [size.out], init: 'zeros' },
  };
}

export function applyAffine(weights: Syms, name: string, x: Sym): Sym {
  return affine(x, weightOf(weights, `${name}.w`), weightOf(weights, `${name}.b`));
}

export function trunkParams({ in: first, hidden, layerNorm }: Trunk): ParamSpecs {
  const layers = hidden.map((out, i) => ({
    ...affineParams(`h${i}`, { in: hidden[i - 1] ?? first, out }, 2),
    ...(layerNorm && normParams(`h${i}.norm`, out)),
  }));
  return Object.assign({}, ...layers) as ParamSpecs;
}

function normParams(name: string, width: number): ParamSpecs {
  return { [`${name}.scale`]: { dims: [width], init: 'ones' }, [`${name}.bias`]: { dims: [width], init: 'zeros' } };
}

/** How wide a trunk ends. */
export function trunkWidth({ in: first, hidden }: Trunk): number {
  return hidden.at(-1) ?? first;
}

export function applyTrunk(config: Trunk, weights: Syms, x: Sym): Sym {
  const bend = ACTIVATIONS[config.act];
  return config.hidden.reduce((before, width, i) => {
    const layer = applyAffine(weights, `h${i}`, before);
    const normal = (part: string) => weightOf(weights, `h${i}.norm.${part}`);
    const bent = bend(config.layerNorm ? layerNorm(layer, normal('scale'), normal('bias')) : layer);
    return config.skip && before.dims.at(-1) === width ? add(before, bent) : bent;
  }, x);
}
