import type { GameTree, Profile } from '../tree/game-tree.js';
import { Ground } from './ground.js';
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
 * Exact values of profiles on one game tree. It keeps its working memory, so make one and ask it often. Profiles are
 * read as they are: the probabilities of each state should add up to 1.
 */
export class Evaluator {
  readonly tree: GameTree;
  readonly #ground: Ground;
  /** By seat: its returns at the ends, weighted by chance. */
  readonly #stakes: readonly Float64Array[];
  readonly #reach: Float64Array;
  readonly #reachToo: Float64Array;
  readonly #seats: ({ readonly groups: Groups; readonly responder: Responder } | undefined)[];

  constructor(tree: GameTree) {
    this.tree = tree;
    this.#ground = new Ground(tree);
    this.#stakes = Array.from({ length: tree.seats }, (_, seat) =>
      this.#ground.stakes((ending) => tree.returns[ending * tree.seats + seat] as number),
    );
    this.#reach = new Float64Array(tree.size);
    this.#reachToo = new Float64Array(tree.zeroSum ? tree.size : 0);
    this.#seats = new Array(tree.seats).fill(undefined);
  }

  /** Expected return of each seat when all play the profile. */
  expectedReturns(profile: Profile): Float64Array {
    this.#ground.lead(profile, null, this.#reach);
    return Float64Array.from(this.#stakes, (stakes) => this.#ground.expected(stakes, this.#reach));
  }

  /**
   * The most a seat can expect when all others play the profile, and the profile with such an answer in its place: one
   * option with probability 1 at each of its states, the first where the others never lead.
   * @throws UserError when the seat forgets its own moves
   */
  bestResponse(profile: Profile, seat: number): { readonly value: number; readonly profile: Profile } {
    const value = this.#respond(profile, seat);
    const { groups, responder } = this.#seat(seat);
    return { value, profile: withAnswers(this.tree, profile, groups, responder.picked) };
  }

  /** @throws UserError when a seat forgets its own moves */
  nashConv(profile: Profile): Exploited {
    if (this.tree.zeroSum) return this.#nashConvOfTwo(profile);
    const values = this.expectedReturns(profile);
    const responses = values.map((_, seat) => this.#respond(profile, seat));
    return exploited(values, responses);
  }

  /** Two seats with one stake: a single way down serves both answers and the value. */
  #nashConvOfTwo(profile: Profile): Exploited {
    const reach = this.#reach;
    const reachToo = this.#reachToo;
    this.#ground.leadBoth(profile, reach, reachToo);
    const { ends } = this.#ground;
    const first = this.#seat(0).responder;
    const second = this.#seat(1).responder;
    const stakes = this.#stakes[0] as Float64Array;
    let value = 0;
    for (let end = 0; end < ends.length; end++) {
      const at = ends[end] as number;
      const stake = stakes[end] as number;
      const met = stake * (reachToo[at] as number);
      value += met * (reach[at] as number);
      first.worth[at] = met;
      second.worth[at] = -stake * (reach[at] as number);
    }
    return exploited(Float64Array.of(value, -value), Float64Array.of(first.respond(), second.respond()));
  }

  #respond(profile: Profile, seat: number): number {
    const { groups, responder } = this.#seat(seat);
    return this.#ground.answer(profile, groups, responder, this.#stakes[seat] as Float64Array, this.#reach);
  }

  #seat(seat: number): { readonly groups: Groups; readonly responder: Responder } {
    let known = this.#seats[seat];
    if (known === undefined) {
      const groups = groupsOf(this.tree, (state) => this.tree.states.seat[state] === seat);
      known = { groups, responder: new Responder(this.tree, groups) };
      this.#seats[seat] = known;
    }
    return known;
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
