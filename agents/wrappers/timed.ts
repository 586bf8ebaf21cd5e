import type { AgentFactory } from '../../src/core/agent.js';
import { Deadline, isLate } from '../../src/core/deadline.js';
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
    const acting = Promise.resolve(agent.act(new Retold(request, { signal: deadline.signal, budgetMs })));
    const decision = await deadline.race(acting);
    return isLate(decision) ? { failed: { failure: 'late', reason: `no answer within ${ms} ms` } } : decision;
  });
}
