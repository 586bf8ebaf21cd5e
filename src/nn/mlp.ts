import { z } from 'zod';
import { readFields } from '../core/config.js';
import type { JsonObject } from '../core/json.js';
import { affineParams, applyAffine, applyTrunk, trunkFields, trunkParams, trunkWidth, width } from './layers.js';
import type { Net, NetKind } from './net.js';

const fields = z.strictObject({ ...trunkFields, out: width });
export type MlpConfig = z.input<typeof fields>;

/** Reads an `mlp` back. */
export const MLP: NetKind<'x', 'y'> = {
  kind: 'mlp',
  open: (given) => {
    const config = readFields(fields, given, 'mlp') as z.output<typeof fields>;
    return {
      kind: MLP.kind,
      config,
      params: { ...trunkParams(config), ...affineParams('out', { in: trunkWidth(config), out: config.out }, 1) },
      inputs: { x: { dims: ['batch', config.in] } },
      forward: (weights, { x }) => ({ y: applyAffine(weights, 'out', applyTrunk(config, weights, x)) }),
    };
  },
};

/** A multilayer perceptron: x [batch, in] -> y [batch, out]. @throws UserError naming the field that is wrong */
export function mlp(config: MlpConfig): Net<'x', 'y'> {
  return MLP.open(config as JsonObject);
}
