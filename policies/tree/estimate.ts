import { actors, type Environment, type Moves, type Seat } from '../../src/core/environment.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import type { Move } from '../../src/core/space.js';
import { OptionLists, outcomesOf } from './turns.js';

/** What random lines of play tell about the number of histories of a game. */
export interface SizeEstimate {
  /** The mean over the probes, which is right on average. */
  readonly histories: number;
  /** A number that the true one is below with next to no probability. */
  readonly atLeast: number;
}

const PROBES = 200;
/** NOTE: games of long episodes get fewer probes, so that an answer never takes long. */
const MOST_STEPS = 20_000;
const FEWEST = 8;

/**
 * How many histories a game has, from random lines of play: at each of them the product of the numbers of branches
 * passed is, in the mean, the number of histories at that depth. The bound from below: by Markov's inequality one probe
 * gives more than four times the truth with a probability of at most 1/4, so half of many probes do so hardly ever; nor
 * is the mean often above the truth by more than three of its standard errors.
 * SEE: D. E. Knuth, "Estimating the efficiency of backtrack programs", Math. Comp. 29, 1975, theorem 1.
 * @throws UserError at a turn that a tree cannot hold
 */
export function estimateSize(environment: Environment, config: JsonObject, rng: Rng): SizeEstimate {
  const { seats } = environment.spec.facts(config);
  const probe = new Probe(environment, seats, rng);
  const sizes: number[] = [];
  while (sizes.length < PROBES && (probe.steps < MOST_STEPS || sizes.length < FEWEST)) {
    sizes.push(probe.size(environment.start(config)));
  }
  const mean = sum(sizes) / sizes.length;
  const variance = sum(sizes.map((size) => (size - mean) ** 2)) / Math.max(1, sizes.length - 1);
  const quarter = (sizes.sort((x, y) => x - y)[Math.floor(sizes.length / 2)] as number) / 4;
  return { histories: mean, atLeast: Math.max(quarter, mean - 3 * Math.sqrt(variance / sizes.length)) };
}

class Probe {
  steps = 0;
  readonly #environment: Environment;
  readonly #seats: number;
  readonly #rng: Rng;
  readonly #lists: OptionLists;
  #width = 1;
  #size = 1;

  constructor(environment: Environment, seats: number, rng: Rng) {
    this.#environment = environment;
    this.#seats = seats;
    this.#rng = rng;
    this.#lists = new OptionLists(environment);
  }

  /** One random line of play: the sum over its histories of how many there are at their depth if all were alike. */
  size(start: Json): number {
    this.#width = 1;
    this.#size = 1;
    let state = start;
    for (let moves = this.#next(state); moves !== null; moves = this.#next(state)) {
      state = this.#environment.apply(state, moves).state;
      this.steps++;
    }
    return this.#size;
  }

  #next(state: Json): Moves | null {
    const turn = this.#environment.turn(state);
    if (turn.kind === 'over') return null;
    if (turn.kind !== 'act') return { chance: this.#pick(outcomesOf(this.#environment, turn))[0] };
    const moves: { [seat: Seat]: Move } = {};
    for (const seat of actors(turn, this.#seats)) {
      const space = turn.spaces[seat];
      if (space !== undefined) moves[seat] = this.#pick(this.#lists.of(space, seat));
    }
    return { seats: moves };
  }

  #pick<T>(branches: readonly T[]): T {
    this.#width *= branches.length;
    this.#size += this.#width;
    return this.#rng.pick(branches);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
