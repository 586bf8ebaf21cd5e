import { configSchema, readConfig } from '../../../core/config.js';
import type { Environment } from '../../../core/environment.js';
import type { Json, JsonObject } from '../../../core/json.js';
import { unfit } from '../../lobby/agents.js';
import type { House } from '../door.js';

/** What there is to play here, one line each. */
export function listed({ environments }: Pick<House, 'environments'>): {
  readonly text: string;
  readonly fields: JsonObject;
} {
  const list = [...environments.values()].map(({ spec, tasks }) => {
    const { seats } = spec.facts(readConfig(spec));
    return { id: spec.id, title: spec.title, summary: spec.summary, seats, tasks: tasks?.sizes ?? null };
  });
  const lines = list.map(({ id, summary, seats, tasks }) => {
    const size = tasks === null ? `${seats} ${seats === 1 ? 'seat' : 'seats'}` : sizesOf(tasks);
    return `- ${id} (${size}): ${summary}`;
  });
  return { text: lines.join('\n'), fields: { environments: list } };
}

/** All that one needs to know to start an episode. @throws UserError when there is no such preset */
export function described(
  { agents }: Pick<House, 'agents'>,
  environment: Environment,
  preset: string | undefined,
): { readonly text: string; readonly fields: JsonObject } {
  const { spec, tasks } = environment;
  const config = readConfig(spec, preset === undefined ? {} : { preset });
  const { seats, horizon, utility } = spec.facts(config);
  const opponents =
    seats < 2 ? [] : [...agents.values()].filter((agent) => unfit(agent, environment, config, 1) === null);
  const fields = {
    ...{ id: spec.id, version: spec.version, title: spec.title, summary: spec.summary, seats, horizon },
    returns: { min: utility.min, max: utility.max },
    rules: spec.rules(config),
    presets: Object.fromEntries(Object.entries(spec.presets ?? {}).map(([name, { says }]) => [name, says])),
    config: configSchema(spec),
    tasks: tasks?.sizes ?? null,
    opponents: opponents.map(({ name }) => name),
    tools: Object.fromEntries(Object.entries(spec.tools ?? {}).map(([name, { description }]) => [name, description])),
  };
  return { text: wordsOf(fields), fields: fields as unknown as JsonObject };
}

interface Described {
  readonly title: string;
  readonly summary: string;
  readonly seats: number;
  readonly rules: string;
  readonly presets: { readonly [name: string]: string };
  readonly config: JsonObject;
  readonly tasks: { readonly [split: string]: number } | null;
  readonly opponents: readonly string[];
  readonly tools: { readonly [name: string]: string };
}

function wordsOf({ title, summary, seats, rules, presets, config, tasks, opponents, tools }: Described): string {
  const parts = [
    `${title}: ${summary}`,
    `Rules:\n${rules}`,
    seats < 2 ? '' : `Seats: 0 to ${seats - 1}. Opponents: ${opponents.join(', ') || 'none'}.`,
    tasks === null ? '' : `Tasks, numbered from 0: ${sizesOf(tasks)}.`,
    named('Presets', presets),
    named('Tools', tools),
    `Fields of config:\n${fieldsOf(config)}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function sizesOf(sizes: { readonly [split: string]: number }): string {
  return Object.entries(sizes)
    .map(([split, size]) => `${split} ${size}`)
    .join(', ');
}

function named(title: string, words: { readonly [name: string]: string }): string {
  const lines = Object.entries(words).map(([name, says]) => `- ${name}: ${says}`);
  return lines.length === 0 ? '' : `${title}:\n${lines.join('\n')}`;
}

function fieldsOf({ properties = {} }: JsonObject): string {
  const lines = Object.entries(properties as { [name: string]: Json }).map(([name, schema]) => {
    return `- ${name}: ${JSON.stringify(schema)}`;
  });
  return lines.join('\n') || '- none';
}
