import {
  type ActTurn,
  actors,
  type ChanceTurn,
  type Environment,
  type Moves,
  type Rewards,
  type Seat,
  type Turn,
  weightsOf,
} from '../../src/core/environment.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import type { ChoiceSpace, Move } from '../../src/core/space.js';

/** Picks an option's id for a seat in an imagined state: how play goes on beyond what a search has looked at. */
export type Rollout = (space: ChoiceSpace, seat: Seat, state: Json, rng: Rng) => string;

export const uniformly: Rollout = (space, _seat, _state, rng) => rng.pick(space.options).id;

/** Whether a search has used up what it may; asked with the simulations or nodes it has done so far. */
export type Budget = (done: number) => boolean;

/** So many simulations, or nodes. */
export function atMost(most: number): Budget {
  return (done) => done >= most;
}

/** What a search needs of an environment under one configuration: how turns are drawn and what steps pay. */
export class Rules {
  readonly environment: Environment;
  readonly config: JsonObject;
  readonly seats: number;
  /** Width of the range of a seat's return; 1 where all returns are the same. Searches scale exploration by it. */
  readonly span: number;
  readonly #weights: { readonly [part: string]: number };

  constructor(environment: Environment, config: JsonObject) {
    const { seats, utility } = environment.spec.facts(config);
    this.environment = environment;
    this.config = config;
    this.seats = seats;
    this.span = utility.max - utility.min || 1;
    this.#weights = weightsOf(environment.spec, config);
  }

  /** Adds what a step pays each seat, weighted. */
  pay(rewards: Rewards | undefined, purse: number[]): void {
    if (rewards === undefined) return;
    for (const seat in rewards) {
      const parts = rewards[seat] as { readonly [part: string]: number };
      let sum = 0;
      for (const part in parts) sum += (parts[part] as number) * (this.#weights[part] ?? 0);
      purse[seat] = (purse[seat] as number) + sum;
    }
  }

  /** The seats a turn asks, in order. */
  actors(turn: ActTurn): Seat[] {
    return actors(turn, this.seats);
  }

  /**
   * Plays on from a state to the end and adds what is paid on the way.
   * @throws Error where a turn is no choice
   */
  rollout(state: Json, purse: number[], rng: Rng, choose: Rollout = uniformly): void {
    const { environment } = this;
    let at = state;
    for (;;) {
      const turn = environment.turn(at);
      if (turn.kind === 'over') return;
      const step = environment.apply(at, this.#playOn(turn, at, rng, choose));
      this.pay(step.rewards, purse);
      at = step.state;
    }
  }

  #playOn(turn: Exclude<Turn, { kind: 'over' }>, state: Json, rng: Rng, choose: Rollout): Moves {
    if (turn.kind === 'chance') return { chance: drawn(turn, rng) };
    if (turn.kind === 'call') throw new Error('a search asks nobody outside');
    const seats: { [seat: number]: Move } = {};
    for (const seat of this.actors(turn)) seats[seat] = choose(choiceOf(turn, seat), seat, state, rng);
    return { seats };
  }
}

/** An outcome of chance with its probability. */
export function drawn(turn: ChanceTurn, rng: Rng): Move {
  return 'outcomes' in turn ? rng.weighted(turn.outcomes) : turn.draw(rng);
}

/** The choice a turn offers a seat. @throws Error where it asks for something else */
export function choiceOf(turn: ActTurn, seat: Seat): ChoiceSpace {
  const space = turn.spaces[seat];
  if (space?.kind === 'choice') return space;
  throw new Error(`a search chooses among options; here a ${space?.kind ?? 'seat that is not asked'} is wanted`);
}
