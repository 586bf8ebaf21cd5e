import type { Environment } from '../src/core/environment.js';
import type { JsonObject } from '../src/core/json.js';
import type { Game } from './solver.js';
import { type CompileOptions, compile } from './tree/compile.js';
import type { GameTree } from './tree/game-tree.js';

/** What `Game` leaves open: how the tree is made. */
export interface GameOptions extends CompileOptions {
  /** Makes the tree in another way, from a file for one. */
  readonly tree?: () => GameTree;
}

/**
 * An environment under one configuration, ready to be solved or learnt. The tree keeps what everybody knows, since
 * some roads need it.
 */
export function gameOf(environment: Environment, config: JsonObject, options: GameOptions = {}): Game {
  const { tree = () => compile(environment, config, { knowledge: true, ...options }) } = options;
  let made: GameTree | undefined;
  return {
    environment,
    config,
    tree() {
      made ??= tree();
      return made;
    },
  };
}
