import type { ActRequest, AgentFactory, ModelCall, Place } from '../../src/core/agent.js';
import type { Move } from '../../src/core/space.js';
import { type Proposal, several } from './several.js';

/** Rates a move for the seat that is asked: more is better. Sees what the seat may see. */
export type Scorer = (
  move: Move,
  request: ActRequest,
  place: Place,
) => Promise<{ readonly score: number; readonly calls?: readonly ModelCall[] }>;

/**
 * The move of several agents that a scorer rates highest; of equals, the one that was proposed first. A move that
 * several propose is rated once.
 * @param count how many propose, from 1
 */
export function bestOf(factory: AgentFactory, count: number, scorer: Scorer): AgentFactory {
  return several(factory, count, { bestOf: count }, async (proposals, request, place) => {
    const list = proposals.filter((proposal, at) => proposals.findIndex(alike(proposal)) === at);
    const rated = await Promise.all(
      list.map(async (chosen) => ({ chosen, ...(await scorer(chosen.move, request, place)) })),
    );
    const best = rated.reduce((a, b) => (b.score > a.score ? b : a));
    const candidates = rated.map(({ chosen, score }) => ({ move: chosen.move, score }));
    return { chosen: best.chosen, candidates, calls: rated.flatMap(({ calls }) => calls ?? []) };
  });
}

function alike(one: Proposal): (other: Proposal) => boolean {
  const text = JSON.stringify(one.move);
  return ({ move }) => JSON.stringify(move) === text;
}
