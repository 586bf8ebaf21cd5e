import type { ActTurn, Environment, Seat } from '../../src/core/environment.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import type { Move } from '../../src/core/space.js';
import { Arms, type Candidate } from './arms.js';
import { type Budget, choiceOf, drawn, type Rollout, Rules, uniformly } from './rules.js';

export interface IsmctsOptions {
  /** Of exploration, for returns scaled to a range of width 1. */
  readonly c?: number;
  readonly rollout?: Rollout;
  readonly rng: Rng;
}

/** NOTE: half the sqrt(2) of UCB1: the range of returns is rarely used in full. Chosen, not proved. */
const EXPLORATION = 0.7;

/** What a seat may know in a state, as one text: the environment's shorter name, or the view whole. */
export function informationName(environment: Environment, state: Json, seat: Seat): string {
  const view = environment.view(state, seat);
  return `${seat} ${environment.key?.(view) ?? JSON.stringify(view)}`;
}

/** An arm that was picked, and what its seat had been paid until then. */
type Pick = { readonly arms: Arms; readonly arm: number; readonly seat: Seat; readonly before: number };

/**
 * Information set Monte Carlo tree search (Cowling, Powley & Whitehouse 2012). Every simulation plays in another state
 * that agrees with all the searching seat knows; what is learnt is kept by what the seat to move may know, so nobody in
 * the search acts on a secret, the searching seat's own cards included. Options are counted by how often they were on
 * offer, since a view may tell fewer states apart than their options do.
 *
 * Which states are drawn is all the search learns of the hidden part: given draws that depend on the seat's knowledge
 * alone, so does the answer.
 */
export class Ismcts {
  readonly #rules: Rules;
  readonly #constant: number;
  readonly #rollout: Rollout;
  readonly #rng: Rng;

  constructor(environment: Environment, config: JsonObject, { c = EXPLORATION, rollout, rng }: IsmctsOptions) {
    this.#rules = new Rules(environment, config);
    this.#constant = c * this.#rules.span;
    this.#rollout = rollout ?? uniformly;
    this.#rng = rng;
  }

  /**
   * What a seat has found of its options when the budget is spent. At least one simulation is made.
   * @param draw a state in which the seat is asked and that agrees with what it knows, likelier ones more often
   */
  search(seat: Seat, draw: () => Json, spent: Budget): Candidate[] {
    const nodes = new Map<string, Arms>();
    let root = '';
    for (let done = 0; done === 0 || !spent(done); done++) {
      const state = draw();
      if (done === 0) root = informationName(this.#rules.environment, state, seat);
      this.#simulate(nodes, state);
    }
    return nodes.get(root)?.candidates() ?? [];
  }

  #simulate(nodes: Map<string, Arms>, start: Json): void {
    const purse = new Array<number>(this.#rules.seats).fill(0);
    const picked: Pick[] = [];
    const end = this.#descend(nodes, start, purse, picked);
    if (end !== null) this.#rules.rollout(end, purse, this.#rng, this.#rollout);
    for (const { arms, arm, seat, before } of picked) arms.learn(arm, (purse[seat] as number) - before);
  }

  /** Plays by the arms until a seat meets what no simulation met before; gives the state after, or null at an end. */
  #descend(nodes: Map<string, Arms>, start: Json, purse: number[], picked: Pick[]): Json | null {
    const { environment } = this.#rules;
    let state = start;
    for (;;) {
      const turn = environment.turn(state);
      if (turn.kind === 'over') return null;
      if (turn.kind === 'call') throw new Error('a search asks nobody outside');
      const known = nodes.size;
      const moves =
        turn.kind === 'chance'
          ? { chance: drawn(turn, this.#rng) }
          : { seats: this.#choose(nodes, state, turn, purse, picked) };
      const step = environment.apply(state, moves);
      this.#rules.pay(step.rewards, purse);
      state = step.state;
      if (nodes.size > known) return state;
    }
  }

  #choose(nodes: Map<string, Arms>, state: Json, turn: ActTurn, purse: readonly number[], picked: Pick[]) {
    const seats: { [seat: Seat]: Move } = {};
    for (const seat of this.#rules.actors(turn)) {
      const ids = choiceOf(turn, seat).options.map(({ id }) => id);
      const arms = nodeOf(nodes, informationName(this.#rules.environment, state, seat), ids);
      const arm = arms.pick(this.#rng, this.#constant, arms.offer(ids));
      picked.push({ arms, arm, seat, before: purse[seat] as number });
      seats[seat] = arms.ids[arm] as string;
    }
    return seats;
  }
}

function nodeOf(nodes: Map<string, Arms>, name: string, ids: readonly string[]): Arms {
  let arms = nodes.get(name);
  if (arms === undefined) {
    arms = new Arms(ids);
    nodes.set(name, arms);
  }
  return arms;
}
