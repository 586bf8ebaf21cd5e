import { Belief } from '../policies/search/determinise.js';
import { unfitForMinimax } from '../policies/search/fit.js';
import { type Limits, Minimax } from '../policies/search/minimax.js';
import type { ActRequest, AgentFamily, Place } from '../src/core/agent.js';
import { weightsOf } from '../src/core/environment.js';
import { budgetOf, MS, manifestOf, refuseUnfit, rngOf, SEED } from './search/seat.js';
import { readSettings } from './search/settings.js';

const SETTINGS = {
  nodes: { says: 'positions a move', usual: 50_000, least: 1, whole: true },
  depth: { says: 'deepest search in steps', usual: null as number | null, least: 1, whole: true },
  rollouts: { says: 'random games that rate a position beyond the depth', usual: 4, least: 0, whole: true },
  ms: MS,
  seed: SEED,
};

/** Alpha-beta with memory, deeper and deeper until the game is solved or the budget spent. */
const minimax: AgentFamily = {
  id: 'minimax',
  title: 'alpha-beta with memory, for two seats and no secrets; exact where it gets to the end',
  usage: 'minimax, minimax:<nodes>, minimax:nodes=100000,depth=8,rollouts=0 or minimax:ms=50',
  computes: true,
  open(argument) {
    const settings = readSettings('minimax', argument, SETTINGS);
    const manifest = manifestOf('minimax', argument, settings);
    return (place) => {
      const { environment, config, seat } = place;
      refuseUnfit('minimax', unfitForMinimax(environment, config));
      const rng = rngOf(place, settings.seed);
      const belief = new Belief(environment, config, seat, { rng });
      const { rollouts, depth } = settings;
      const search = new Minimax(environment, config, { rollouts, ...(depth === null ? {} : { depth }), rng });
      return {
        manifest,
        act(request) {
          const budget = budgetOf(settings.nodes, settings.ms, request);
          belief.learn(request);
          const { move, candidates } = search.search(belief.draw(rng), seat, budget, limitsOf(place, request));
          return { move, candidates: candidates.map((candidate) => ({ ...candidate })) };
        },
      };
    };
  },
};

export default minimax;

/** The least and the most the seat may still be paid; no limits where it may have been paid what it was not told. */
function limitsOf({ environment: { spec }, config }: Place, { rewards }: ActRequest): Limits {
  if (Object.values(spec.rewards).some(({ told }) => told === 'end')) return [-Infinity, Infinity];
  const { utility } = spec.facts(config);
  const weights = weightsOf(spec, config);
  const paid = Object.entries(rewards).reduce((sum, [part, amount]) => sum + amount * (weights[part] ?? 0), 0);
  return [utility.min - paid, utility.max - paid];
}
