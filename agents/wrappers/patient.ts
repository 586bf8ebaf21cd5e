import type { ActRequest, Agent, AgentFactory, Decision, ModelCall } from '../../src/core/agent.js';
import { refusal } from '../../src/core/answers.js';
import type { Environment } from '../../src/core/environment.js';
import { type Moved, movedBy } from './moved.js';
import { Retold } from './retold.js';
import { wrapped } from './wrapped.js';

/**
 * An agent that is asked again by itself when its answer fails, before the table counts a failed try. It is told why in
 * the words of the table. Calls of all its tries stand in the decision.
 * @param tries how often it is asked at most, from 1
 */
export function patient(factory: AgentFactory, tries: number): AgentFactory {
  return wrapped(factory, { patience: tries }, (agent, { environment }) => (request) => {
    return persist(agent, environment, request, tries, []);
  });
}

async function persist(
  agent: Agent,
  environment: Environment,
  request: ActRequest,
  left: number,
  before: readonly ModelCall[],
): Promise<Decision> {
  const decision = await agent.act(request);
  const calls = [...before, ...(decision.calls ?? [])];
  const moved = movedBy(environment, request, decision);
  if (moved.ok || left <= 1) return calls.length === 0 ? decision : { ...decision, calls };
  return persist(agent, environment, again(request, moved, left - 1), left - 1, calls);
}

function again(request: ActRequest, { failure, reason }: Extract<Moved, { ok: false }>, left: number): Retold {
  return new Retold(request, {
    attempt: request.attempt + 1,
    refused: { failure, text: refusal(failure, reason, left) },
  });
}
