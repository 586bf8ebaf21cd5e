import type { AgentFactory } from '../../src/core/agent.js';
import { type Proposal, several } from './several.js';

/**
 * The move that most of several agents choose; of moves with as many votes, the one that was proposed first.
 * SEE: X. Wang et al., "Self-Consistency Improves Chain of Thought Reasoning in Language Models", 2022.
 * @param count how many vote, from 1
 */
export function majority(factory: AgentFactory, count: number): AgentFactory {
  return several(factory, count, { votes: count }, async (proposals) => {
    const tally = new Map<string, { chosen: Proposal; votes: number }>();
    for (const proposal of proposals) {
      const key = JSON.stringify(proposal.move);
      const { chosen, votes } = tally.get(key) ?? { chosen: proposal, votes: 0 };
      tally.set(key, { chosen, votes: votes + 1 });
    }
    const counted = [...tally.values()].sort((a, b) => b.votes - a.votes);
    const candidates = counted.map(({ chosen, votes }) => ({ move: chosen.move, votes }));
    return { chosen: (counted[0] as { chosen: Proposal }).chosen, candidates, calls: [] };
  });
}
