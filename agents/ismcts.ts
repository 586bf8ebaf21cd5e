import { mostTried } from '../policies/search/arms.js';
import { Belief } from '../policies/search/determinise.js';
import { unfitForIsmcts } from '../policies/search/fit.js';
import { Ismcts } from '../policies/search/ismcts.js';
import type { AgentFamily } from '../src/core/agent.js';
import { budgetOf, MS, manifestOf, refuseUnfit, rngOf, SEED } from './search/seat.js';
import { readSettings } from './search/settings.js';

const SETTINGS = {
  sims: { says: 'simulations a move', usual: 1000, least: 1, whole: true },
  c: { says: 'exploration', usual: 0.7, least: 0, whole: false },
  states: { says: 'hidden states kept in mind at most', usual: 512, least: 1, whole: true },
  ms: MS,
  seed: SEED,
};

/** Information set Monte Carlo tree search over the states that agree with what its seat knows. */
const ismcts: AgentFamily = {
  id: 'ismcts',
  title: 'Monte Carlo tree search that reckons with what is hidden from its seat',
  usage: 'ismcts, ismcts:<simulations>, ismcts:sims=1000,c=0.7,states=512 or ismcts:ms=50',
  computes: true,
  open(argument) {
    const settings = readSettings('ismcts', argument, SETTINGS);
    const manifest = manifestOf('ismcts', argument, settings);
    return (place) => {
      const { environment, config, seat } = place;
      refuseUnfit('ismcts', unfitForIsmcts(environment, config));
      const rng = rngOf(place, settings.seed);
      const belief = new Belief(environment, config, seat, { rng, most: settings.states });
      const search = new Ismcts(environment, config, { c: settings.c, rng });
      return {
        manifest,
        act(request) {
          const budget = budgetOf(settings.sims, settings.ms, request);
          belief.learn(request);
          const candidates = search.search(seat, () => belief.draw(rng), budget);
          return { move: mostTried(candidates), candidates: candidates.map((candidate) => ({ ...candidate })) };
        },
      };
    };
  },
};

export default ismcts;
