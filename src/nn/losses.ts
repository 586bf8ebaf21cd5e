import type { Sym } from './graph/graph.js';
import {
  clip,
  div,
  exp,
  gatherElements,
  greater,
  logSoftmax,
  max,
  min,
  mul,
  neg,
  sub,
  sum,
  where,
} from './graph/ops.js';
import type { Spec, Specs } from './net.js';
import type { Loss } from './training-graph.js';

/**
 * A loss with what it needs besides the network's results. All losses here are means over rows by `weight` [batch, 1],
 * so that rows of weight 0, which fill up a short batch, count for nothing.
 */
export interface Objective<O extends string, D extends string> {
  readonly data: Specs<D>;
  readonly loss: Loss<O, D>;
}

const ROW: Spec = { dims: ['batch', 1] };
/** The number of an action in each row. */
const ACTION: Spec = { dims: ['batch', 1], dtype: 'int32' };

/** Stands for minus infinity, which would make 0 times it no number. */
const NEVER = -1e9;

/**
 * Squares of what y misses of `target`, both [batch, actions], summed over actions whose `legal` is 1.
 * SEE: N. Brown and others, "Deep counterfactual regret minimization", 2019, algorithm 1: weight is the iteration.
 */
export function regretLoss(actions: number): Objective<'y', 'target' | 'legal' | 'weight'> {
  const each: Spec = { dims: ['batch', actions] };
  return {
    data: { target: each, legal: each, weight: ROW },
    loss: ({ y }, { target, legal, weight }) => {
      const miss = mul(legal, sub(y, target));
      return { loss: weightedMean(sum(mul(miss, miss), [1]), weight) };
    },
  };
}

/**
 * Cross entropy of probabilities `target` [batch, actions] and the softmax of a head over legal actions: learns an
 * average strategy, or imitates a player whose probabilities are known.
 * @param head the network's output that holds logits
 */
export function strategyLoss<O extends string = 'y'>(
  actions: number,
  head: O = 'y' as O,
): Objective<O, 'target' | 'legal' | 'weight'> {
  const each: Spec = { dims: ['batch', actions] };
  return {
    data: { target: each, legal: each, weight: ROW },
    loss: (out, { target, legal, weight }) => {
      const logs = legalLogs(out[head], legal);
      return { loss: weightedMean(neg(sum(mul(target, logs), [1])), weight) };
    },
  };
}

/**
 * Minus the logarithm of the probability that the softmax of a head over legal actions gives to `action` [batch, 1]:
 * imitates a player whose moves alone are known.
 * @param head the network's output that holds logits
 */
export function cloningLoss<O extends string = 'y'>(
  actions: number,
  head: O = 'y' as O,
): Objective<O, 'action' | 'legal' | 'weight'> {
  return {
    data: { action: ACTION, legal: { dims: ['batch', actions] }, weight: ROW },
    loss: (out, { action, legal, weight }) => ({
      loss: weightedMean(neg(gatherElements(legalLogs(out[head], legal), action)), weight),
    }),
  };
}

export interface PpoOptions {
  readonly actions: number;
  /** How far the ratio of new to old probability is followed: 0.2 if not said. */
  readonly clip?: number;
  /** What the value's square error counts: 0.5 if not said. */
  readonly valueWeight?: number;
  /** What entropy is worth: 0.01 if not said. */
  readonly entropyWeight?: number;
}

/**
 * Clipped policy gradient with a value and an entropy bonus. Data, each [batch, 1]: the `action` taken, its log
 * probability `logp` then, its `advantage`, and the `target` of the value.
 * SEE: J. Schulman and others, "Proximal policy optimization algorithms", 2017, equations 7 and 9.
 */
export function ppoLoss(
  options: PpoOptions,
): Objective<'logits' | 'value', 'action' | 'legal' | 'logp' | 'advantage' | 'target' | 'weight'> {
  const { actions, clip: reach = 0.2, valueWeight = 0.5, entropyWeight = 0.01 } = options;
  return {
    data: {
      action: ACTION,
      legal: { dims: ['batch', actions] },
      logp: ROW,
      advantage: ROW,
      target: ROW,
      weight: ROW,
    },
    loss: ({ logits, value }, { action, legal, logp, advantage, target, weight }) => {
      const logs = legalLogs(logits, legal);
      const change = sub(gatherElements(logs, action), logp);
      const ratio = exp(change);
      const kept = clip(ratio, 1 - reach, 1 + reach);
      const miss = sub(value, target);
      const policy = weightedMean(neg(min(mul(ratio, advantage), mul(kept, advantage))), weight);
      const error = weightedMean(mul(miss, miss), weight);
      const entropy = weightedMean(neg(sum(mul(exp(logs), logs), [1])), weight);
      const loss = sub(policy, sub(mul(entropy, entropyWeight), mul(error, valueWeight)));
      return { loss, policy, value: error, entropy, kl: weightedMean(sub(sub(ratio, 1), change), weight) };
    },
  };
}

/** Log probabilities of a softmax over legal actions alone. */
export function legalLogs(logits: Sym, legal: Sym): Sym {
  return logSoftmax(where(greater(legal, 0), logits, NEVER));
}

/** The mean of one number a row, by weight; 0 when all weights are. */
export function weightedMean(x: Sym, weight: Sym): Sym {
  return div(sum(mul(weight, x)), max(sum(weight), 1e-12));
}
