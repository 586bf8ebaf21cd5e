import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPolicy, refuseOther } from '../policies/folder.js';
import { policyKind } from '../policies/found.js';
import type { Rule } from '../policies/kind.js';
import type {
  ActRequest,
  Agent,
  AgentFactory,
  AgentFamily,
  AgentManifest,
  Decision,
  Policy,
} from '../src/core/agent.js';
import { messageOf, UserError } from '../src/core/errors.js';
import type { JsonObject } from '../src/core/json.js';

/** Seats a policy: one distribution over the options, one draw from the seat's own stream. */
const policy: AgentFamily = {
  id: 'policy',
  title: 'a decision rule over options: a folder that ludus solve or ludus train wrote, or a module',
  usage: 'policy:<folder> or policy:<file>, for example policy:./examples/policies/greedy.ts',
  async open(argument) {
    const path = resolve(argument);
    if (argument === '' || !existsSync(path)) {
      throw new UserError(`policy: there is no file or folder "${argument}"; write policy:<folder> or policy:<file>`);
    }
    return statSync(path).isDirectory() ? fromFolder(argument) : fromModule(argument, path);
  },
};

export default policy;

/** A saved policy. At seating it is refused where the table plays another game than it was made for. */
async function fromFolder(argument: string): Promise<AgentFactory> {
  const found = readPolicy(argument);
  const opened = await (await policyKind(found.manifest.kind)).open(found);
  const { algorithm, kind, metrics } = found.manifest;
  const made: JsonObject = {
    policy: kind,
    algorithm: algorithm.id,
    iterations: algorithm.iterations,
    exploitability: metrics.exploitability ?? null,
    hash: found.hash,
  };
  const manifest = { ...made, agent: `policy:${argument}` };
  return (place) => {
    refuseOther(found.manifest, place.environment, place.config);
    return seated(manifest, opened.seat(place));
  };
}

async function fromModule(argument: string, path: string): Promise<AgentFactory> {
  const rule = await load(argument, path);
  const manifest = { ...rule.manifest, agent: `policy:${argument}` };
  const ask: Rule = (request) => {
    const found = rule.probabilities([request]);
    return found instanceof Promise ? found.then(([row]) => row ?? []) : (found[0] ?? []);
  };
  return () => seated(manifest, ask);
}

function seated(manifest: AgentManifest, rule: Rule): Agent {
  return {
    manifest,
    act(request) {
      const row = rule(request);
      return row instanceof Promise ? row.then((found) => draw(request, found)) : draw(request, row);
    },
  };
}

async function load(file: string, path: string): Promise<Policy> {
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
function draw({ space, rng }: ActRequest, row: ArrayLike<number>): Decision {
  if (space.kind !== 'choice') throw new Error(`a policy chooses among options; here a ${space.kind} is wanted`);
  if (row.length !== space.options.length) {
    throw new Error(`the policy gave ${row.length} probabilities for ${space.options.length} options`);
  }
  const outcomes = space.options.map(({ id }, at) => [id, row[at] as number] as const);
  return { move: rng.weighted(outcomes), candidates: outcomes.map(([id, probability]) => ({ id, probability })) };
}
