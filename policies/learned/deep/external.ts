import type { Rng } from '../../../src/core/rng.js';
import type { Information } from '../../encoding.js';
import type { Game } from '../../solver.js';
import { ContractWalk } from './contract-walk.js';
import { Engine, type Sampler } from './engine.js';
import type { Settings } from './settings.js';
import { traverse } from './traverse.js';
import { TreeWalk } from './tree-walk.js';
import type { Walk } from './walk.js';

/** What somebody else does with a visit of a seat that is not the sampling one. */
type Played = (information: Information, strategy: ArrayLike<number>, iteration: number) => void;

/** Advantages by external sampling, on the compiled game or straight through the rules. */
export function externalEngine(game: Game, settings: Settings, rng: Rng, played: Played = () => {}): Engine {
  if (settings.road === 'tree') return on(new TreeWalk(game), settings, rng, played);
  return on(new ContractWalk(game.environment, game.config), settings, rng, played);
}

function on<N>(walk: Walk<N>, settings: Settings, rng: Rng, played: Played): Engine {
  const sampler: Sampler = {
    async sample(seat, { iteration, strategy, remember }) {
      const traversal = {
        strategy,
        advantage: (_: number, information: Information, advantages: ArrayLike<number>) =>
          remember(information, advantages, iteration),
        played: (_: number, information: Information, play: ArrayLike<number>) => played(information, play, iteration),
      };
      for (let i = 0; i < settings.traversals; i++) traverse(walk, seat, rng, traversal);
      return {};
    },
  };
  return new Engine(walk, settings, rng, sampler);
}
