/**
 * What sets the members of the CFR family apart. Plain data: every road of a solver reads the same scheme.
 */
export interface Scheme {
  /**
   * `simultaneous`: all seats learn from one pass over the strategies of the iteration; `alternating`: seats learn one
   * after another, each against what those before it have just learnt.
   */
  readonly updates: 'simultaneous' | 'alternating';
  /** The strategy of iteration t counts t to this power in the average: 0 uniform, 1 linear, 2 quadratic. */
  readonly averaging: number;
  /**
   * What is kept of summed regrets after iteration t. `all`; `positive`: those below 0 are set to 0; or t^e / (t^e + 1)
   * of each, with one exponent e for positive and another for negative sums.
   */
  readonly keep: 'all' | 'positive' | { readonly positive: number; readonly negative: number };
  /** Plays as if the regret of the last iteration had come once more. */
  readonly predictive: boolean;
}

/**
 * Summed regrets nearer to 0 than this are 0.
 * NOTE: sums that cancel exactly on paper leave about 1e-17, and regret matching would play such a remainder with
 * probability 1, so that two correct programs part after a few iterations.
 */
export const DUST = 1e-12;

/** How much the strategy of iteration t counts in the average. */
export function weightAt({ averaging }: Scheme, t: number): number {
  return t ** averaging;
}

/** The factor for positive sums of regrets after iteration t. */
export function keptOfPositive({ keep }: Scheme, t: number): number {
  return typeof keep === 'string' ? 1 : share(t, keep.positive);
}

/** The factor for negative sums of regrets after iteration t. */
export function keptOfNegative({ keep }: Scheme, t: number): number {
  if (keep === 'positive') return 0;
  return typeof keep === 'string' ? 1 : share(t, keep.negative);
}

/** NOTE: written so that large powers come out as 1 and not as infinity by infinity. */
function share(t: number, exponent: number): number {
  return 1 / (1 + t ** -exponent);
}
