import { type OpenPolicy, openPolicy } from '../policies/open.js';
import { type OpenPart, openPart, seatPart } from '../policies/part.js';
import type { ActRequest, AgentFamily, Decision } from '../src/core/agent.js';
import { Catalogue } from '../src/core/catalogue.js';
import type { Move } from '../src/core/space.js';

/**
 * Seats a policy: one distribution over the options, one draw from the seat's own stream. Turns that the policy was not
 * made for are played by the agents that its manifest names for them.
 */
const policy: AgentFamily = {
  id: 'policy',
  title: 'a decision rule over options: a folder that ludus solve or ludus train wrote, or a module',
  usage: 'policy:<folder> or policy:<file>, for example policy:./examples/policies/greedy.ts',
  computes: true,
  async open(argument) {
    const opened = await openPolicy(argument);
    const part = await partOf(opened);
    const manifest = { ...opened.about, agent: `policy:${argument}` };
    return (place) => {
      const rule = opened.seat(place);
      const act = (request: ActRequest, advice?: Move): Decision | Promise<Decision> => {
        const row = rule(request, advice);
        return row instanceof Promise ? row.then((found) => draw(request, found)) : draw(request, row);
      };
      return part === null ? { manifest, act } : seatPart(part, place, manifest, act);
    };
  },
};

export default policy;

async function partOf({ playsPart }: OpenPolicy): Promise<OpenPart | null> {
  if (playsPart === undefined) return null;
  const catalogue = new Catalogue();
  return openPart(playsPart.part, playsPart, (spec) => catalogue.agent(spec));
}

/** Draws one option. @throws when the rule does not fit the options, which counts as a crash of the agent */
function draw({ space, rng }: ActRequest, row: ArrayLike<number>): Decision {
  if (space.kind !== 'choice') throw new Error(`a policy chooses among options; here a ${space.kind} is wanted`);
  if (row.length !== space.options.length) {
    throw new Error(`the policy gave ${row.length} probabilities for ${space.options.length} options`);
  }
  const outcomes = space.options.map(({ id }, at) => [id, row[at] as number] as const);
  return { move: rng.weighted(outcomes), candidates: outcomes.map(([id, probability]) => ({ id, probability })) };
}
