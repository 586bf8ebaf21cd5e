import { type Environment, environment } from '../../src/core/environment.js';
import { suggestion, UserError } from '../../src/core/errors.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { config } from './config.js';
import { dialects } from './outside/dialects.js';
import { rules } from './rules.js';
import type { Config, Request, State } from './types.js';
import { rulesOf, say, show } from './words.js';

/**
 * `remote:aviary:<url>` or `remote:openenv:<url>`: an environment that a server elsewhere runs. Opening it asks nobody,
 * so records of it replay when the server is gone.
 * @throws UserError on a protocol there is not, and on an address that is none
 */
export function family(argument: string): Environment {
  const at = argument.indexOf(':');
  const [protocol, address] = [argument.slice(0, Math.max(0, at)), argument.slice(at + 1)];
  const dialect = Object.hasOwn(dialects, protocol) ? dialects[protocol] : undefined;
  if (dialect === undefined)
    throw new UserError(
      `remote: takes a protocol and an address, as in remote:aviary:http://localhost:8041; ${suggestion(protocol, Object.keys(dialects))}`,
    );
  const there = dialect(checked(address, dialect.schemes));
  return environment<State & JsonObject, Config>({
    spec: specOf(`remote:${argument}`, address),
    ...rules,
    say,
    show,
    answer: (request: Json, signal) => there.answer(request as Request, signal) as Promise<Json>,
    leave: async ({ told }) => {
      if (told !== null) await there.close(told.session);
    },
  });
}

function specOf(id: string, address: string): Environment<State & JsonObject, Config>['spec'] {
  return {
    ...{ id, version: '1.0.0', title: `Elsewhere: ${address}`, config },
    summary: `One seat plays what the server at ${address} runs.`,
    rewards: { reward: { says: 'what the environment elsewhere pays', weight: 1, told: 'at once' } },
    events: {
      asked: { told: 'everyone', says: 'what was played, while the answer is waited for; silent' },
      result: { told: 'everyone', says: 'a call and the text that answers it', look: 'result' },
      told: { told: 'everyone', says: 'what the environment says' },
      failed: { told: 'everyone', says: 'why the environment elsewhere could not go on' },
      over: { told: 'everyone', says: 'how it ended' },
    },
    /** NOTE: what is hidden elsewhere is no part of the state, and all else is told. */
    facts: ({ maxSteps, worst, best }) => ({
      ...{ seats: 1, information: 'perfect', chance: 'none', calls: true, dynamics: 'sequential' },
      utility: { kind: 'general', min: worst, max: best },
      horizon: 1 + 2 * maxSteps,
    }),
    rules: (config) => rulesOf(address, config),
  };
}

/** NOTE: the address stands in every record, so what would let others in may not be part of it. */
function checked(address: string, schemes: readonly string[]): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !schemes.includes(url.protocol))
    throw new UserError(
      `"${address}" is no address of a server; it begins with ${schemes.map((s) => `${s}//`).join(' or ')}`,
    );
  if (url.username !== '' || url.password !== '')
    throw new UserError('an address with a password in it would be in every record; give the key in LUDUS_REMOTE_KEY');
  return address.replace(/\/+$/, '');
}
