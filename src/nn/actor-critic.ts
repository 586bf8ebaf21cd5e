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

export interface ActorCriticConfig extends TrunkConfig {
  readonly actions: number;
}

/** How far the first policy may lie from uniform. SEE: M. Andrychowicz and others, "What matters in on-policy RL", 2020. */
const FIRST_POLICY = 1e-4;

/**
 * A policy and a value on one trunk: x [batch, in] -> logits [batch, actions], value [batch, 1].
 * @throws UserError when a size is none
 */
export function actorCritic(config: ActorCriticConfig): Net<'x', 'logits' | 'value'> {
  checkTrunk(config);
  checkSizes({ actions: config.actions });
  const width = trunkWidth(config);
  return {
    kind: ACTOR_CRITIC.kind,
    config: { ...config },
    params: {
      ...trunkParams(config),
      ...affineParams('logits', { in: width, out: config.actions }, FIRST_POLICY),
      ...affineParams('value', { in: width, out: 1 }, 1),
    },
    inputs: { x: { dims: ['batch', config.in] } },
    forward: (weights, { x }) => {
      const top = applyTrunk(config, weights, x);
      return { logits: applyAffine(weights, 'logits', top), value: applyAffine(weights, 'value', top) };
    },
  };
}

/** Reads an `actorCritic` back. */
export const ACTOR_CRITIC: NetKind<'x', 'logits' | 'value'> = {
  kind: 'actor-critic',
  open: (config: JsonObject) => actorCritic(config as unknown as ActorCriticConfig),
};
