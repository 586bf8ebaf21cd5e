import { UserError } from '../core/errors.js';
import type { Sym } from './graph/graph.js';
import { add, affine, gelu, layerNorm, relu } from './graph/ops.js';
import { type Syms, weightOf } from './net.js';
import type { ParamSpecs } from './params.js';

/** What bends the numbers between layers, by name. */
export const ACTIVATIONS = { relu, gelu } as const;
export type Activation = keyof typeof ACTIVATIONS;

/** Hidden layers: each affine, then normalised if asked, then bent; over layers of equal width a skip if asked. */
export interface TrunkConfig {
  /** Numbers that go in. */
  readonly in: number;
  readonly hidden: readonly number[];
  readonly act?: Activation;
  readonly layerNorm?: boolean;
  readonly skip?: boolean;
}

/** @throws UserError naming the size that is no whole number from 1, or the unknown activation */
export function checkTrunk(config: TrunkConfig): void {
  checkSizes({ in: config.in, ...Object.fromEntries(config.hidden.map((width, i) => [`hidden[${i}]`, width])) });
  if (config.act === undefined || Object.hasOwn(ACTIVATIONS, config.act)) return;
  throw new UserError(`there is no activation "${config.act}"; known: ${Object.keys(ACTIVATIONS).join(', ')}`);
}

export function checkSizes(sizes: { readonly [name: string]: number }): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!(Number.isInteger(size) && size >= 1)) throw new UserError(`${name} is a whole number from 1, not ${size}`);
  }
}

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

export function trunkParams({ in: width, hidden, layerNorm }: TrunkConfig): ParamSpecs {
  const layers = hidden.map((out, i) => ({
    ...affineParams(`h${i}`, { in: hidden[i - 1] ?? width, out }, 2),
    ...(layerNorm && normParams(`h${i}.norm`, out)),
  }));
  return Object.assign({}, ...layers) as ParamSpecs;
}

function normParams(name: string, width: number): ParamSpecs {
  return { [`${name}.scale`]: { dims: [width], init: 'ones' }, [`${name}.bias`]: { dims: [width], init: 'zeros' } };
}

/** How wide a trunk ends. */
export function trunkWidth({ in: width, hidden }: TrunkConfig): number {
  return hidden.at(-1) ?? width;
}

export function applyTrunk(config: TrunkConfig, weights: Syms, x: Sym): Sym {
  const bend = ACTIVATIONS[config.act ?? 'relu'];
  return config.hidden.reduce((before, width, i) => {
    const layer = applyAffine(weights, `h${i}`, before);
    const normal = (part: string) => weightOf(weights, `h${i}.norm.${part}`);
    const bent = bend(config.layerNorm ? layerNorm(layer, normal('scale'), normal('bias')) : layer);
    return config.skip && before.dims.at(-1) === width ? add(before, bent) : bent;
  }, x);
}
