import { UserError } from '../../src/core/errors.js';
import type { GameTree, Profile } from '../tree/game-tree.js';

/**
 * Who answers, told apart by what they know: for each history the number of the group it belongs to, counted from 0, or
 * -1 where the responder does not decide. In all histories of a group the responder knows the same, so it must answer
 * alike. A seat's groups are its information states.
 */
export interface Groups {
  readonly of: Int32Array;
  readonly count: number;
}

/** Where the steps of one layer stand in the lists of a responder. */
interface Layer {
  readonly groups: readonly [number, number];
  readonly own: readonly [number, number];
  readonly rest: readonly [number, number];
}

/**
 * Best response by counterfactual values, exact for a responder that forgets nothing. A layer holds the histories behind
 * equally many of its decisions; the deepest is settled first, so that all histories of a group, which may lie at
 * different depths of the tree, are weighed together before any of them is needed.
 * SEE: M. Johanson and others, "Accelerating Best Response Calculation in Large Extensive Games", IJCAI 2011, section 3.
 */
export class Responder {
  /** By group: the option it picked last. */
  readonly picked: Int32Array;
  /** By history: what it is worth, weighted by the probability that chance and the others lead there. Fill in the ends. */
  readonly worth: Float64Array;
  readonly #tree: GameTree;
  readonly #of: Int32Array;
  readonly #layers: readonly Layer[];
  /** Lists of groups, of the responder's own histories and of the others that go on, layer by layer, deepest first. */
  readonly #groups: Int32Array;
  readonly #own: Int32Array;
  readonly #rest: Int32Array;
  /** By group: where its options start in the list of their worths. */
  readonly #start: Int32Array;
  readonly #worths: Float64Array;

  /** @throws UserError when the responder would forget a move of its own: then no best response is found this way */
  constructor(tree: GameTree, { of, count }: Groups) {
    this.#tree = tree;
    this.#of = of;
    this.picked = new Int32Array(count);
    this.worth = new Float64Array(tree.size);
    this.#start = startsOf(tree, of, count);
    this.#worths = new Float64Array(this.#start[count] as number);
    const { layerOf, groupLayer, deepest } = layersOf(tree, of, this.#start, count);
    const groups = sortedBy(groupLayer, deepest, () => true);
    const own = sortedBy(layerOf, deepest, (at) => (of[at] as number) >= 0);
    const rest = sortedBy(layerOf, deepest, (at) => (of[at] as number) < 0 && (tree.children[at] as number) > 0);
    this.#groups = groups.list;
    this.#own = own.list;
    this.#rest = rest.list;
    this.#layers = own.bounds.map((bounds, layer) => ({
      groups: groups.bounds[layer] as readonly [number, number],
      own: bounds,
      rest: rest.bounds[layer] as readonly [number, number],
    }));
  }

  /** The most the responder can expect, from the worths of the ends; sets `picked`. */
  respond(): number {
    this.#worths.fill(0);
    for (const { groups, own, rest } of this.#layers) {
      this.#weigh(own[0], own[1]);
      this.#pick(groups[0], groups[1]);
      this.#take(own[0], own[1]);
      this.#sum(rest[0], rest[1]);
    }
    return this.worth[0] as number;
  }

  #weigh(from: number, to: number): void {
    const { first, children } = this.#tree;
    const worth = this.worth;
    const worths = this.#worths;
    for (let i = from; i < to; i++) {
      const at = this.#own[i] as number;
      const child = first[at] as number;
      const end = child + (children[at] as number);
      let option = this.#start[this.#of[at] as number] as number;
      for (let c = child; c < end; c++) worths[option] = (worths[option++] as number) + (worth[c] as number);
    }
  }

  #pick(from: number, to: number): void {
    const worths = this.#worths;
    for (let i = from; i < to; i++) {
      const group = this.#groups[i] as number;
      const start = this.#start[group] as number;
      const end = this.#start[group + 1] as number;
      let best = start;
      for (let option = start + 1; option < end; option++) {
        if ((worths[option] as number) > (worths[best] as number)) best = option;
      }
      this.picked[group] = best - start;
    }
  }

  #take(from: number, to: number): void {
    const { first } = this.#tree;
    for (let i = from; i < to; i++) {
      const at = this.#own[i] as number;
      const group = this.#of[at] as number;
      this.worth[at] = this.worth[(first[at] as number) + (this.picked[group] as number)] as number;
    }
  }

  #sum(from: number, to: number): void {
    const { first, children } = this.#tree;
    const worth = this.worth;
    for (let i = from; i < to; i++) {
      const at = this.#rest[i] as number;
      const child = first[at] as number;
      const end = child + (children[at] as number);
      let total = 0;
      for (let c = child; c < end; c++) total += worth[c] as number;
      worth[at] = total;
    }
  }
}

/** Groups that are the information states of a tree, numbered as there: those that the responder decides. */
export function groupsOf(tree: GameTree, decides: (state: number) => boolean): Groups {
  const { count } = tree.states;
  const own = new Uint8Array(count);
  for (let state = 0; state < count; state++) own[state] = decides(state) ? 1 : 0;
  const of = new Int32Array(tree.size).fill(-1);
  for (let at = 0; at < tree.size; at++) {
    if ((tree.actor[at] as number) >= 0 && own[tree.at[at] as number] === 1) of[at] = tree.at[at] as number;
  }
  return { of, count };
}

/** A profile with the responder's pure answers written over it. For groups that are information states. */
export function withAnswers(tree: GameTree, profile: Profile, { of }: Groups, picked: Int32Array): Profile {
  const answered = Float64Array.from(profile);
  const { offset } = tree.states;
  for (let at = 0; at < tree.size; at++) {
    const state = of[at] as number;
    if (state < 0) continue;
    const start = offset[state] as number;
    answered.fill(0, start, offset[state + 1] as number);
    answered[start + (picked[state] as number)] = 1;
  }
  return answered;
}

function startsOf(tree: GameTree, of: Int32Array, count: number): Int32Array {
  const start = new Int32Array(count + 1);
  for (let at = 0; at < tree.size; at++) {
    const group = of[at] as number;
    if (group >= 0) start[group + 1] = tree.children[at] as number;
  }
  for (let group = 0; group < count; group++)
    start[group + 1] = (start[group + 1] as number) + (start[group] as number);
  return start;
}

/** How many decisions of the responder lie before each history, and before each group; -1 for a group without one. */
function layersOf(tree: GameTree, of: Int32Array, start: Int32Array, count: number) {
  const layerOf = new Int32Array(tree.size);
  const groupLayer = new Int32Array(count).fill(-1);
  /** By history, then by group: the responder's last own option before it. */
  const last = new Int32Array(tree.size).fill(-1);
  const remembered = new Int32Array(count);
  let deepest = 0;
  for (let at = 0; at < tree.size; at++) {
    const group = of[at] as number;
    const layer = layerOf[at] as number;
    if (layer > deepest) deepest = layer;
    if (group >= 0) {
      if (groupLayer[group] === -1) {
        groupLayer[group] = layer;
        remembered[group] = last[at] as number;
      } else if (remembered[group] !== last[at]) throw forgets(tree, at);
    }
    const child = tree.first[at] as number;
    const end = child + (tree.children[at] as number);
    for (let c = child; c < end; c++) {
      layerOf[c] = group >= 0 ? layer + 1 : layer;
      last[c] = group >= 0 ? (start[group] as number) + c - child : (last[at] as number);
    }
  }
  return { layerOf, groupLayer, deepest };
}

function forgets({ states, at }: GameTree, history: number): UserError {
  const name = states.names[at[history] as number];
  return new UserError(
    `no exact best response here: at "${name}" a player has forgotten a move of its own (imperfect recall)`,
  );
}

/** What passes the filter, deepest layer first and, within a layer, the last first; with the bounds of each layer. */
function sortedBy(layerOf: Int32Array, deepest: number, passes: (item: number) => boolean) {
  const sizes = new Int32Array(deepest + 1);
  let count = 0;
  const taken = (item: number) => (layerOf[item] as number) >= 0 && passes(item);
  for (let item = 0; item < layerOf.length; item++) {
    if (!taken(item)) continue;
    count++;
    const layer = layerOf[item] as number;
    sizes[layer] = (sizes[layer] as number) + 1;
  }
  const list = new Int32Array(count);
  const bounds: (readonly [number, number])[] = [];
  const next = new Int32Array(deepest + 1);
  let from = 0;
  for (let layer = deepest; layer >= 0; layer--) {
    next[layer] = from;
    bounds.push([from, from + (sizes[layer] as number)]);
    from += sizes[layer] as number;
  }
  for (let item = layerOf.length - 1; item >= 0; item--) {
    if (!taken(item)) continue;
    const layer = layerOf[item] as number;
    const place = next[layer] as number;
    list[place] = item;
    next[layer] = place + 1;
  }
  return { list, bounds };
}
