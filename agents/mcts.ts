import { mostTried } from '../policies/search/arms.js';
import { Belief } from '../policies/search/determinise.js';
import { unfitForMcts } from '../policies/search/fit.js';
import { Mcts } from '../policies/search/mcts.js';
import type { AgentFamily } from '../src/core/agent.js';
import { budgetOf, MS, manifestOf, refuseUnfit, rngOf, SEED } from './search/seat.js';
import { readSettings } from './search/settings.js';

const SETTINGS = {
  sims: { says: 'simulations a move', usual: 1000, least: 1, whole: true },
  c: { says: 'exploration', usual: 1.4, least: 0, whole: false },
  ms: MS,
  seed: SEED,
};

/** Monte Carlo tree search where nothing is hidden. Keeps its tree from move to move. */
const mcts: AgentFamily = {
  id: 'mcts',
  title: 'Monte Carlo tree search, for games without secrets',
  usage: 'mcts, mcts:<simulations>, mcts:sims=500,c=1.4 or mcts:ms=50',
  computes: true,
  open(argument) {
    const settings = readSettings('mcts', argument, SETTINGS);
    const manifest = manifestOf('mcts', argument, settings);
    return (place) => {
      const { environment, config, seat } = place;
      refuseUnfit('mcts', unfitForMcts(environment, config));
      const rng = rngOf(place, settings.seed);
      const belief = new Belief(environment, config, seat, { rng });
      const tree = new Mcts(environment, config, { c: settings.c, rng });
      return {
        manifest,
        act(request) {
          const budget = budgetOf(settings.sims, settings.ms, request);
          belief.learn(request);
          tree.moveTo(belief.draw(rng));
          const candidates = tree.search(seat, budget);
          return { move: mostTried(candidates), candidates: candidates.map((candidate) => ({ ...candidate })) };
        },
      };
    };
  },
};

export default mcts;
