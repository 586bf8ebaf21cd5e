import type { Agent, AgentFactory } from '../../core/agent.js';
import type { Event } from '../../core/environment.js';

/** The agents of a factory under the name they play by, which their manifests then tell. */
export function underName(make: AgentFactory, name: string): AgentFactory {
  return (place) => {
    const agent = make(place);
    return {
      manifest: { ...agent.manifest, name },
      act: (request) => agent.act(request),
      ...(agent.remembers === undefined ? {} : { remembers: agent.remembers }),
      ...listening(agent),
      ...(agent.close === undefined ? {} : { close: (result) => agent.close?.(result) }),
    };
  };
}

/** NOTE: an agent without news must stay one, because the loop keeps a list of those that listen. */
function listening(agent: Agent): Pick<Agent, 'news'> {
  return agent.news === undefined ? {} : { news: (event: Event) => agent.news?.(event) };
}
