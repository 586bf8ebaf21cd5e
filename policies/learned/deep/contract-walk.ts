import {
  type ActTurn,
  actors,
  type Environment,
  type Moves,
  type Rewards,
  type Turn,
  weightsOf,
} from '../../../src/core/environment.js';
import { UserError } from '../../../src/core/errors.js';
import type { Json, JsonObject } from '../../../src/core/json.js';
import type { ActionSpace, Move } from '../../../src/core/space.js';
import { type Encoder, encoderOf, type Information } from '../../encoding.js';
import { CHANCE, TERMINAL } from '../../tree/game-tree.js';
import type { Walk } from './walk.js';

/** A history in the middle of a step: some of the seats that move at once may have picked already. */
export interface Position {
  readonly state: Json;
  readonly turn: Turn;
  readonly returns: readonly number[];
  /** Seats that still have to pick, in order; empty where no seat acts. */
  readonly waiting: readonly number[];
  readonly picked: { readonly [seat: number]: Move };
}

/**
 * A game walked through its rules, for those too large to compile. Seats that move at once pick one after another in
 * seat order, none seeing the others' picks.
 */
export class ContractWalk implements Walk<Position> {
  readonly seats: number;
  readonly width: number;
  readonly vocabulary: readonly string[];
  readonly scale: number;
  readonly #environment: Environment;
  readonly #config: JsonObject;
  readonly #weights: { readonly [part: string]: number };
  readonly #encode: Encoder;

  constructor(environment: Environment, config: JsonObject) {
    const { seats, utility } = environment.spec.facts(config);
    this.#environment = environment;
    this.#config = config;
    this.#weights = weightsOf(environment.spec, config);
    this.#encode = encoderOf(environment, config);
    this.seats = seats;
    this.width = this.#encode.width;
    this.vocabulary = this.#encode.vocabulary;
    this.scale = Math.max(Math.abs(utility.min), Math.abs(utility.max), Number.MIN_VALUE);
  }

  root(): Position {
    return this.#at(this.#environment.start(this.#config), new Array<number>(this.seats).fill(0));
  }

  actor({ turn, waiting }: Position): number {
    if (turn.kind === 'over') return TERMINAL;
    return turn.kind === 'chance' ? CHANCE : (waiting[0] as number);
  }

  fan(position: Position): number {
    const { turn } = position;
    if (turn.kind === 'over') return 0;
    return turn.kind === 'chance' ? this.#outcomes(turn).length : this.#options(position).length;
  }

  child(position: Position, index: number): Position {
    const { state, turn, returns, waiting, picked } = position;
    if (turn.kind === 'chance') {
      const [move] = this.#outcomes(turn)[index] as readonly [Move, number];
      return this.#after(state, { chance: move }, returns);
    }
    const seat = waiting[0] as number;
    const seats = { ...picked, [seat]: this.#options(position)[index]?.id as string };
    if (waiting.length === 1) return this.#after(state, { seats }, returns);
    return { state, turn, returns, waiting: waiting.slice(1), picked: seats };
  }

  chances({ turn }: Position): readonly number[] {
    return this.#outcomes(turn).map(([, chance]) => chance);
  }

  returned({ returns }: Position, seat: number): number {
    return returns[seat] as number;
  }

  information(position: Position): Information {
    const seat = position.waiting[0] as number;
    const ids = this.#options(position).map(({ id }) => id);
    return this.#encode.information(seat, this.#environment.view(position.state, seat), ids);
  }

  get historyWidth(): number {
    return this.seats + this.seats * (this.width - this.seats);
  }

  history({ state, waiting }: Position): Float32Array {
    const history = new Float32Array(this.historyWidth);
    history[waiting[0] as number] = 1;
    const own = this.width - this.seats;
    for (let seat = 0; seat < this.seats; seat++) {
      history.set(this.#encode.vector(this.#environment.view(state, seat)), this.seats + seat * own);
    }
    return history;
  }

  #at(state: Json, returns: readonly number[]): Position {
    const turn = this.#environment.turn(state);
    return { state, turn, returns, waiting: actors(turn, this.seats), picked: {} };
  }

  #after(state: Json, moves: Moves, returns: readonly number[]): Position {
    const step = this.#environment.apply(state, moves);
    return this.#at(step.state, paid(returns, step.rewards, this.#weights));
  }

  #outcomes(turn: Turn): readonly (readonly [Move, number])[] {
    if (turn.kind === 'chance' && 'outcomes' in turn) return turn.outcomes;
    throw new UserError(`${this.#environment.spec.id}: a ${turn.kind} turn lists no outcomes, so it cannot be walked`);
  }

  #options({ turn, waiting }: Position): readonly { readonly id: string }[] {
    const space: ActionSpace | undefined = (turn as ActTurn).spaces[waiting[0] as number];
    if (space?.kind === 'choice') return space.options;
    throw new UserError(`${this.#environment.spec.id}: a ${space?.kind} turn has no list of options to learn over`);
  }
}

function paid(
  returns: readonly number[],
  rewards: Rewards | undefined,
  weights: { readonly [part: string]: number },
): readonly number[] {
  if (rewards === undefined) return returns;
  return returns.map((sum, seat) => {
    let total = sum;
    for (const [part, amount] of Object.entries(rewards[seat] ?? {})) total += amount * (weights[part] ?? 0);
    return total;
  });
}
