import { readAssignment } from '../../core/config.js';
import type { Environment } from '../../core/environment.js';
import { suggestion, UserError } from '../../core/errors.js';
import { Fault } from './http.js';
import { type StartArgs, startArgs } from './start.js';

/** What an address below the door stands for: one environment, with what holds for all that is started there. */
export interface Site {
  readonly environment: Environment;
  readonly args: StartArgs;
  /** What follows: `start`, `envs/<id>/frame`. */
  readonly route: string;
}

/**
 * The site of a path such as `/kuhn-poker;seat=1;opponents=scripted/start`: clients have no other way to say more than
 * the number of a task. Doubled slashes are taken as one.
 * @throws Fault 404 when there is no such environment, UserError on a setting there is not
 */
export function siteOf(path: string, environments: ReadonlyMap<string, Environment>): Site {
  const [head = '', ...rest] = path.split('/').filter((part) => part !== '');
  const [name = '', ...settings] = decoded(head).split(';');
  const environment = environments.get(name);
  if (environment === undefined)
    throw new Fault(404, `there is no environment "${name}" here; ${suggestion(name, [...environments.keys()])}`);
  return { environment, args: argsOf(settings), route: rest.map(decoded).join('/') };
}

function argsOf(settings: readonly string[]): StartArgs {
  const given: { [name: string]: unknown } = {};
  const config: { [path: string]: unknown } = {};
  for (const [name, value] of settings.map(readAssignment)) {
    if (name.startsWith('config.')) config[name.slice('config.'.length)] = value;
    else given[name] = value;
  }
  return readArgs(Object.keys(config).length === 0 ? given : { ...given, config });
}

const strictArgs = startArgs.strict();

/** @throws UserError naming the argument */
export function readArgs(given: { readonly [name: string]: unknown }): StartArgs {
  const read = strictArgs.safeParse(given);
  if (read.success) return read.data;
  throw new UserError(
    read.error.issues.map(({ path, message }) => `${path.join('.') || 'arguments'}: ${message}`).join('; '),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
