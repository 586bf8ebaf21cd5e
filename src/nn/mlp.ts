import type { JsonObject } from '../core/json.js';
import {
  affineParams,
  applyAffine,
  applyTrunk,
  checkSizes,
  checkTrunk,
  type TrunkConfig,
  trunkParams,
  trunkWidth,
} from './layers.js';
import type { Net, NetKind } from './net.js';

export interface MlpConfig extends TrunkConfig {
  /** Numbers that come out. */
  readonly out: number;
}

/** A multilayer perceptron: x [batch, in] -> y [batch, out]. @throws UserError when a size is none */
export function mlp(config: MlpConfig): Net<'x', 'y'> {
  checkTrunk(config);
  checkSizes({ out: config.out });
  const last = { in: trunkWidth(config), out: config.out };
  return {
    kind: MLP.kind,
    config: { ...config },
    params: { ...trunkParams(config), ...affineParams('out', last, 1) },
    inputs: { x: { dims: ['batch', config.in] } },
    forward: (weights, { x }) => ({ y: applyAffine(weights, 'out', applyTrunk(config, weights, x)) }),
  };
}

/** Reads an `mlp` back. */
export const MLP: NetKind<'x', 'y'> = {
  kind: 'mlp',
  open: (config: JsonObject) => mlp(config as unknown as MlpConfig),
};
