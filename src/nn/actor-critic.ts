import { z } from 'zod';
import { readFields } from '../core/config.js';
import type { JsonObject } from '../core/json.js';
import { affineParams, applyAffine, applyTrunk, trunkFields, trunkParams, trunkWidth, width } from './layers.js';
import type { Net, NetKind } from './net.js';

const fields = z.strictObject({ ...trunkFields, actions: width });
export type ActorCriticConfig = z.input<typeof fields>;
type Config = z.output<typeof fields>;

/**
 * Variance of the first logits over that of what they are made from: a first policy close to uniform.
 * SEE: M. Andrychowicz and others, "What matters for on-policy deep actor-critic methods?", 2021, section 3.2.
 */
const FIRST_LOGITS = 1e-4;

/** Reads an `actorCritic` back. */
export const ACTOR_CRITIC: NetKind<'x', 'logits' | 'value'> = {
  kind: 'actor-critic',
  open: (given) => {
    const config = readFields(fields, given, 'actor-critic') as Config;
    return {
      kind: ACTOR_CRITIC.kind,
      config,
      params: { ...trunkParams(config), ...headParams(config) },
      inputs: { x: { dims: ['batch', config.in] } },
      forward: (weights, { x }) => {
        const top = applyTrunk(config, weights, x);
        return { logits: applyAffine(weights, 'logits', top), value: applyAffine(weights, 'value', top) };
      },
    };
  },
};

/**
 * A policy and a value on one trunk: x [batch, in] -> logits [batch, actions], value [batch, 1].
 * @throws UserError naming the field that is wrong
 */
export function actorCritic(config: ActorCriticConfig): Net<'x', 'logits' | 'value'> {
  return ACTOR_CRITIC.open(config as JsonObject);
}

function headParams(config: Config) {
  const size = trunkWidth(config);
  return {
    ...affineParams('logits', { in: size, out: config.actions }, FIRST_LOGITS),
    ...affineParams('value', { in: size, out: 1 }, 1),
  };
}
