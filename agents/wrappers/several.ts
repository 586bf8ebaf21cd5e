import type { ActRequest, Agent, AgentFactory, Decision, ModelCall, Place } from '../../src/core/agent.js';
import { Hopeless, messageOf } from '../../src/core/errors.js';
import type { JsonObject } from '../../src/core/json.js';
import type { Move } from '../../src/core/space.js';
import { unused } from '../../src/core/unused.js';
import { movedBy } from './moved.js';

/** An answer of one of several agents that could be played. */
export interface Proposal {
  readonly move: Move;
  readonly decision: Decision;
}

/** Chooses among proposals, at least one. May make calls of its own, which are recorded with the decision. */
export type Chooser = (
  proposals: readonly Proposal[],
  request: ActRequest,
  place: Place,
) => Promise<{
  readonly chosen: Proposal;
  readonly candidates: readonly JsonObject[];
  readonly calls: readonly ModelCall[];
}>;

/**
 * Several agents of one kind in one seat, all asked at once; one of their answers is played. Answers that fail are left
 * out; where all fail, the first failure is the seat's.
 */
export function several(factory: AgentFactory, count: number, about: JsonObject, choose: Chooser): AgentFactory {
  return (place) => {
    const agents = Array.from({ length: count }, () => factory(place));
    const [first] = agents as [Agent, ...Agent[]];
    return {
      manifest: { ...first.manifest, ...about },
      ...(first.remembers === undefined ? {} : { remembers: first.remembers }),
      act: (request) =>
        request.recall === undefined ? decide(agents, request, place, choose) : recall(agents, request),
      news: (event) => {
        for (const agent of agents) agent.news?.(event);
      },
      close: async (result) => {
        for (const agent of agents) await agent.close?.(result);
      },
    };
  };
}

async function decide(agents: readonly Agent[], request: ActRequest, place: Place, choose: Chooser): Promise<Decision> {
  const decisions = await Promise.all(agents.map((agent) => acted(agent, request)));
  const proposals = decisions.flatMap((decision) => {
    const moved = movedBy(place.environment, request, decision);
    return moved.ok ? [{ move: moved.value, decision }] : [];
  });
  if (proposals.length === 0) return { ...(decisions[0] as Decision), calls: decisions.flatMap(callsOf) };
  const { chosen, candidates, calls: own } = await choose(proposals, request, place);
  const calls = decisions.flatMap((one) =>
    one === chosen.decision ? callsOf(one) : callsOf(one).map((call) => unused(call, 'not chosen')),
  );
  const { thought } = chosen.decision;
  return { move: chosen.move, ...(thought === undefined ? {} : { thought }), candidates, calls: [...calls, ...own] };
}

function callsOf({ calls = [] }: Decision): readonly ModelCall[] {
  return calls;
}

/** Each remembers its own part. What was chosen is in the past, so nobody chooses again. */
async function recall(agents: readonly Agent[], request: ActRequest): Promise<Decision> {
  for (const agent of agents) await Promise.resolve(agent.act(request)).catch(() => undefined);
  return { failed: { failure: 'crashed', reason: 'a turn of the past is over' } };
}

/** NOTE: one that fails must not take the others' answers with it. */
async function acted(agent: Agent, request: ActRequest): Promise<Decision> {
  try {
    return await agent.act(request);
  } catch (thrown) {
    if (request.signal?.aborted === true || thrown instanceof Hopeless) throw thrown;
    return { failed: { failure: 'crashed', reason: messageOf(thrown) } };
  }
}
