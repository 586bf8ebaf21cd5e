import type { Rng } from '../../../src/core/rng.js';
import { CHANCE, type GameTree, type Profile, TERMINAL } from '../../tree/game-tree.js';
import { draw, luck, note, noteLine, positiveRegret, type SampledTree, sampledTree } from './sampled-tree.js';

/** External sampling on a compiled game. */
export class ExternalTree {
  readonly #tree: SampledTree;
  readonly #regrets: Profile;
  readonly #sums: Profile;
  readonly #rng: Rng;
  /** NOTE: with two seats the walk meets the other's states as often as that one's own moves lead there. */
  readonly #notesOthers: boolean;
  /** Values of the options along the line of play, `width` a decision. */
  readonly #values: Float64Array;
  #seat = 0;
  #paid: Float64Array;

  constructor(tree: GameTree, regrets: Profile, sums: Profile, rng: Rng) {
    this.#tree = sampledTree(tree);
    this.#regrets = regrets;
    this.#sums = sums;
    this.#rng = rng;
    this.#notesOthers = tree.seats === 2;
    this.#values = new Float64Array((this.#tree.depth + 1) * this.#tree.width);
    this.#paid = this.#tree.paid[0] as Float64Array;
  }

  /** Each seat learns from a walk of its own. */
  iterate(): void {
    for (let seat = 0; seat < this.#tree.seats; seat++) {
      this.#seat = seat;
      this.#paid = this.#tree.paid[seat] as Float64Array;
      this.#walk(0, 0);
      if (!this.#notesOthers) noteLine(this.#tree, seat, this.#regrets, this.#sums, this.#rng);
    }
  }

  /** The sampled value of a history for the seat that learns. */
  #walk(from: number, depth: number): number {
    const { actor, first, children, start, width } = this.#tree;
    let node = from;
    for (let mover = actor[node] as number; mover !== this.#seat; mover = actor[node] as number) {
      if (mover === TERMINAL) return this.#paid[node] as number;
      node = mover === CHANCE ? luck(this.#tree, node, this.#rng) : this.#other(node);
    }
    const regrets = this.#regrets;
    const values = this.#values;
    const count = children[node] as number;
    const child = first[node] as number;
    const action = start[node] as number;
    const base = depth * width;
    for (let i = 0; i < count; i++) values[base + i] = this.#walk(child + i, depth + 1);
    let total = 0;
    let value = 0;
    let plain = 0;
    for (let i = 0; i < count; i++) {
      const regret = regrets[action + i] as number;
      const worth = values[base + i] as number;
      plain += worth;
      if (regret <= 0) continue;
      total += regret;
      value += regret * worth;
    }
    value = total > 0 ? value / total : plain / count;
    for (let i = 0; i < count; i++) {
      regrets[action + i] = (regrets[action + i] as number) + (values[base + i] as number) - value;
    }
    return value;
  }

  /** Where another seat goes. */
  #other(node: number): number {
    const count = this.#tree.children[node] as number;
    const action = this.#tree.start[node] as number;
    const total = positiveRegret(this.#regrets, action, count);
    if (this.#notesOthers) note(this.#regrets, this.#sums, action, count, total);
    return (this.#tree.first[node] as number) + draw(this.#regrets, action, count, total, this.#rng);
  }
}
