import type { Environment } from '../../src/core/environment.js';
import { UserError } from '../../src/core/errors.js';
import type { JsonObject } from '../../src/core/json.js';
import { stream } from '../../src/core/rng.js';
import { estimateSize } from './estimate.js';

/** How far a walk has come. */
export interface Extent {
  readonly histories: number;
  readonly endings: number;
  readonly paths: number;
  readonly states: number;
}

export interface Limits {
  readonly histories: number;
  /** Bytes of memory. */
  readonly memory: number;
  /** Seats, and with knowledge kept also viewers: what a history takes depends on them. */
  readonly seats: number;
  readonly viewers: number;
  readonly progress: ((done: number, estimate: number) => void) | null;
}

/** Refuses a game that is too large: before the walk where an estimate shows it, else as soon as the walk does. */
export class Guard {
  readonly #id: string;
  readonly #limits: Limits;
  readonly #estimate: number;
  #next = 0;

  /** @throws UserError when the game is surely too large */
  constructor(environment: Environment, config: JsonObject, limits: Limits) {
    this.#id = environment.spec.id;
    this.#limits = limits;
    const { histories, atLeast } = estimateSize(environment, config, stream('size', 'probes'));
    this.#estimate = histories;
    if (atLeast > limits.histories) throw this.#tooMany(histories);
    const usual = { histories: atLeast, endings: atLeast / 2, paths: 0, states: 0 };
    if (this.#bytes(usual) > limits.memory) throw this.#tooBig(histories);
  }

  /** @throws UserError when the walk has become too large */
  check(extent: Extent): void {
    const { histories } = extent;
    if (histories > this.#limits.histories) throw this.#tooMany(Math.max(histories, this.#estimate));
    if (histories < this.#next) return;
    this.#next = histories + STRIDE;
    if (this.#bytes(extent) > this.#limits.memory) throw this.#tooBig(Math.max(histories, this.#estimate));
    this.#limits.progress?.(histories, Math.max(histories, this.#estimate));
  }

  /** @throws UserError when a line of play is too long */
  depth(depth: number): void {
    if (depth <= DEEPEST) return;
    throw new UserError(`${this.#id}: lines of play with more than ${DEEPEST} moves; a tree of that depth is refused`);
  }

  #bytes({ histories, endings, paths, states }: Extent): number {
    const { seats, viewers } = this.#limits;
    return histories * (HISTORY + KNOWN * viewers) + endings * RETURN * seats + paths * PATH + states * STATE;
  }

  #tooMany(histories: number): UserError {
    const limit = this.#limits.histories.toLocaleString('en');
    return new UserError(`${this.#id}: about ${rounded(histories)} histories or more; the limit is ${limit}`);
  }

  #tooBig(histories: number): UserError {
    const gigabytes = (this.#limits.memory / 1e9).toFixed(1);
    return new UserError(
      `${this.#id}: about ${rounded(histories)} histories, which take more than the ${gigabytes} GB of memory allowed`,
    );
  }
}

/** NOTE: the walk is recursive, and a deeper game would end the process without a word. */
const DEEPEST = 1000;
const STRIDE = 65_536;
/** Bytes at the peak, of growing columns and finished arrays together: a history, what a viewer knows of it, a return. */
const HISTORY = 56;
const KNOWN = 12;
const RETURN = 22;
/** Bytes of a path with its edge, and of an information state with its name. */
const PATH = 64;
const STATE = 200;

function rounded(count: number): string {
  return count < 1e6 ? Math.round(count).toLocaleString('en') : count.toExponential(0).replace('e+', 'e');
}
