import { UserError } from '../core/errors.js';
import type { Sym } from './graph/graph.js';
import {
  clip,
  div,
  exp,
  gatherElements,
  greater,
  less,
  logSoftmax,
  max,
  min,
  mul,
  neg,
  reshape,
  softplus,
  split,
  squeeze,
  sub,
  sum,
  unsqueeze,
  where,
} from './graph/ops.js';
import { fixed } from './graph/shapes.js';
import { type Objective, weightedMean } from './losses.js';
import type { Spec } from './net.js';

/**
 * Losses of language models, over rows of tokens. Place t of a row holds what belongs to token t + 1 of its sequence:
 * `targets` its id, `mask` 1 where it counts and 0 where it does not (prompt, padding). What stands at places with
 * mask 0 changes nothing, and so do rows without any 1.
 */
const IDS: Spec = { dims: ['batch', 'seq'], dtype: 'int32' };
const EACH: Spec = { dims: ['batch', 'seq'] };

/** The log probability of each target under the logits before it: [batch, seq, vocab], [batch, seq] -> [batch, seq]. */
export function tokenLogps(logits: Sym, targets: Sym): Sym {
  return squeeze(gatherElements(logSoftmax(logits), unsqueeze(targets, [2])), [2]);
}

/** Cross entropy of the tokens that count, a mean by `mask`, which may hold any weights. Learns to write them. */
export function sftLoss(): Objective<'logits', 'targets' | 'mask'> {
  return {
    data: { targets: IDS, mask: EACH },
    loss: ({ logits }, { targets, mask }) => ({ loss: neg(weightedMean(tokenLogps(logits, targets), mask)) }),
  };
}

export interface DpoOptions {
  /** How far the model may leave its reference for the same gain: the smaller, the further. 0.1 if not said. */
  readonly beta?: number;
}

/**
 * Direct preference optimisation. Rows come in pairs, the chosen answer and then the rejected one; `reference` [batch, 1]
 * holds the log probability of each row's counted tokens, summed, under the model that training began with. Metrics:
 * `margin`, the mean difference of the two rewards, and `accuracy`, the share of pairs in the right order. Pairs without
 * counted tokens are left out.
 * SEE: R. Rafailov et al., "Direct Preference Optimization", 2023, equation 7.
 */
export function dpoLoss({ beta = 0.1 }: DpoOptions = {}): Objective<'logits', 'targets' | 'mask' | 'reference'> {
  return {
    data: { targets: IDS, mask: EACH, reference: { dims: ['batch', 1] } },
    loss: ({ logits }, { targets, mask, reference }) => {
      const gains = sub(sum(mul(mask, tokenLogps(logits, targets)), [1]), reference);
      const [chosen, rejected] = pairsOf(gains);
      const margin = mul(sub(chosen, rejected), beta);
      const real = max(...pairsOf(marks(sum(mask, [1]))));
      return {
        loss: weightedMean(softplus(neg(margin)), real),
        margin: weightedMean(margin, real),
        accuracy: weightedMean(where(greater(margin, 0), 1, 0), real),
      };
    },
  };
}

export interface GrpoOptions {
  /** How far the ratio of new to old probability is followed: 0.2 if not said. */
  readonly clip?: number;
  /** What the distance from the reference costs: 0.02 if not said. */
  readonly kl?: number;
  /**
   * `tokens`: all counted tokens of the batch weigh the same, long answers more than short ones; `sequences`, as in the
   * paper: each answer weighs the same. `tokens` if not said.
   */
  readonly mean?: 'tokens' | 'sequences';
}

/**
 * Group relative policy optimisation: a clipped policy gradient with an advantage for each token, and a penalty for
 * leaving the reference. Data, each [batch, seq]: `advantage`, and the log probabilities of the targets when they were
 * drawn, `old`, and under the reference, `reference`. Metrics: `kl`, and `clipped`, the share of tokens that the clip held.
 * SEE: Z. Shao et al., "DeepSeekMath", 2024, equations 3 and 4; the mean over tokens: Q. Yu et al., "DAPO", 2025,
 * equation 8; the estimate of the distance: J. Schulman, "Approximating KL divergence", 2020, k3.
 */
export function grpoLoss(
  options: GrpoOptions = {},
): Objective<'logits', 'targets' | 'mask' | 'advantage' | 'old' | 'reference'> {
  const { clip: reach = 0.2, kl: price = 0.02, mean = 'tokens' } = options;
  const average = mean === 'tokens' ? weightedMean : meanOfRows;
  return {
    data: { targets: IDS, mask: EACH, advantage: EACH, old: EACH, reference: EACH },
    loss: ({ logits }, { targets, mask, advantage, old, reference }) => {
      const logps = tokenLogps(logits, targets);
      // NOTE: masked before the exponential, which might overflow where nothing meaningful stands.
      const change = mul(mask, sub(logps, old));
      const ratio = exp(change);
      const held = clip(ratio, 1 - reach, 1 + reach);
      const gain = min(mul(ratio, advantage), mul(held, advantage));
      const back = mul(mask, sub(reference, logps));
      const distance = sub(sub(exp(back), back), 1);
      return {
        loss: average(sub(mul(distance, price), gain), mask),
        kl: average(distance, mask),
        clipped: average(where(less(mul(held, advantage), mul(ratio, advantage)), 1, 0), mask),
      };
    },
  };
}

/** The mean over rows of each row's mean; rows without weight do not count. */
function meanOfRows(x: Sym, mask: Sym): Sym {
  const weight = sum(mask, [1]);
  return weightedMean(div(sum(mul(mask, x), [1]), max(weight, 1e-12)), marks(weight));
}

/** 1 where something stands, else 0. */
function marks(x: Sym): Sym {
  return where(greater(x, 0), 1, 0);
}

/** Every first and every second row of [batch, 1]: each [batch / 2, 1]. */
function pairsOf(x: Sym): [Sym, Sym] {
  const [batch] = fixed('dpoLoss', x.dims) as [number];
  if (batch % 2 === 1) throw new UserError(`dpoLoss: rows are pairs, so a batch of ${batch} will not do`);
  return split(reshape(x, [batch / 2, 2]), 1, [1, 1]) as [Sym, Sym];
}
