import { join } from 'node:path';
import { Catalogue } from '../core/catalogue.js';
import type { Environment } from '../core/environment.js';
import { messageOf, suggestion, UserError } from '../core/errors.js';
import { doorOf } from '../server/doors/door.js';
import { LOOPBACK } from '../server/inside.js';
import { LIMITS, type Limits } from '../server/limits.js';
import { agentsAtHand, type NamedAgent, openAgents } from '../server/lobby/agents.js';
import { type MatchStore, MemoryStore } from '../server/matches/store.js';
import type { DoorOptions } from '../server/plan.js';
import type { Place } from '../server/replays/shelf.js';
import { type OpenServer, openServer } from '../server/serve.js';
import { isDatabase, openStore } from '../server/storage/open.js';
import { whole } from './options.js';

/** Which doors to open, and what holds for each. Times in minutes and seconds. */
export interface DoorChoice {
  readonly door: readonly string[];
  readonly doorKeyEnv?: string;
  readonly sessions: number;
  readonly sessionIdle: number;
  readonly callTime: number;
}

export interface ServeOptions extends Partial<DoorChoice> {
  readonly port: number;
  readonly host: string;
  readonly origin: readonly string[];
  readonly data: string;
  readonly database?: string;
  readonly memory?: boolean;
  readonly sync?: boolean;
  readonly agent: readonly string[];
  readonly environments?: string;
  readonly records: readonly string[];
  readonly pace: number;
  readonly agentTime?: number;
  readonly limit: readonly string[];
  readonly idle?: number;
  readonly trustProxy?: boolean;
  readonly metrics?: boolean;
  readonly operatorTokenEnv?: string;
  readonly json?: boolean;
}

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** The server that the options ask for, open. @throws UserError naming the option */
export async function serverOf(options: ServeOptions, log: (line: string) => void): Promise<OpenServer> {
  const catalogue = new Catalogue();
  const named = options.agent.length === 0 ? await agentsAtHand(catalogue) : options.agent.map(namedAgent);
  return openServer({
    catalogue,
    environments: await environmentsOf(catalogue, options.environments, log),
    agents: await openAgents(catalogue, named),
    port: options.port,
    host: options.host,
    origins: options.origin.map(originOf),
    store: await storeOf(options, log),
    records: recordsOf(options),
    paceMs: options.pace,
    ...(options.agentTime === undefined ? {} : { agentMs: options.agentTime * SECOND }),
    trustProxy: options.trustProxy === true,
    metrics: options.metrics === true,
    ...(options.operatorTokenEnv === undefined
      ? {}
      : { operator: secretIn('--operator-token-env', options.operatorTokenEnv) }),
    limits: Object.fromEntries(options.limit.map(limitOf)),
    ...(await doorsOf(options)),
    ...(options.idle === undefined ? {} : { patience: { idleMs: options.idle * HOUR } }),
    log,
  });
}

async function storeOf(options: ServeOptions, told: (notice: string) => void): Promise<MatchStore> {
  const { memory, data, database, sync } = options;
  if (memory === true) return new MemoryStore();
  if (database !== undefined && !isDatabase(database))
    throw new UserError('--database takes an address that begins with postgres:// or postgresql://');
  return openStore(database ?? data, { sync: sync === true, told });
}

/** NOTE: games of this server are found by whoever knows the record's id, which its table tells, and by nobody else. */
function recordsOf({ memory, data, database, records }: ServeOptions): Place[] {
  const own = memory === true || database !== undefined ? [] : [{ path: join(data, 'records'), listed: false }];
  return [...records.map((path) => ({ path, listed: true })), ...own];
}

/** NOTE: who can reach a door can have any amount worked out here, so a key keeps strangers out. */
async function doorsOf(options: ServeOptions): Promise<{ readonly doors?: DoorOptions }> {
  const { door = [], doorKeyEnv, host, memory, data } = options;
  if (door.length === 0) return {};
  const { sessions = 4096, sessionIdle = 60, callTime = 60 } = options;
  if (doorKeyEnv === undefined && !LOOPBACK.includes(host))
    throw new UserError('--door on an address that others can reach takes a key: --door-key-env <name of a variable>');
  const doors = await Promise.all([...new Set(door)].map(doorOf));
  const key = doorKeyEnv === undefined ? {} : { key: secretIn('--door-key-env', doorKeyEnv) };
  const records = memory === true ? {} : { records: join(data, 'doors', 'episodes.jsonl') };
  return { doors: { doors, sessions, idleMs: sessionIdle * MINUTE, callMs: callTime * SECOND, ...key, ...records } };
}

/** NOTE: a token that can be guessed would show every card of every game. */
function secretIn(option: string, name: string): string {
  const token = process.env[name];
  if (token === undefined || token === '')
    throw new UserError(`${option}: the variable ${name} is not set; put the token into it`);
  if (/^[\x21-\x7e]{24,128}$/.test(token)) return token;
  throw new UserError(`${option}: the token in ${name} is too easy; it takes 24 to 128 signs without spaces`);
}

/** An agent as an option names it: `name=spec`, or a spec that is its own name. @throws UserError */
export function namedAgent(text: string): NamedAgent {
  const at = text.search(/[=:]/);
  const [name, spec] = text[at] === '=' ? [text.slice(0, at), text.slice(at + 1)] : [text, text];
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._:-]{0,63}$/u.test(name) && spec !== '') return { name, spec };
  throw new UserError(`--agent takes a name and an agent, as in --agent careful=mcts:2000, got "${text}"`);
}

/**
 * The environments an option names, all where it is absent. NOTE: one folder that cannot be loaded must not keep the
 * others from being played.
 * @throws UserError
 */
export async function environmentsOf(
  catalogue: Catalogue,
  names: string | undefined,
  log: (line: string) => void,
): Promise<ReadonlyMap<string, Environment>> {
  if (names !== undefined) {
    const ids = names.split(',').map((name) => name.trim());
    return new Map(await Promise.all(ids.map(async (id) => [id, await catalogue.environment(id)] as const)));
  }
  const all = await catalogue.all((error) => log(`not offered: ${messageOf(error)}`));
  return new Map(all.map((environment) => [environment.spec.id, environment]));
}

function originOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  throw new UserError(`--origin takes an address of pages, as in https://games.example, got "${text}"`);
}

function limitOf(text: string): [keyof Limits, number] {
  const [name = '', value = ''] = text.split('=', 2);
  const known = Object.keys(LIMITS) as (keyof Limits)[];
  const limit = known.find((one) => one === name);
  if (limit === undefined) throw new UserError(`--limit: there is no limit "${name}"; ${suggestion(name, known)}`);
  return [limit, whole(`--limit ${name}=`, 1)(value)];
}
