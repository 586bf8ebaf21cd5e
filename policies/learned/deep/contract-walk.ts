import type { Environment } from '../../../src/core/environment.js';
import type { JsonObject } from '../../../src/core/json.js';
import { type Encoder, encoderOf, type Information } from '../../encoding.js';
import { type Position, Rules } from '../../tabular/kernel/rules.js';
import { CHANCE } from '../../tree/game-tree.js';
import type { Walk } from './walk.js';

/** A game walked through its rules, for those too large to compile. */
export class ContractWalk implements Walk<Position> {
  readonly seats: number;
  readonly width: number;
  readonly vocabulary: readonly string[];
  readonly scale: number;
  readonly historyWidth: number;
  readonly #environment: Environment;
  readonly #rules: Rules;
  readonly #encoder: Encoder;

  /** @throws UserError when the environment has no vector form */
  constructor(environment: Environment, config: JsonObject) {
    const { seats, utility } = environment.spec.facts(config);
    this.#environment = environment;
    this.#rules = new Rules(environment, config, false);
    this.#encoder = encoderOf(environment, config);
    this.seats = seats;
    this.width = this.#encoder.width;
    this.vocabulary = this.#encoder.vocabulary;
    this.historyWidth = seats + seats * (this.width - seats);
    this.scale = Math.max(Math.abs(utility.min), Math.abs(utility.max), Number.MIN_VALUE);
  }

  root(): Position {
    return this.#rules.root();
  }

  actor({ mover }: Position): number {
    return mover;
  }

  fan(position: Position): number {
    if (position.turn.kind === 'over') return 0;
    return position.mover === CHANCE ? this.#rules.outcomes(position).length : this.#rules.options(position).length;
  }

  child(position: Position, index: number): Position {
    return position.mover === CHANCE ? this.#rules.after(position, index) : this.#rules.next(position, index);
  }

  chances(position: Position): readonly number[] {
    return this.#rules.outcomes(position).map(([, chance]) => chance);
  }

  returned({ returns }: Position, seat: number): number {
    return returns[seat] as number;
  }

  information(position: Position): Information {
    const { state, mover } = position;
    return this.#encoder.information(mover, this.#environment.view(state, mover), this.#rules.options(position));
  }

  history({ state, mover }: Position): Float32Array {
    const history = new Float32Array(this.historyWidth);
    history[mover] = 1;
    const own = this.width - this.seats;
    for (let seat = 0; seat < this.seats; seat++) {
      history.set(this.#encoder.vector(this.#environment.view(state, seat)), this.seats + seat * own);
    }
    return history;
  }
}
