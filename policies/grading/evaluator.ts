import { CHANCE, type GameTree, type Profile, TERMINAL } from '../tree/game-tree.js';
import { type Groups, groupsOf, Responder, withAnswers } from './responder.js';

/** How far a profile is from an equilibrium. */
export interface Exploited {
  /** Expected return of each seat when all play the profile. */
  readonly values: Float64Array;
  /** The most each seat can expect when all others play it. */
  readonly responses: Float64Array;
  /** Sum over seats of what each gains by its best response: 0 at a Nash equilibrium. */
  readonly nashConv: number;
  /** What a seat gains on average: `nashConv / seats`. */
  readonly exploitability: number;
}

/**
 * Exact values of profiles on one game tree. Keeps its working memory, so make one and ask it often: values of Leduc
 * poker take microseconds. Profiles are read as they are: each state's probabilities should add up to 1.
 */
export class Evaluator {
  readonly tree: GameTree;
  /** By seat, one number an end: its return times the probability of the outcomes of chance that lead there. */
  readonly #stakes: readonly Float64Array[];
  readonly #ends: Int32Array;
  readonly #inner: Int32Array;
  /** By history: where the actions of its information state start; -1 at chance and ends. */
  readonly #action: Int32Array;
  /** By history: the probability that those who count lead there, for one group of seats and for another. */
  readonly #reach: Float64Array;
  readonly #reachToo: Float64Array;
  readonly #seats: ({ readonly groups: Groups; readonly responder: Responder } | undefined)[];

  constructor(tree: GameTree) {
    this.tree = tree;
    const histories = Int32Array.from(tree.actor.keys());
    this.#ends = histories.filter((at) => tree.actor[at] === TERMINAL);
    this.#inner = histories.filter((at) => tree.actor[at] !== TERMINAL);
    this.#action = tree.at.map((at, history) =>
      (tree.actor[history] as number) >= 0 ? (tree.states.offset[at] as number) : -1,
    );
    const luck = luckOf(tree);
    this.#stakes = Array.from({ length: tree.seats }, (_, seat) =>
      Float64Array.from(this.#ends, (at) => (luck[at] as number) * returnAt(tree, at, seat)),
    );
    this.#reach = new Float64Array(tree.size);
    this.#reachToo = new Float64Array(tree.size);
    this.#seats = new Array(tree.seats).fill(undefined);
  }

  /** Expected return of each seat when all play the profile. */
  expectedReturns(profile: Profile): Float64Array {
    this.#lead(profile, -1);
    return Float64Array.from(this.#stakes, (stakes) => this.#expected(stakes));
  }

  /**
   * The most a seat can expect when all others play the profile, and the profile with such an answer in its place: one
   * option with probability 1 at each of its states, the first where none can be reached.
   * @throws UserError when the seat forgets its own moves
   */
  bestResponse(profile: Profile, seat: number): { readonly value: number; readonly profile: Profile } {
    const value = this.#respond(profile, seat);
    const { groups, responder } = this.#seat(seat);
    return { value, profile: withAnswers(this.tree, profile, groups, responder.picked) };
  }

  /** @throws UserError when a seat forgets its own moves */
  nashConv(profile: Profile): Exploited {
    return this.tree.zeroSum ? this.#nashConvOfTwo(profile) : this.#nashConvOfAll(profile);
  }

  #nashConvOfAll(profile: Profile): Exploited {
    const values = this.expectedReturns(profile);
    return exploited(
      values,
      values.map((_, seat) => this.#respond(profile, seat)),
    );
  }

  /** Two seats that play for the same stake: one way down serves both answers and the value. */
  #nashConvOfTwo(profile: Profile): Exploited {
    this.#leadTwo(profile);
    const first = this.#seat(0).responder;
    const second = this.#seat(1).responder;
    const stakes = this.#stakes[0] as Float64Array;
    const ends = this.#ends;
    const reach = this.#reach;
    const reachToo = this.#reachToo;
    let value = 0;
    for (let end = 0; end < ends.length; end++) {
      const at = ends[end] as number;
      const one = (stakes[end] as number) * (reachToo[at] as number);
      value += one * (reach[at] as number);
      first.worth[at] = one;
      second.worth[at] = -(stakes[end] as number) * (reach[at] as number);
    }
    return exploited(Float64Array.of(value, -value), Float64Array.of(first.respond(), second.respond()));
  }

  #respond(profile: Profile, seat: number): number {
    this.#lead(profile, seat);
    const { responder } = this.#seat(seat);
    const stakes = this.#stakes[seat] as Float64Array;
    const ends = this.#ends;
    for (let end = 0; end < ends.length; end++) {
      const at = ends[end] as number;
      responder.worth[at] = (stakes[end] as number) * (this.#reach[at] as number);
    }
    return responder.respond();
  }

  #seat(seat: number): { readonly groups: Groups; readonly responder: Responder } {
    let known = this.#seats[seat];
    if (known === undefined) {
      const groups = groupsOf(this.tree, seat);
      known = { groups, responder: new Responder(this.tree, groups) };
      this.#seats[seat] = known;
    }
    return known;
  }

  #expected(stakes: Float64Array): number {
    let total = 0;
    for (let end = 0; end < stakes.length; end++) {
      total += (stakes[end] as number) * (this.#reach[this.#ends[end] as number] as number);
    }
    return total;
  }

  /** The probability that the seats, one left out (-1: none), lead to each history. Chance stands in the stakes. */
  #lead(profile: Profile, without: number): void {
    const { actor, first, children } = this.tree;
    const inner = this.#inner;
    const action = this.#action;
    const reach = this.#reach;
    reach[0] = 1;
    for (let i = 0; i < inner.length; i++) {
      const at = inner[i] as number;
      const child = first[at] as number;
      const end = child + (children[at] as number);
      const here = reach[at] as number;
      const seat = actor[at] as number;
      if (seat === CHANCE || seat === without) {
        for (let c = child; c < end; c++) reach[c] = here;
      } else {
        let a = action[at] as number;
        for (let c = child; c < end; c++) reach[c] = here * (profile[a++] as number);
      }
    }
  }

  /** The same for seat 0 alone and for seat 1 alone, at once. */
  #leadTwo(profile: Profile): void {
    const { actor, first, children } = this.tree;
    const inner = this.#inner;
    const action = this.#action;
    const reach = this.#reach;
    const reachToo = this.#reachToo;
    reach[0] = 1;
    reachToo[0] = 1;
    for (let i = 0; i < inner.length; i++) {
      const at = inner[i] as number;
      const child = first[at] as number;
      const end = child + (children[at] as number);
      const here = reach[at] as number;
      const hereToo = reachToo[at] as number;
      const seat = actor[at] as number;
      let a = action[at] as number;
      for (let c = child; c < end; c++) {
        reach[c] = seat === 0 ? here * (profile[a++] as number) : here;
        reachToo[c] = seat === 1 ? hereToo * (profile[a++] as number) : hereToo;
      }
    }
  }
}

/** Expected return of each seat when all play the profile. To ask often, keep an `Evaluator`. */
export function expectedReturns(tree: GameTree, profile: Profile): Float64Array {
  return new Evaluator(tree).expectedReturns(profile);
}

/** See `Evaluator.bestResponse`. */
export function bestResponse(tree: GameTree, profile: Profile, seat: number): { value: number; profile: Profile } {
  return new Evaluator(tree).bestResponse(profile, seat);
}

/** See `Evaluator.nashConv`. */
export function nashConv(tree: GameTree, profile: Profile): Exploited {
  return new Evaluator(tree).nashConv(profile);
}

function exploited(values: Float64Array, responses: Float64Array): Exploited {
  const gain = responses.reduce((sum, response, seat) => sum + response - (values[seat] as number), 0);
  return { values, responses, nashConv: gain, exploitability: gain / values.length };
}

/** The return of a seat at an end. */
function returnAt({ at, returns, seats }: GameTree, end: number, seat: number): number {
  return returns[(at[end] as number) * seats + seat] as number;
}

/** By history: the probability of the outcomes of chance on the way there. */
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
