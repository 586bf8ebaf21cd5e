import { CHANCE, type GameTree, type Profile, TERMINAL } from '../tree/game-tree.js';
import type { Groups, Responder } from './responder.js';

/** What every way of grading reads off a tree, worked out once. */
export class Ground {
  readonly tree: GameTree;
  /** Histories where the game is over, and those where it goes on, parents first. */
  readonly ends: Int32Array;
  readonly inner: Int32Array;
  /** By history: where the actions of its information state start; -1 at chance and ends. */
  readonly action: Int32Array;
  /** By history: the probability of the outcomes of chance on the way there. */
  readonly luck: Float64Array;

  constructor(tree: GameTree) {
    this.tree = tree;
    this.ends = historiesWhere(tree, (actor) => actor === TERMINAL);
    this.inner = historiesWhere(tree, (actor) => actor !== TERMINAL);
    this.action = actionsFrom(tree);
    this.luck = luckOf(tree);
  }

  /** By end: what it is worth, by the number of its ending, times its luck. */
  stakes(worth: (ending: number) => number): Float64Array {
    const stakes = new Float64Array(this.ends.length);
    for (let end = 0; end < stakes.length; end++) {
      const at = this.ends[end] as number;
      stakes[end] = (this.luck[at] as number) * worth(this.tree.at[at] as number);
    }
    return stakes;
  }

  /**
   * The probability that the seats lead to each history, whatever chance does.
   * @param own groups whose decisions count as certain; null for none
   */
  lead(profile: Profile, own: Int32Array | null, reach: Float64Array): void {
    const { actor, first, children } = this.tree;
    const { inner, action } = this;
    reach[0] = 1;
    for (let i = 0; i < inner.length; i++) {
      const at = inner[i] as number;
      const child = first[at] as number;
      const end = child + (children[at] as number);
      const here = reach[at] as number;
      if (actor[at] === CHANCE || (own !== null && (own[at] as number) >= 0)) {
        for (let c = child; c < end; c++) reach[c] = here;
      } else {
        let a = action[at] as number;
        for (let c = child; c < end; c++) reach[c] = here * (profile[a++] as number);
      }
    }
  }

  /** The same for seat 0 alone and for seat 1 alone, on one way down. */
  leadBoth(profile: Profile, first: Float64Array, second: Float64Array): void {
    const { tree, inner, action } = this;
    first[0] = 1;
    second[0] = 1;
    for (let i = 0; i < inner.length; i++) {
      const at = inner[i] as number;
      const child = tree.first[at] as number;
      const end = child + (tree.children[at] as number);
      const one = first[at] as number;
      const two = second[at] as number;
      const seat = tree.actor[at] as number;
      let a = action[at] as number;
      for (let c = child; c < end; c++) {
        first[c] = seat === 0 ? one * (profile[a++] as number) : one;
        second[c] = seat === 1 ? two * (profile[a++] as number) : two;
      }
    }
  }

  /** Expected worth of the ends when they are reached with these probabilities. */
  expected(stakes: Float64Array, reach: Float64Array): number {
    let total = 0;
    for (let end = 0; end < stakes.length; end++) {
      total += (stakes[end] as number) * (reach[this.ends[end] as number] as number);
    }
    return total;
  }

  /** The most a responder can expect of the stakes when all decisions but its own follow the profile. */
  answer(profile: Profile, { of }: Groups, responder: Responder, stakes: Float64Array, reach: Float64Array): number {
    this.lead(profile, of, reach);
    const { worth } = responder;
    for (let end = 0; end < stakes.length; end++) {
      const at = this.ends[end] as number;
      worth[at] = (stakes[end] as number) * (reach[at] as number);
    }
    return responder.respond();
  }
}

function historiesWhere({ size, actor }: GameTree, passes: (actor: number) => boolean): Int32Array {
  const found = new Int32Array(size);
  let count = 0;
  for (let at = 0; at < size; at++) if (passes(actor[at] as number)) found[count++] = at;
  return found.slice(0, count);
}

function actionsFrom({ size, actor, at, states }: GameTree): Int32Array {
  const action = new Int32Array(size).fill(-1);
  for (let history = 0; history < size; history++) {
    if ((actor[history] as number) >= 0) action[history] = states.offset[at[history] as number] as number;
  }
  return action;
}

function luckOf(tree: GameTree): Float64Array {
  const luck = new Float64Array(tree.size);
  luck[0] = 1;
  for (let at = 0; at < tree.size; at++) {
    const child = tree.first[at] as number;
    const end = child + (tree.children[at] as number);
    for (let c = child; c < end; c++) luck[c] = (luck[at] as number) * (tree.chance[c] as number);
  }
  return luck;
}
