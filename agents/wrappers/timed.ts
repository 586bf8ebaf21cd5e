import type { AgentFactory, Decision } from '../../src/core/agent.js';
import { Deadline, isLate } from '../../src/core/deadline.js';
import { BrokenOff } from '../../src/core/errors.js';
import { Retold } from './retold.js';
import { wrapped } from './wrapped.js';

/**
 * An agent that has so long for each try, whatever limit the table sets.
 * @param ms milliseconds
 */
export function timed(factory: AgentFactory, ms: number): AgentFactory {
  return wrapped(factory, { timeoutMs: ms }, (agent) => async (request) => {
    const deadline = new Deadline(ms, request.signal);
    const budgetMs = Math.min(ms, request.budgetMs ?? ms);
    const late: Decision = { failed: { failure: 'late', reason: `no answer within ${ms} ms` } };
    const acting = Promise.resolve(agent.act(new Retold(request, { signal: deadline.signal, budgetMs })));
    try {
      const decision = await deadline.race(acting);
      return isLate(decision) ? late : decision;
    } catch (thrown) {
      if (thrown instanceof BrokenOff) return late;
      throw thrown;
    }
  });
}
