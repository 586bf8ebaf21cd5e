import { readFileSync } from 'node:fs';
import { planTournament } from '../arena/tournament/draft.js';
import type { TournamentPlan } from '../arena/tournament/plan.js';
import type { TournamentWish } from '../arena/tournament/request.js';
import type { Catalogue } from '../core/catalogue.js';
import { readAssignment } from '../core/config.js';
import { messageOf, UserError } from '../core/errors.js';
import { isObject, type Json, type JsonObject, preview } from '../core/json.js';
import { agentList } from './agent-list.js';
import { type ConfigOptions, limitsOf, type RuleOptions } from './options.js';

export interface PlanOptions extends ConfigOptions, RuleOptions {
  readonly agents?: string;
  readonly agent: readonly string[];
  readonly design?: string;
  readonly blocks?: number;
  readonly side: readonly string[];
  readonly seating?: 'sides' | 'seats';
  readonly anchors: boolean;
}

/** The plan of a plan file, or of an environment and options. @throws UserError */
export async function planOf(what: string, options: PlanOptions, catalogue: Catalogue): Promise<TournamentPlan> {
  const request = what.endsWith('.json') ? readRequest(what, options) : requestOf(what, options);
  return planTournament(request as unknown as TournamentWish, catalogue);
}

/** NOTE: a file is the whole plan. Only what is drawn anew from run to run may be said beside it. */
function readRequest(file: string, options: PlanOptions): JsonObject {
  const beside = Object.entries(options).find(([key, value]) => IN_FILE.includes(key) && said(value));
  if (beside !== undefined) throw new UserError(`--${beside[0]} goes into ${file}, which is the whole plan`);
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(`${file} cannot be read as a plan: ${messageOf(error)}`);
  }
  if (!isObject(read))
    throw new UserError(`${file} takes an object with "agents" and "environments", got ${preview(read)}`);
  return {
    ...read,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.blocks === undefined ? {} : { blocks: options.blocks }),
    ...(options.clock === 'fixed' ? { clock: 'fixed' } : {}),
    ...(options.anchors ? {} : { anchors: false }),
  };
}

const IN_FILE = ['agents', 'agent', 'design', 'side', 'seating', 'preset', 'config'];

function said(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

function requestOf(environment: string, options: PlanOptions): JsonObject {
  const { preset, config, seating, design, blocks, seed, clock, anchors, side } = options;
  const contest = {
    environment,
    config: Object.fromEntries(config.map(readAssignment)),
    ...(preset === undefined ? {} : { preset }),
    ...(side.length === 0 ? {} : { sides: Object.fromEntries(side.map(readSide)) }),
    ...(seating === undefined ? {} : { seating }),
  };
  return {
    agents: agentsOf(options),
    environments: [contest],
    clock,
    anchors,
    rules: limitsOf(options) as unknown as Json,
    ...(design === undefined ? {} : { design }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/** Agents as typed: `--agents a,b` under their own names, `--agent name=spec` under a given one. */
function agentsOf({ agents, agent }: PlanOptions): Json[] {
  const plain = agents === undefined ? [] : agentList(agents);
  const named = agent.map((text): Json => {
    const [, name, spec] = /^([\w.-]+)=(\S.*)$/.exec(text) ?? [];
    return name === undefined || spec === undefined ? text : { name, agent: spec };
  });
  if (plain.length + named.length === 0) {
    throw new UserError('name the agents that play: --agents a,b or --agent name=spec (ludus list shows them)');
  }
  return [...plain, ...named];
}

function readSide(text: string): [string, string[]] {
  const [, name, roles] = /^\s*([^=\s]+)\s*=\s*(\S.*)$/.exec(text) ?? [];
  if (name === undefined || roles === undefined) {
    throw new UserError(`--side takes a name and its roles, as in --side wolves=werewolf, got "${text}"`);
  }
  return [name, roles.split(',').map((role) => role.trim())];
}
