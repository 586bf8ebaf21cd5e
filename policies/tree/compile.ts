import type { Environment, Seat } from '../../src/core/environment.js';
import { UserError } from '../../src/core/errors.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { GameTree } from './game-tree.js';
import { breadthFirst } from './renumber.js';
import { Walk } from './walk.js';

export interface CompileOptions {
  /** The most histories; 20,000,000 by default. */
  readonly limit?: number;
  /** Keep what every viewer knows at every history. */
  readonly knowledge?: boolean;
  /** Names something that a seat's view shows of the seat, such as its side; kept by information state and ending. */
  readonly labels?: (view: Json, seat: Seat) => string;
  /** Told now and then how many histories there are so far, and about how many there will be. */
  readonly progress?: (done: number, estimate: number) => void;
}

const LIMIT = 20_000_000;

/**
 * A whole game as flat arrays, from the contract alone: any number of seats, listed chance, moves at once, hidden
 * information, any rewards. Parts paid along a history, at chance steps too, are weighted and added up into the returns
 * of its ending.
 * @throws UserError when the game is larger than the limit, when some turn cannot be listed, or when information states
 *   are not what a seat was told and did
 */
export function compile(environment: Environment, config: JsonObject, options: CompileOptions = {}): GameTree {
  const { limit = LIMIT, knowledge = false, labels = null } = options;
  const count = (histories: number): void => {
    if (histories > limit) {
      throw new UserError(`${environment.spec.id}: more than ${limit} histories, which is the limit`);
    }
  };
  const walk = new Walk(environment, config, { knowledge, labels, count });
  return breadthFirst({ environment: environment.spec.id, version: environment.spec.version, config }, walk);
}
