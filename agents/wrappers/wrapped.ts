import type { ActRequest, Agent, AgentFactory, Decision, Place } from '../../src/core/agent.js';
import type { JsonObject } from '../../src/core/json.js';

/** How a wrapped agent acts. */
export type Acting = (request: ActRequest) => Decision | Promise<Decision>;

/** An agent with another way to act: news and endings reach the one inside, and its manifest says what is around it. */
export function wrapped(
  factory: AgentFactory,
  about: JsonObject,
  around: (agent: Agent, place: Place) => Acting,
): AgentFactory {
  return (place) => {
    const agent = factory(place);
    return {
      manifest: { ...agent.manifest, ...about },
      act: around(agent, place),
      ...(agent.remembers === undefined ? {} : { remembers: agent.remembers }),
      ...(agent.news === undefined ? {} : { news: agent.news.bind(agent) }),
      ...(agent.close === undefined ? {} : { close: agent.close.bind(agent) }),
    };
  };
}
