import type { Information } from '../../encoding.js';
import { Evaluator, type Exploited } from '../../grading/evaluator.js';
import { realise, type Sequences, sequencesOf } from '../../tabular/kernel/sequences.js';
import { actionsOf, type Profile, uniformProfile } from '../../tree/game-tree.js';
import type { TreeWalk } from './tree-walk.js';

/**
 * The exact average of a seat's strategies over iterations, each weighted by its number and by how likely the seat's
 * own moves lead to a state. It is what a player follows who draws one iteration's network at the start of an episode.
 * SEE: Steinberger, "Single Deep Counterfactual Regret Minimization", 2019, section 3.1 and theorem 2.
 */
export class Average {
  readonly #walk: TreeWalk;
  readonly #sequences: Sequences;
  readonly #sums: Profile;
  readonly #play: Profile;
  readonly #plan: Profile;
  readonly #evaluator: Evaluator;

  constructor(walk: TreeWalk) {
    const { tree } = walk;
    this.#walk = walk;
    this.#sequences = sequencesOf(tree);
    this.#sums = new Float64Array(actionsOf(tree));
    this.#play = uniformProfile(tree);
    this.#plan = new Float64Array(actionsOf(tree) + 1).fill(1);
    this.#evaluator = new Evaluator(tree);
  }

  /** Adds a seat's strategy with a weight. */
  add(seat: number, strategy: (information: Information) => ArrayLike<number>, weight: number): void {
    const { tree, informations } = this.#walk;
    const { offset, count } = tree.states;
    for (let state = 0; state < count; state++) {
      if (tree.states.seat[state] !== seat) continue;
      this.#play.set(strategy(informations[state] as Information), offset[state]);
    }
    realise(tree, this.#sequences, seat, this.#play, this.#plan);
    for (let state = 0; state < count; state++) {
      if (tree.states.seat[state] !== seat) continue;
      for (let action = offset[state] as number; action < (offset[state + 1] as number); action++) {
        this.#sums[action] = (this.#sums[action] as number) + weight * (this.#plan[action] as number);
      }
    }
  }

  /** The average so far; uniform where it was never reached. */
  profile(): Profile {
    const { offset, count } = this.#walk.tree.states;
    const profile = uniformProfile(this.#walk.tree);
    for (let state = 0; state < count; state++) {
      const start = offset[state] as number;
      const end = offset[state + 1] as number;
      let sum = 0;
      for (let action = start; action < end; action++) sum += this.#sums[action] as number;
      if (sum > 0)
        for (let action = start; action < end; action++) profile[action] = (this.#sums[action] as number) / sum;
    }
    return profile;
  }

  exploited(profile: Profile = this.profile()): Exploited {
    return this.#evaluator.nashConv(profile);
  }
}
