import {
  actors,
  type ChanceTurn,
  type Environment,
  type Moves,
  type Seat,
  type Turn,
} from '../../src/core/environment.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import { type Budget, choiceOf, Rules } from './rules.js';

export interface MinimaxOptions {
  /** Rollouts whose mean is the worth of a state beyond the depth; 0: such a state is worth 0. */
  readonly rollouts?: number;
  /** Deepest search, in steps, chance included. */
  readonly depth?: number;
  readonly rng: Rng;
}

/** An option as weighed, as deep as was looked: its value, or only a limit, because it is no better than another. */
export interface Weighed {
  readonly id: string;
  readonly value: number | null;
  readonly bound: 'exact' | 'at most' | null;
}

export interface MinimaxResult {
  readonly move: string;
  /** For the seat to move. */
  readonly value: number;
  /** Whether the value is that of the rules, with nothing estimated. */
  readonly exact: boolean;
  /** The depth of the last search that was finished; 0 where the budget did not reach for one. */
  readonly depth: number;
  readonly nodes: number;
  readonly candidates: readonly Weighed[];
}

/** What a search found of a state, from seat 0's side: limits of its value, and how deep it looked. */
type Entry = { readonly low: number; readonly high: number; readonly depth: number; readonly best: string | null };

/** What a seat may still be paid, least and most: a search stops at the most. */
export type Limits = readonly [low: number, high: number];

/** The budget ran out. Carries nothing: a search that was not finished is dropped whole. */
class Spent extends Error {}

const SOLVED = Number.POSITIVE_INFINITY;
/** NOTE: about 300 bytes each. */
const MOST_ENTRIES = 1_000_000;

/**
 * Minimax with memory for two seats with opposite interests, perfect information and one move at a time: alpha-beta
 * (Knuth & Moore, "An analysis of alpha-beta pruning", Artificial Intelligence 1975) in its fail-soft form, with a
 * table of states met before and iterative deepening (Slate & Atkin 1977), whose finished depths order the next one.
 * Chance nodes are averaged without pruning (expectimax). Values are of what is paid from a state on, for seat 0.
 *
 * States are told apart by their whole JSON, so two histories that lead to one state share what is found. A value that
 * rests on no estimate is kept as solved, whatever the depth.
 */
export class Minimax {
  readonly #rules: Rules;
  readonly #rollouts: number;
  readonly #depth: number;
  readonly #rng: Rng;
  readonly #entries = new Map<string, Entry>();
  /** Estimates that what was worked out so far rests on: none since means that a value is exact. */
  #estimates = 0;
  #nodes = 0;
  #spent: Budget = () => false;

  constructor(environment: Environment, config: JsonObject, { rollouts = 0, depth, rng }: MinimaxOptions) {
    this.#rules = new Rules(environment, config);
    this.#rollouts = rollouts;
    this.#depth = depth ?? environment.spec.facts(config).horizon;
    this.#rng = rng;
  }

  /** The best option of the seat to move, as deep as the budget of nodes allows. */
  search(state: Json, seat: Seat, spent: Budget, limits: Limits = [-SOLVED, SOLVED]): MinimaxResult {
    if (this.#entries.size > MOST_ENTRIES) this.#entries.clear();
    this.#nodes = 0;
    this.#spent = spent;
    let result = this.#unsearched(state, seat);
    try {
      while (!result.exact && result.depth < this.#depth) {
        result = this.#root(state, seat, result.depth + 1, result.move, limits);
      }
    } catch (thrown) {
      if (!(thrown instanceof Spent)) throw thrown;
    }
    return { ...result, nodes: this.#nodes };
  }

  #unsearched(state: Json, seat: Seat): MinimaxResult {
    const ids = idsOf(this.#rules.environment.turn(state), seat);
    const candidates = ids.map((id) => ({ id, value: null, bound: null }));
    return { move: ids[0] as string, value: 0, exact: false, depth: 0, nodes: 0, candidates };
  }

  /** One depth. The best option of the depth before comes first, and keeps its place against equals. */
  #root(state: Json, seat: Seat, depth: number, first: string, [least, most]: Limits): MinimaxResult {
    const ids = idsOf(this.#rules.environment.turn(state), seat);
    const before = this.#estimates;
    const weighed = new Map<string, Weighed>();
    let move = first;
    let value = -SOLVED;
    let exact = false;
    for (const id of ordered(ids, first)) {
      const earlier = this.#estimates;
      // NOTE: no window may be empty: what is found in one would be a limit of neither kind.
      const low = least < most ? Math.max(value, least) : value;
      const worth = this.#worth(state, seat, id, depth, low, most);
      weighed.set(id, { id, value: worth, bound: worth > low || worth <= least ? 'exact' : 'at most' });
      if (worth <= value) continue;
      [move, value] = [id, worth];
      if (worth < most) continue;
      exact = this.#estimates === earlier;
      break;
    }
    exact ||= this.#estimates === before;
    const candidates = ids.map((id) => weighed.get(id) ?? { id, value: null, bound: null });
    return { move, value, exact, depth, nodes: 0, candidates };
  }

  /** What an option is worth to the seat that plays it, within a window of that seat's values. */
  #worth(state: Json, seat: Seat, id: string, depth: number, low: number, high: number): number {
    const moves = { seats: { [seat]: id } };
    return seat === 0 ? this.#after(state, moves, depth, low, high) : 0 - this.#after(state, moves, depth, -high, -low);
  }

  /** Value of a step for seat 0: what it pays, and what comes after. */
  #after(state: Json, moves: Moves, depth: number, low: number, high: number): number {
    const step = this.#rules.environment.apply(state, moves);
    const purse = [0, 0];
    this.#rules.pay(step.rewards, purse);
    const paid = purse[0] as number;
    return paid + this.#value(step.state, depth - 1, low - paid, high - paid);
  }

  #value(state: Json, depth: number, low: number, high: number): number {
    const turn = this.#rules.environment.turn(state);
    if (turn.kind === 'over') return 0;
    if (this.#spent(++this.#nodes)) throw new Spent();
    if (depth <= 0) return this.#estimate(state);
    const key = JSON.stringify(state);
    const known = this.#entries.get(key);
    const recalled = known === undefined ? null : this.#recall(known, depth, low, high);
    if (recalled !== null) return recalled;
    const before = this.#estimates;
    const found =
      turn.kind === 'chance'
        ? this.#mean(state, turn, depth)
        : this.#best(state, turn, depth, low, high, known?.best ?? null);
    const [least, most] = turn.kind === 'chance' ? [found.value, found.value] : boundsOf(found.value, low, high);
    const looked = this.#estimates === before ? SOLVED : depth;
    this.#entries.set(key, { low: least, high: most, depth: looked, best: found.best });
    return found.value;
  }

  /** What was found before, if it looked deep enough and answers within the window. */
  #recall({ low: least, high: most, depth: looked }: Entry, depth: number, low: number, high: number): number | null {
    if (looked < depth) return null;
    const value = least === most || least >= high ? least : most <= low ? most : null;
    if (value !== null && looked !== SOLVED) this.#estimates++;
    return value;
  }

  #best(state: Json, turn: Turn, depth: number, low: number, high: number, first: string | null): Found {
    const seat = actors(turn, 2)[0] as Seat;
    const ceiling = seat === 0 ? high : -low;
    let floor = seat === 0 ? low : -high;
    let best: string | null = null;
    let value = -SOLVED;
    const before = this.#estimates;
    for (const id of ordered(idsOf(turn, seat), first)) {
      const earlier = this.#estimates;
      const worth = this.#worth(state, seat, id, depth, floor, ceiling);
      if (worth > value) [best, value] = [id, worth];
      if (value >= ceiling) {
        // NOTE: that the value is no less rests on this option alone, whatever was estimated of the others.
        this.#estimates = before + this.#estimates - earlier;
        break;
      }
      floor = Math.max(floor, value);
    }
    return { value: seat === 0 ? value : 0 - value, best };
  }

  #mean(state: Json, turn: ChanceTurn, depth: number): Found {
    if (!('outcomes' in turn)) throw new Error('minimax takes chance that lists its outcomes');
    let value = 0;
    for (const [chance, probability] of turn.outcomes) {
      if (probability > 0) value += probability * this.#after(state, { chance }, depth, -SOLVED, SOLVED);
    }
    return { value, best: null };
  }

  #estimate(state: Json): number {
    this.#estimates++;
    if (this.#rollouts === 0) return 0;
    const purse = [0, 0];
    for (let i = 0; i < this.#rollouts; i++) this.#rules.rollout(state, purse, this.#rng);
    this.#nodes += this.#rollouts;
    return (purse[0] as number) / this.#rollouts;
  }
}

/** A value of seat 0, and the option that reaches it. */
type Found = { readonly value: number; readonly best: string | null };

/** What a value found within a window says: itself inside, else only a limit. */
function boundsOf(value: number, low: number, high: number): Limits {
  if (value <= low) return [-SOLVED, value];
  return value >= high ? [value, SOLVED] : [value, value];
}

function idsOf(turn: Turn, seat: Seat): string[] {
  if (turn.kind !== 'act') throw new Error('nobody is asked here');
  return choiceOf(turn, seat).options.map(({ id }) => id);
}

/** The likeliest best first: what is found early cuts off more of the rest. */
function ordered(ids: readonly string[], first: string | null): readonly string[] {
  return first === null || !ids.includes(first) ? ids : [first, ...ids.filter((id) => id !== first)];
}
