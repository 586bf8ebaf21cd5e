import type { Rng } from '../../../src/core/rng.js';
import { CHANCE, type GameTree, type Profile, TERMINAL } from '../../tree/game-tree.js';
import { draw, luck, noteLine, positiveRegret, type SampledTree, sampledTree } from './sampled-tree.js';
import { unit } from './sampling.js';

/** Outcome sampling on a compiled game. */
export class OutcomeTree {
  readonly #tree: SampledTree;
  readonly #regrets: Profile;
  readonly #sums: Profile;
  readonly #rng: Rng;
  readonly #exploration: number;
  /** The seat's own decisions on the line of play: first action, number of actions, and which was picked. */
  readonly #action: Int32Array;
  readonly #count: Int32Array;
  readonly #picked: Int32Array;
  /** With what probability its strategy picks that. */
  readonly #chance: Float64Array;

  constructor(tree: GameTree, memory: { regrets: Profile; sums: Profile }, rng: Rng, exploration: number) {
    this.#tree = sampledTree(tree);
    this.#regrets = memory.regrets;
    this.#sums = memory.sums;
    this.#rng = rng;
    this.#exploration = exploration;
    this.#action = new Int32Array(this.#tree.depth);
    this.#count = new Int32Array(this.#tree.depth);
    this.#picked = new Int32Array(this.#tree.depth);
    this.#chance = new Float64Array(this.#tree.depth);
  }

  /** Each seat learns from a line of play of its own, and notes its strategy along another. */
  iterate(): void {
    for (let seat = 0; seat < this.#tree.seats; seat++) {
      this.#play(seat);
      noteLine(this.#tree, seat, this.#regrets, this.#sums, this.#rng);
    }
  }

  #play(seat: number): void {
    const { actor, first, children, start } = this.#tree;
    let node = 0;
    let decisions = 0;
    let explored = 1;
    for (let mover = actor[0] as number; mover !== TERMINAL; mover = actor[node] as number) {
      if (mover === CHANCE) {
        node = luck(this.#tree, node, this.#rng);
        continue;
      }
      const count = children[node] as number;
      const action = start[node] as number;
      const total = positiveRegret(this.#regrets, action, count);
      let picked: number;
      if (mover !== seat) picked = draw(this.#regrets, action, count, total, this.#rng);
      else {
        picked = this.#explore(action, count, total);
        const chance = this.#chanceOf(action + picked, count, total);
        explored *= this.#exploration / count + (1 - this.#exploration) * chance;
        this.#action[decisions] = action;
        this.#count[decisions] = count;
        this.#picked[decisions] = picked;
        this.#chance[decisions++] = chance;
      }
      node = (first[node] as number) + picked;
    }
    this.#learn(decisions, ((this.#tree.paid[seat] as Float64Array)[node] as number) / explored);
  }

  #explore(action: number, count: number, total: number): number {
    if (unit(this.#rng) < this.#exploration) return Math.floor(unit(this.#rng) * count);
    return draw(this.#regrets, action, count, total, this.#rng);
  }

  #chanceOf(action: number, count: number, total: number): number {
    if (total <= 0) return 1 / count;
    const regret = this.#regrets[action] as number;
    return regret > 0 ? regret / total : 0;
  }

  /**
   * From the last own decision to the first. An option's sampled counterfactual value is the return over the
   * probability of having sampled it, times that of the seat's own moves after the option; 0 if it was not picked.
   */
  #learn(decisions: number, weighted: number): void {
    const regrets = this.#regrets;
    let value = weighted;
    for (let d = decisions - 1; d >= 0; d--) {
      const action = this.#action[d] as number;
      const picked = action + (this.#picked[d] as number);
      const mean = (this.#chance[d] as number) * value;
      const end = action + (this.#count[d] as number);
      for (let j = action; j < end; j++) {
        regrets[j] = (regrets[j] as number) + (j === picked ? value - mean : -mean);
      }
      value = mean;
    }
  }
}
