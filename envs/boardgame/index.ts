import type { Environment } from '../../src/core/environment.js';
import { UserError } from '../../src/core/errors.js';
import { moduleOf } from '../../src/core/modules.js';
import { findGame } from './declared.js';
import { asEnvironment } from './game.js';

/**
 * `boardgame:<module>` or `boardgame:<module>#<export>`: a game of boardgame.io 0.50 as an environment.
 * @param argument path or package of the module, from the working directory; with the name of its export, if need be
 * @throws UserError when there is no such game, or too little is known of it to play
 */
export async function family(argument: string): Promise<Environment> {
  const [module, name] = argument.split('#', 2) as [string, string?];
  if (module === '')
    throw new UserError('boardgame: takes a module, as in boardgame:./games/nim.js or boardgame:some-package#Nim');
  return asEnvironment(`boardgame:${argument}`, findGame(await moduleOf(module), module, name));
}
