import type { Environment, Seat } from '../../src/core/environment.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { GameTree } from './game-tree.js';
import { Guard } from './guard.js';
import { breadthFirst } from './renumber.js';
import { Walk } from './walk.js';

export interface CompileOptions {
  /** The most histories; 20,000,000 by default. */
  readonly limit?: number;
  /** The most bytes of memory, as far as they can be foretold; 4e9 by default. */
  readonly memory?: number;
  /** Keep what every viewer knows at every history. */
  readonly knowledge?: boolean;
  /** Names something that a seat's view shows of the seat, such as its side; kept by information state and ending. */
  readonly labels?: (view: Json, seat: Seat) => string;
  /** Told now and then how many histories there are so far, and about how many there will be. */
  readonly progress?: (done: number, estimate: number) => void;
}

const LIMIT = 20_000_000;
const MEMORY = 4e9;

/**
 * A whole game as flat arrays, from the contract alone: any number of seats, listed chance, moves at once, hidden
 * information, any rewards. Parts paid along a history, at chance steps too, are weighted and added up into the returns
 * of its ending. Information states and endings have their numbers in the order of the histories, so a seat's earlier
 * states come before its later ones.
 * @throws UserError when the game is larger than the limits, when some turn cannot be listed, or when information
 *   states are not what a seat was told and did
 */
export function compile(environment: Environment, config: JsonObject, options: CompileOptions = {}): GameTree {
  const { limit = LIMIT, memory = MEMORY, knowledge = false, labels = null, progress = null } = options;
  const { seats } = environment.spec.facts(config);
  const limits = { histories: limit, memory, seats, viewers: knowledge ? seats + 1 : 0, progress };
  const guard = new Guard(environment, config, limits);
  const walk = new Walk(environment, config, { knowledge, labels, guard });
  return breadthFirst({ environment: environment.spec.id, version: environment.spec.version, config }, walk);
}
