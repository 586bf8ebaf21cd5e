import type { Rng } from '../../../src/core/rng.js';
import type { Information } from '../../encoding.js';
import { CHANCE, TERMINAL } from '../../tree/game-tree.js';
import type { Walk } from './walk.js';

/** What a traversal asks for and tells. */
export interface Traversal {
  /** The current strategy of a seat over the offered options. */
  strategy(seat: number, information: Information): ArrayLike<number>;
  /** Sampled advantage of each option of the traversing seat, in units of `walk.scale`. */
  advantage(seat: number, information: Information, advantages: ArrayLike<number>): void;
  /** A visit of another seat, which plays its current strategy there. */
  played(seat: number, information: Information, strategy: ArrayLike<number>): void;
}

/**
 * One external-sampling traversal: every option of the traversing seat is tried, chance and the others are sampled.
 * SEE: Brown, Lerer, Gross, Sandholm, "Deep Counterfactual Regret Minimization", ICML 2019, algorithm 2.
 * @returns the sampled value of the root for the seat, in units of `walk.scale`
 */
export function traverse<N>(walk: Walk<N>, seat: number, rng: Rng, traversal: Traversal): number {
  const visit = (node: N): number => {
    const actor = walk.actor(node);
    if (actor === TERMINAL) return walk.returned(node, seat) / walk.scale;
    if (actor === CHANCE) return visit(walk.child(node, draw(walk.chances(node), rng)));
    const information = walk.information(node);
    const strategy = traversal.strategy(actor, information);
    if (actor !== seat) {
      traversal.played(actor, information, strategy);
      return visit(walk.child(node, draw(strategy, rng)));
    }
    const values = new Float64Array(walk.fan(node));
    let value = 0;
    for (let option = 0; option < values.length; option++) {
      values[option] = visit(walk.child(node, option));
      value += (strategy[option] as number) * (values[option] as number);
    }
    for (let option = 0; option < values.length; option++) values[option] = (values[option] as number) - value;
    traversal.advantage(seat, information, values);
    return value;
  };
  return visit(walk.root());
}

/** Draws a position with the given probabilities; rounding goes to the last that is possible. */
export function draw(probabilities: ArrayLike<number>, rng: Rng): number {
  let left = rng.float();
  let last = 0;
  for (let at = 0; at < probabilities.length; at++) {
    const probability = probabilities[at] as number;
    if (probability <= 0) continue;
    last = at;
    left -= probability;
    if (left < 0) return at;
  }
  return last;
}
