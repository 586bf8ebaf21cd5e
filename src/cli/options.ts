import { randomInt } from 'node:crypto';
import type { Command } from 'commander';
import type { Catalogue } from '../core/catalogue.js';
import { readAssignment, readConfig } from '../core/config.js';
import { type Environment, type Facts, seatName } from '../core/environment.js';
import { UserError } from '../core/errors.js';
import type { JsonObject } from '../core/json.js';
import type { Table } from '../core/play.js';
import type { Seed } from '../core/rng.js';
import { agentList } from './agent-list.js';

export interface ConfigOptions {
  readonly preset?: string;
  readonly config: readonly string[];
}

export interface TableOptions extends ConfigOptions, RuleOptions {
  readonly seat: readonly string[];
  readonly agents?: string;
}

export interface RuleOptions {
  readonly seed?: Seed;
  readonly clock: 'real' | 'fixed';
  readonly limitSteps?: number;
  readonly turnMs?: number;
  readonly totalMs?: number;
  readonly tries?: number;
  readonly onFailure?: 'forfeit' | 'substitute';
}

/** Options that choose how an environment is configured. */
export function withConfigOptions(command: Command): Command {
  return command
    .option('--preset <name>', 'a named configuration (ludus describe <env> lists them)')
    .option('--config <key=value>', 'set one field over it, as in --config talk.rounds=2; may be repeated', gather, []);
}

/** Options that set a table: who sits where, the seed, the clock and the limits. */
export function withTableOptions(command: Command): Command {
  const seated = withConfigOptions(command)
    .option('--agents <a,b>', 'agents in turn over the seats, one alone in all; (a,key=value) keeps its commas')
    .option('--seat <n=agent>', 'the agent of one seat, over --agents; may be repeated', gather, []);
  return withRuleOptions(seated);
}

/** Options that say how a table plays: the seed, the clock and the limits. */
export function withRuleOptions(command: Command): Command {
  return command
    .option('--seed <seed>', 'a whole number or a word; drawn and printed when left out', readSeed)
    .option(
      '--clock <real|fixed>',
      'fixed leaves all times out of the record',
      oneOf('--clock', ['real', 'fixed']),
      'real',
    )
    .option('--limit-steps <n>', 'stop after this many steps, without a result', whole('--limit-steps', 1))
    .option('--turn-ms <n>', 'milliseconds for one answer', whole('--turn-ms', 1))
    .option('--total-ms <n>', 'milliseconds for the whole episode', whole('--total-ms', 1))
    .option('--tries <n>', 'tries an agent has for one answer (3)', whole('--tries', 1, 100))
    .option(
      '--on-failure <rule>',
      'after the last failed try: forfeit (with two seats) or substitute',
      oneOf('--on-failure', ['forfeit', 'substitute']),
    );
}

/** A table as the options ask for it, and the agents as they were named. @throws UserError naming the option */
export async function openTable(
  catalogue: Catalogue,
  environment: Environment,
  options: TableOptions,
): Promise<{ table: Table; specs: string[] }> {
  const { spec } = environment;
  const config = configOf(environment, options);
  const facts = spec.facts(config);
  if (options.onFailure === 'forfeit' && facts.seats > 2) {
    throw new UserError(
      `--on-failure forfeit is for one or two seats; ${spec.id} has ${facts.seats} here: use substitute`,
    );
  }
  const specs = specsOf(environment, facts, options);
  const agents = await Promise.all(specs.map((agent) => catalogue.agent(agent)));
  return { table: { environment, config, agents, ...rulesOf(options) }, specs };
}

/** The configuration the options ask for. @throws UserError naming the field */
export function configOf(environment: Environment, options: ConfigOptions): JsonObject {
  const set = Object.fromEntries(options.config.map(readAssignment));
  return readConfig(environment.spec, { set, ...(options.preset === undefined ? {} : { preset: options.preset }) });
}

function rulesOf(options: RuleOptions): Omit<Table, 'environment' | 'config' | 'agents'> {
  return {
    seed: options.seed ?? randomInt(1, 1_000_000),
    ...limitsOf(options),
    ...(options.clock === 'fixed' ? {} : { clock: Date.now }),
  };
}

/** Limits, tries and the rule after the last failed try. */
export function limitsOf(options: RuleOptions): Pick<Table, 'tries' | 'onFailure'> & Required<Pick<Table, 'limits'>> {
  const limits = {
    ...(options.limitSteps === undefined ? {} : { steps: options.limitSteps }),
    ...(options.turnMs === undefined ? {} : { turnMs: options.turnMs }),
    ...(options.totalMs === undefined ? {} : { totalMs: options.totalMs }),
  };
  return {
    limits,
    ...(options.tries === undefined ? {} : { tries: options.tries }),
    ...(options.onFailure === undefined ? {} : { onFailure: options.onFailure }),
  };
}

/** One agent spec a seat: what `--seat` says, else `--agents` in turn, else the environment's own player or a random one. */
export function specsOf(
  environment: Environment,
  { seats }: Facts,
  options: Pick<TableOptions, 'seat' | 'agents'>,
): string[] {
  const usual = environment.scripted === undefined ? 'random' : 'scripted';
  const turn = options.agents === undefined ? [usual] : agentList(options.agents);
  if (turn.length > seats)
    throw new UserError(`--agents names ${turn.length} agents; ${environment.spec.id} has ${seats} seats here`);
  const specs = Array.from({ length: seats }, (_, seat) => turn[seat % turn.length] as string);
  for (const text of options.seat) {
    const [seat, agent] = seatOf(text, seats);
    specs[seat] = agent;
  }
  return specs;
}

function seatOf(text: string, seats: number): [number, string] {
  const [, number, agent] = /^\s*(\d+)\s*=\s*(\S.*)$/.exec(text) ?? [];
  if (number === undefined || agent === undefined) {
    throw new UserError(`--seat takes a seat and its agent, as in --seat 0=random, got "${text}"`);
  }
  return [inSeats(Number(number), seats), agent];
}

/** A seat of the table. @throws UserError */
export function inSeats(seat: number, seats: number, option = '--seat'): number {
  if (seat < seats) return seat;
  throw new UserError(`${option} takes a seat from 0 (${seatName(0)}) to ${seats - 1} here, got ${seat}`);
}

/** Reads a whole number of an option. */
export function whole(option: string, from: number, to = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= from && value <= to) return value;
    const range = to === Number.MAX_SAFE_INTEGER ? `from ${from}` : `from ${from} to ${to}`;
    throw new UserError(`${option} takes a whole number ${range}, got "${text}"`);
  };
}

/** Reads a number of an option that is at least `from`; `1e-3` is one too. */
export function number(option: string, from: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value >= from) return value;
    throw new UserError(`${option} takes a number from ${from}, got "${text}"`);
  };
}

/** Reads one of a few words. */
export function oneOf<W extends string>(option: string, words: readonly W[]): (text: string) => W {
  return (text) => {
    const word = words.find((known) => known === text);
    if (word !== undefined) return word;
    throw new UserError(`${option} takes ${words.join(' or ')}, got "${text}"`);
  };
}

/** NOTE: `7` and the text "7" seed the same episode, so the text is kept as it was typed. */
export function readSeed(text: string): Seed {
  if (text !== '') return text;
  throw new UserError('--seed takes a whole number or a word, got nothing');
}

/** Collects an option that may be repeated. */
export function gather(text: string, before: readonly string[]): string[] {
  return [...before, text];
}
