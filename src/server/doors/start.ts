import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AgentFactory } from '../../core/agent.js';
import { readConfig } from '../../core/config.js';
import type { Environment, Seat } from '../../core/environment.js';
import { suggestion, UserError } from '../../core/errors.js';
import type { Json, JsonObject } from '../../core/json.js';
import { unfit } from '../lobby/agents.js';
import type { TableAgent } from '../matches/hall.js';
import type { SessionPlan } from './session.js';

/** How a client may ask for an episode; the same words at every door. */
export const startFields = {
  preset: z.string().optional().describe('a preset of the environment'),
  config: z
    .record(z.string(), z.json())
    .optional()
    .describe('fields of the configuration over the preset, by path, as in {"roles.hunter": 1}'),
  split: z.string().optional().describe('the split a task is taken from'),
  task: z.int().min(0).optional().describe('the number of the task in its split, from 0'),
  seed: z
    .union([z.int(), z.string().max(200)])
    .optional()
    .describe('the same seed gives the same episode'),
  seat: z.int().min(0).max(99).optional().describe('the seat to play, from 0; 0 when absent'),
  opponents: z
    .union([z.string(), z.array(z.string()).max(99)])
    .optional()
    .describe('agents of this server for the other seats: one name for all, or one for each seat in order'),
};
export const startArgs = z.object(startFields);
export type StartArgs = z.infer<typeof startArgs>;

/** What is needed to open an episode as somebody asks. */
export interface Opening {
  readonly environment: Environment;
  /** Agents that may sit opposite, in the order they are offered. */
  readonly agents: ReadonlyMap<string, TableAgent>;
}

/** The configuration a client asks for. @throws UserError naming the field */
export function configOf(
  { spec, tasks }: Environment,
  { preset, config = {}, split, task }: Pick<StartArgs, 'preset' | 'config' | 'split' | 'task'>,
): JsonObject {
  const named: { [field: string]: Json } = { ...(config as JsonObject) };
  if (split !== undefined || task !== undefined) {
    if (tasks === undefined) throw new UserError(`${spec.id} has no numbered tasks, so takes no "split" and no "task"`);
    const splits = Object.keys(tasks.sizes);
    const from = split ?? (splits[0] as string);
    if (!splits.includes(from)) throw new UserError(`there is no split "${from}"; ${suggestion(from, splits)}`);
    Object.assign(named, task === undefined ? { split: from } : taskConfig(tasks, from, task));
  }
  return readConfig(spec, { ...(preset === undefined ? {} : { preset }), set: named });
}

function taskConfig(tasks: NonNullable<Environment['tasks']>, split: string, task: number): JsonObject {
  try {
    return tasks.at(split, task).config;
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(error.message);
    throw error;
  }
}

/**
 * The plan of an episode in which the client plays one seat and agents of this server the others.
 * @throws UserError naming what cannot be had
 */
export function planOf(opening: Opening, args: StartArgs): SessionPlan & { readonly seat: Seat } {
  const { environment } = opening;
  const config = configOf(environment, args);
  const { seats } = environment.spec.facts(config);
  const { seat = 0, seed = randomSeed() } = args;
  if (seat >= seats) throw new UserError(`there is no seat ${seat}; the seats are 0 to ${seats - 1}`);
  const others = Array.from({ length: seats }, (_, at) => at).filter((at) => at !== seat);
  const names = namesOf(args.opponents, others);
  const agents = new Map(others.map((at, index) => [at, opponent(opening, names[index], config, at)]));
  return { environment, config, seed, seat, seats: Array.from({ length: seats }, (_, at) => agents.get(at) ?? null) };
}

/** A seed nobody can guess, for whoever names none. */
export function randomSeed(): string {
  return randomBytes(16).toString('hex');
}

function namesOf(opponents: StartArgs['opponents'], others: readonly Seat[]): readonly (string | undefined)[] {
  if (opponents === undefined || typeof opponents === 'string') return others.map(() => opponents);
  if (opponents.length === others.length) return opponents;
  throw new UserError(`"opponents" names ${opponents.length} agents; ${others.length} other seats are to be filled`);
}

/** The agent of a name, or the first that can take the seat. */
function opponent(
  { environment, agents }: Opening,
  name: string | undefined,
  config: JsonObject,
  seat: Seat,
): AgentFactory {
  const known = [...agents.keys()];
  if (name === undefined) {
    const first = [...agents.values()].find((agent) => unfit(agent, environment, config, seat) === null);
    if (first !== undefined) return first.factory;
    throw new UserError(`no agent of this server can take seat ${seat}; it offers: ${known.join(', ') || 'none'}`);
  }
  const agent = agents.get(name);
  if (agent === undefined) throw new UserError(`there is no agent "${name}" here; ${suggestion(name, known)}`);
  const reason = unfit(agent, environment, config, seat);
  if (reason !== null) throw new UserError(`${name} cannot take seat ${seat}: ${reason}`);
  return agent.factory;
}
