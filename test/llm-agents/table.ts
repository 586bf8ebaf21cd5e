import { openLanguageAgent } from '../../agents/llm/open.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import type { AgentFactory, ModelCall } from '../../src/core/agent.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment } from '../../src/core/environment.js';
import type { Json } from '../../src/core/json.js';
import { type Ending, type PlayedStep, runEpisode, type Table } from '../../src/core/play.js';
import { Models } from '../../src/llm/open.js';
import type { ModelServer } from '../model-server/server.js';

/** Models of a server that forgives nothing: no retries with long waits, no keys of whoever runs the tests. */
export const models = new Models({
  env: { COMPATIBLE_API_KEY: 'sk-secret-of-tests' },
  post: { patience: { attempts: 1 } },
});

/** An agent on the server. @param rest settings after the model, each with its comma */
export function agentOn(server: ModelServer, rest = ''): Promise<AgentFactory> {
  return openLanguageAgent(`compatible/toy@${server.origin}/v1${rest}`, models);
}

export interface Played {
  readonly ending: Ending;
  readonly steps: readonly PlayedStep[];
}

/** Plays one episode and keeps its steps. */
export async function play(
  agents: readonly AgentFactory[],
  more: Partial<Table> & { readonly environment?: Environment; readonly set?: { [path: string]: Json } } = {},
): Promise<Played> {
  const { set, ...table } = more;
  const environment = more.environment ?? kuhn;
  const steps: PlayedStep[] = [];
  const config = readConfig(environment.spec, set === undefined ? {} : { set });
  const ending = await runEpisode({ environment, config, seed: 1, ...table, agents }, (progress) => {
    if (progress.kind === 'step') steps.push(progress.step);
  });
  return { ending, steps };
}

/** Every call of a seat in the order they were made, those of failed tries too. */
export function callsOf({ steps, ending }: Played, seat: number): ModelCall[] {
  const decided = steps.flatMap(({ seats }) => (seats?.[seat] === undefined ? [] : [seats[seat]]));
  const forfeited = ending.forfeits?.[seat] ?? [];
  return [
    ...decided.flatMap(({ tries = [], calls = [] }) => [...tries.flatMap((one) => one.calls ?? []), ...calls]),
    ...forfeited.flatMap((one) => one.calls ?? []),
  ];
}
