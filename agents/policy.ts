import { openPolicy } from '../policies/open.js';
import type { ActRequest, AgentFamily, Decision } from '../src/core/agent.js';

/** Seats a policy: one distribution over the options, one draw from the seat's own stream. */
const policy: AgentFamily = {
  id: 'policy',
  title: 'a decision rule over options: a folder that ludus solve or ludus train wrote, or a module',
  usage: 'policy:<folder> or policy:<file>, for example policy:./examples/policies/greedy.ts',
  async open(argument) {
    const opened = await openPolicy(argument);
    const manifest = { ...opened.about, agent: `policy:${argument}` };
    return (place) => {
      const rule = opened.seat(place);
      return {
        manifest,
        act(request) {
          const row = rule(request);
          return row instanceof Promise ? row.then((found) => draw(request, found)) : draw(request, row);
        },
      };
    };
  },
};

export default policy;

/** Draws one option. @throws when the rule does not fit the options, which counts as a crash of the agent */
function draw({ space, rng }: ActRequest, row: ArrayLike<number>): Decision {
  if (space.kind !== 'choice') throw new Error(`a policy chooses among options; here a ${space.kind} is wanted`);
  if (row.length !== space.options.length) {
    throw new Error(`the policy gave ${row.length} probabilities for ${space.options.length} options`);
  }
  const outcomes = space.options.map(({ id }, at) => [id, row[at] as number] as const);
  return { move: rng.weighted(outcomes), candidates: outcomes.map(([id, probability]) => ({ id, probability })) };
}
