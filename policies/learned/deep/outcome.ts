import type { Rng } from '../../../src/core/rng.js';
import type { Information } from '../../encoding.js';
import { CHANCE, TERMINAL } from '../../tree/game-tree.js';
import { draw } from './traverse.js';
import type { Walk } from './walk.js';

/** A decision on a sampled line of play, as a baseline learns from it. */
export interface Decision<N> {
  readonly node: N;
  readonly information: Information;
  /** The strategy of the seat to act. */
  readonly strategy: ArrayLike<number>;
  /** Position of the option that was taken. */
  readonly taken: number;
}

/** What a traversal asks for and tells. */
export interface OutcomeTraversal<N> {
  /** Probability with which the sampling seat tries an option at random instead of playing its strategy. */
  readonly exploration: number;
  strategy(seat: number, information: Information): ArrayLike<number>;
  /** Estimated value of each option for the sampling seat, in units of `walk.scale`; any numbers leave means as they are. */
  baseline(node: N, information: Information): ArrayLike<number>;
  /** Sampled advantages at a decision of the sampling seat, and how likely its own sampling leads there. */
  advantage(information: Information, advantages: ArrayLike<number>, reach: number): void;
  /** The line's decisions in order, and what the sampling seat got, in units of `walk.scale`. */
  line(decisions: readonly Decision<N>[], returned: number): void;
}

/**
 * One line of play by outcome sampling. Values of options not taken come from the baseline, which also takes off most of
 * the variance that the division by the sampling probability brings.
 * SEE: Schmid and others, "Variance Reduction in Monte Carlo Counterfactual Regret Minimization", 2019, equation 9;
 * Steinberger, Lerer, Brown, "DREAM", arXiv 2006.10410, 2020, section 4.
 */
export function sampleLine<N>(walk: Walk<N>, seat: number, rng: Rng, traversal: OutcomeTraversal<N>): void {
  const decisions: Decision<N>[] = [];
  let returned = 0;
  const visit = (node: N, reach: number): number => {
    const actor = walk.actor(node);
    if (actor === TERMINAL) {
      returned = walk.returned(node, seat) / walk.scale;
      return returned;
    }
    if (actor === CHANCE) return visit(walk.child(node, draw(walk.chances(node), rng)), reach);
    const information = walk.information(node);
    const strategy = traversal.strategy(actor, information);
    const own = actor === seat;
    const sampled = own ? explore(strategy, traversal.exploration) : strategy;
    const taken = draw(sampled, rng);
    decisions.push({ node, information, strategy, taken });
    const chance = sampled[taken] as number;
    const below = visit(walk.child(node, taken), own ? reach * chance : reach);
    const values = Float64Array.from(traversal.baseline(node, information));
    values[taken] = (values[taken] as number) + (below - (values[taken] as number)) / chance;
    let value = 0;
    for (let option = 0; option < values.length; option++) {
      value += (strategy[option] as number) * (values[option] as number);
    }
    if (own)
      traversal.advantage(
        information,
        values.map((worth) => worth - value),
        reach,
      );
    return value;
  };
  visit(walk.root(), 1);
  traversal.line(decisions, returned);
}

function explore(strategy: ArrayLike<number>, exploration: number): Float64Array {
  const even = exploration / strategy.length;
  return Float64Array.from(strategy, (probability) => even + (1 - exploration) * probability);
}
