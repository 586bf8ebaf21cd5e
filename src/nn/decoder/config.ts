import { z } from 'zod';
import { readFields } from '../../core/config.js';
import type { JsonObject } from '../../core/json.js';
import { ACTIVATIONS, type Activation, width } from '../layers.js';
import type { ParamSpecs } from '../params.js';

const fields = z
  .strictObject({
    /** How many tokens there are. */
    vocab: width,
    /** The longest sequence it takes, in tokens. */
    context: width,
    layers: width,
    /** Numbers that a token carries from layer to layer: a multiple of heads. */
    width,
    heads: width,
    act: z.enum(Object.keys(ACTIVATIONS) as [Activation, ...Activation[]]).default('gelu'),
  })
  .refine(({ width, heads }) => width % heads === 0, { path: ['width'], message: 'must be a multiple of heads' });

/** The sizes of a decoder. */
export type DecoderConfig = z.output<typeof fields>;
export type DecoderOptions = z.input<typeof fields>;

/** @throws UserError naming the size that is wrong */
export function readDecoderConfig(config: JsonObject): DecoderConfig {
  return readFields(fields, config, 'decoder') as DecoderConfig;
}

/**
 * The weights by the names that GPT-2 gave them. Projections back into the stream begin smaller, the more layers add to
 * it.
 * SEE: A. Radford et al., "Language Models are Unsupervised Multitask Learners", 2019, section 2.3.
 */
export function decoderWeights({ vocab, context, layers, width }: DecoderConfig): ParamSpecs {
  const weights = {
    'wte.weight': { dims: [vocab, width], init: { normal: SPREAD } },
    'wpe.weight': { dims: [context, width], init: { normal: SPREAD } },
  };
  const back = SPREAD / Math.sqrt(2 * layers);
  for (let layer = 0; layer < layers; layer++) {
    const at = `h.${layer}`;
    Object.assign(weights, norm(`${at}.ln_1`, width), dense(`${at}.attn.c_attn`, width, 3 * width, SPREAD));
    Object.assign(weights, dense(`${at}.attn.c_proj`, width, width, back), norm(`${at}.ln_2`, width));
    Object.assign(weights, dense(`${at}.mlp.c_fc`, width, 4 * width, SPREAD));
    Object.assign(weights, dense(`${at}.mlp.c_proj`, 4 * width, width, back));
  }
  return Object.assign(weights, norm('ln_f', width));
}

const SPREAD = 0.02;

function norm(name: string, width: number): ParamSpecs {
  return { [`${name}.weight`]: { dims: [width], init: 'ones' }, [`${name}.bias`]: { dims: [width], init: 'zeros' } };
}

function dense(name: string, rows: number, columns: number, normal: number): ParamSpecs {
  return {
    [`${name}.weight`]: { dims: [rows, columns], init: { normal } },
    [`${name}.bias`]: { dims: [columns], init: 'zeros' },
  };
}
