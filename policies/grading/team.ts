import { UserError } from '../../src/core/errors.js';
import type { Rng } from '../../src/core/rng.js';
import type { GameTree, Profile } from '../tree/game-tree.js';
import { Ground } from './ground.js';
import { pooledGroups } from './pooled.js';
import { type Groups, groupsOf, Responder, withAnswers } from './responder.js';
import { type Side, worthTo } from './sides.js';

/** What a side could reach against a profile: no less than `below`, no more than `above`. */
export interface TeamBounds {
  /** What the side gets by playing the profile itself. */
  readonly value: number;
  readonly below: number;
  /** A profile in which the side gets `below`. */
  readonly witness: Profile;
  readonly above: number;
}

export interface TeamSearch {
  /** Random strategies of the side to set out from, besides the profile itself; 8 by default. */
  readonly starts?: number;
  readonly rng: Rng;
}

/** Who answers the profile: one member, or all of them as one player. */
interface Answerer {
  readonly groups: Groups;
  readonly responder: Responder;
}

const STARTS = 8;
/** NOTE: a gain of less than this is rounding; without a floor two answers of equal worth could take turns for ever. */
const GAIN = 1e-12;

/**
 * Bounds on the best joint strategy of a side whose members agree beforehand and then know only what their own seats
 * are told. Finding it exactly is NP-hard (D. Koller, N. Megiddo, "The Complexity of Two-Person Zero-Sum Games in
 * Extensive Form", 1992), so two values around it are found, each exactly:
 * below, members answer
 * best one after another until none gains; above, one player decides for all members and sees
 * whatever any of them is told. For a side of one seat both are its best response.
 */
export class Team {
  readonly #ground: Ground;
  readonly #side: Side;
  readonly #stakes: Float64Array;
  readonly #reach: Float64Array;
  readonly #members: readonly Answerer[];
  #pooled: Answerer | undefined;

  constructor(tree: GameTree, side: Side) {
    this.#ground = new Ground(tree);
    this.#side = side;
    this.#stakes = this.#ground.stakes((ending) => worthTo(tree, side, ending));
    this.#reach = new Float64Array(tree.size);
    this.#members = seatsOf(tree, side).map((seat) => {
      const groups = groupsOf(tree, (state) => side.decides[state] === 1 && tree.states.seat[state] === seat);
      return { groups, responder: new Responder(tree, groups) };
    });
  }

  /** @throws UserError when the tree does not keep what its seats know */
  bounds(profile: Profile, search: TeamSearch): TeamBounds {
    return { value: this.value(profile), ...this.below(profile, search), above: this.above(profile) };
  }

  /** Mean expected return of the members when all play the profile. */
  value(profile: Profile): number {
    this.#ground.lead(profile, null, this.#reach);
    return this.#ground.expected(this.#stakes, this.#reach);
  }

  /** The best of several climbs, each over single members' best responses. The others follow the profile. */
  below(profile: Profile, { starts = STARTS, rng }: TeamSearch): { readonly below: number; readonly witness: Profile } {
    let best = this.#climb(profile);
    for (let start = 0; start < starts && this.#members.length > 1; start++) {
      const found = this.#climb(this.#drawn(profile, rng));
      if (found.below > best.below) best = found;
    }
    return best;
  }

  /** @throws UserError when the tree does not keep what its seats know */
  above(profile: Profile): number {
    this.#pooled ??= this.#pool();
    return this.#ground.answer(profile, this.#pooled.groups, this.#pooled.responder, this.#stakes, this.#reach);
  }

  #climb(from: Profile): { readonly below: number; readonly witness: Profile } {
    let below = this.value(from);
    let witness = from;
    for (let idle = 0, turn = 0; idle < this.#members.length; turn++) {
      const { groups, responder } = this.#members[turn % this.#members.length] as Answerer;
      const value = this.#ground.answer(witness, groups, responder, this.#stakes, this.#reach);
      if (value <= below + GAIN) idle++;
      else {
        below = value;
        witness = withAnswers(this.#ground.tree, witness, groups, responder.picked);
        idle = 0;
      }
    }
    return { below, witness };
  }

  /** The profile with one option drawn for good at each state where the side decides. */
  #drawn(profile: Profile, rng: Rng): Profile {
    const { count, offset } = this.#ground.tree.states;
    const drawn = Float64Array.from(profile);
    for (let state = 0; state < count; state++) {
      if (this.#side.decides[state] === 0) continue;
      const start = offset[state] as number;
      const end = offset[state + 1] as number;
      drawn.fill(0, start, end);
      drawn[start + rng.below(end - start)] = 1;
    }
    return drawn;
  }

  #pool(): Answerer {
    const { tree } = this.#ground;
    if (tree.knowledge === undefined) {
      throw new UserError('the tree does not keep what its seats know; compile it with the option `knowledge`');
    }
    const groups = pooledGroups(tree, tree.knowledge, this.#side);
    return { groups, responder: new Responder(tree, groups) };
  }
}

/** The seats that ever decide for a side. */
function seatsOf({ states }: GameTree, { decides }: Side): number[] {
  return [...new Set([...states.seat].filter((_, state) => decides[state] === 1))].sort((a, b) => a - b);
}
