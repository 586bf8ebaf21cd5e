import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ActRequest, AgentFamily, Decision, Policy } from '../src/core/agent.js';
import { messageOf, UserError } from '../src/core/errors.js';

/** Seats a policy: one distribution over the options, one draw from the seat's own stream. */
const policy: AgentFamily = {
  id: 'policy',
  title: 'a decision rule over options, from a module whose default export is a Policy',
  usage: 'policy:<file>, for example policy:./examples/policies/greedy.ts',
  async open(argument) {
    const rule = await load(argument);
    const manifest = { ...rule.manifest, agent: `policy:${argument}` };
    return () => ({
      manifest,
      act(request) {
        const found = rule.probabilities([request]);
        return found instanceof Promise ? found.then(([row]) => draw(request, row)) : draw(request, found[0]);
      },
    });
  },
};

export default policy;

async function load(file: string): Promise<Policy> {
  const path = resolve(file);
  if (file === '' || !existsSync(path)) throw new UserError(`policy: there is no file "${file}"; write policy:<file>`);
  let module: { default?: Policy };
  try {
    module = (await import(pathToFileURL(path).href)) as typeof module;
  } catch (error) {
    throw new UserError(`cannot load ${file}: ${messageOf(error)}`, { cause: error });
  }
  if (typeof module.default?.probabilities !== 'function') {
    throw new UserError(`${file} has no policy as its default export`);
  }
  return module.default;
}

/** Draws one option. @throws when the rule does not fit the options, which counts as a crash of the agent */
function draw({ space, rng }: ActRequest, row: Float32Array | undefined): Decision {
  if (space.kind !== 'choice') throw new Error(`a policy chooses among options; here a ${space.kind} is wanted`);
  if (row?.length !== space.options.length) {
    throw new Error(`the policy gave ${row?.length ?? 0} probabilities for ${space.options.length} options`);
  }
  const outcomes = space.options.map(({ id }, at) => [id, row[at] as number] as const);
  return { move: rng.weighted(outcomes), candidates: outcomes.map(([id, probability]) => ({ id, probability })) };
}
