/** One decision of a seat, as far as its return is concerned. */
export interface Rewarded {
  /** What the value said of it. */
  readonly value: number;
  /** Told to the seat between this decision and its next, or the end. */
  readonly reward: number;
}

/** How much better each decision turned out than its value said, and what the value should have said. */
export interface Advantages {
  readonly advantage: Float64Array;
  readonly target: Float64Array;
}

/**
 * Generalised advantages of one seat's decisions in an episode that has ended, so that nothing follows the last.
 * SEE: Schulman et al., "High-dimensional continuous control using generalized advantage estimation", 2016, equation 16;
 * "Proximal policy optimization algorithms", 2017, equations 11 and 12.
 */
export function advantagesOf(decisions: readonly Rewarded[], gamma: number, lambda: number): Advantages {
  const advantage = new Float64Array(decisions.length);
  const target = new Float64Array(decisions.length);
  let next = 0;
  let following = 0;
  for (let at = decisions.length - 1; at >= 0; at--) {
    const { value, reward } = decisions[at] as Rewarded;
    const surprise = reward + gamma * next - value;
    following = surprise + gamma * lambda * following;
    advantage[at] = following;
    target[at] = following + value;
    next = value;
  }
  return { advantage, target };
}

/** Shifts and scales numbers, in place, to mean 0 and deviation 1; numbers that are all the same become 0. */
export function normalise(numbers: Float64Array): void {
  const mean = numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);
  const square = numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, numbers.length);
  const deviation = Math.sqrt(square) + 1e-8;
  for (let at = 0; at < numbers.length; at++) numbers[at] = ((numbers[at] as number) - mean) / deviation;
}
