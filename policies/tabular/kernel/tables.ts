import { actionsOf, type GameTree, type Profile, uniformProfile } from '../../tree/game-tree.js';
import { DUST } from './scheme.js';
import { realise, type Sequences } from './sequences.js';

/** What a regret minimiser keeps of a game: one number for each action of each information state. */
export interface Tables {
  /** Summed regrets. */
  readonly regrets: Profile;
  /** Summed strategies, each weighted by how likely its seat makes the moves to get there: the average, unscaled. */
  readonly sums: Profile;
  /** What is played now. */
  readonly strategy: Profile;
  /** The realisation plans of all seats under the strategy, and a 1 at the end for the empty sequence. */
  readonly plan: Profile;
  /** Counterfactual regrets of the seat that learns: filled by a pass, taken and put back to 0 by `learn`. */
  readonly fresh: Profile;
}

export function openTables(tree: GameTree, sequences: Sequences): Tables {
  const actions = actionsOf(tree);
  const plan = new Float64Array(actions + 1).fill(1);
  const strategy = uniformProfile(tree);
  for (let seat = 0; seat < tree.seats; seat++) realise(tree, sequences, seat, strategy, plan);
  const [regrets, sums, fresh] = [new Float64Array(actions), new Float64Array(actions), new Float64Array(actions)];
  return { regrets, sums, strategy, plan, fresh };
}

/** The factors of one iteration. */
export interface Factors {
  /** How much the strategy just played counts in the average. */
  weight: number;
  /** What is kept of positive and of negative sums of regrets. */
  positive: number;
  negative: number;
  /** How often the fresh regret is expected again: 1 for predictive play, else 0. */
  predicted: number;
}

/**
 * A seat adds the strategy it just played to its average, its fresh regrets to the sums, and chooses what to play next
 * by regret matching.
 * NOTE: one loop for all of it, since the tables of a large game are read from memory and not from the cache.
 */
export function learn(tree: GameTree, sequences: Sequences, seat: number, tables: Tables, factors: Factors): void {
  const { regrets, sums, strategy, plan, fresh } = tables;
  const { weight, positive, negative, predicted } = factors;
  const { offset } = tree.states;
  const { before } = sequences;
  const states = sequences.order[seat] as Int32Array;
  for (let i = 0; i < states.length; i++) {
    const state = states[i] as number;
    const start = offset[state] as number;
    const end = offset[state + 1] as number;
    let total = 0;
    for (let j = start; j < end; j++) {
      sums[j] = (sums[j] as number) + weight * (plan[j] as number);
      const now = fresh[j] as number;
      fresh[j] = 0;
      let regret = (regrets[j] as number) + now;
      regret = regret > DUST ? regret * positive : regret < -DUST ? regret * negative : 0;
      regrets[j] = regret;
      const wanted = regret + predicted * now;
      const chosen = wanted > DUST ? wanted : 0;
      strategy[j] = chosen;
      total += chosen;
    }
    const reached = plan[before[state] as number] as number;
    const scale = total > 0 ? 1 / total : 0;
    const even = total > 0 ? 0 : 1 / (end - start);
    for (let j = start; j < end; j++) {
      const chance = (strategy[j] as number) * scale + even;
      strategy[j] = chance;
      plan[j] = reached * chance;
    }
  }
}
