import { configSchema, describeField, readConfig } from './config.js';
import type { Environment, Facts, Spec } from './environment.js';
import { isObject, type Json, type JsonObject } from './json.js';

/** Who an event was addressed to. */
export type Audience = 'all' | 'one seat' | 'several seats' | 'nobody';

/** Kinds of events, each with the audiences it was seen to have. */
export type Told = { readonly [kind: string]: readonly Audience[] };

/**
 * The part of a card that follows from the spec, as Markdown: facts of each configuration, parts of the reward, events
 * and who is told, fields of the configuration, presets. Pure; `told` adds a column of audiences met in play.
 */
export function cardTables(environment: Environment, told?: Told): string {
  const { spec } = environment;
  const sections = [
    factsSection(spec),
    rewardsSection(spec),
    eventsSection(spec, told),
    configSection(spec),
    presetsSection(spec),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

/** A Markdown table whose columns line up, so that it reads well in a terminal too. The first row is the head. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replace(/\s+/g, ' ').replaceAll('|', '\\|')));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? '').length)));
  const lines = cells.map((row) => line(widths.map((width, column) => (row[column] ?? '').padEnd(width))));
  return [lines[0] ?? '', line(widths.map((width) => '-'.repeat(width))), ...lines.slice(1)].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function section(title: string, ...body: readonly string[]): string {
  return [`### ${title}`, ...body].join('\n\n');
}

function factsSection(spec: Spec): string {
  const head = ['configuration', 'seats', 'information', 'chance', 'outside calls', 'moves', 'returns', 'at most'];
  const row = (name: string, facts: Facts) => [
    name,
    String(facts.seats),
    facts.information,
    facts.chance,
    facts.calls ? 'yes' : 'no',
    facts.dynamics,
    `${facts.utility.kind}, ${facts.utility.min} to ${facts.utility.max}`,
    `${facts.horizon} steps`,
  ];
  const presets = Object.keys(spec.presets ?? {}).map((preset) =>
    row(preset, spec.facts(readConfig(spec, { preset }))),
  );
  const table = markdownTable([head, row('default', spec.facts(readConfig(spec))), ...presets]);
  return section('Facts', `Version ${spec.version}.`, table);
}

function rewardsSection(spec: Spec): string {
  const rows = Object.entries(spec.rewards).map(([part, { says, weight, told }]) => [part, String(weight), told, says]);
  return section('Rewards', markdownTable([['part', 'weight', 'told', 'what it is'], ...rows]));
}

function eventsSection(spec: Spec, told: Told | undefined): string {
  const rows = Object.entries(spec.events).map(([kind, { told: to, says }]) => [
    kind,
    to,
    ...(told === undefined ? [] : [told[kind]?.join(', ') ?? 'not met']),
    says,
  ]);
  const met = told === undefined ? [] : ['met in random play'];
  return section('Events', markdownTable([['event', 'who is told', ...met, 'what is told'], ...rows]));
}

function configSection(spec: Spec): string {
  const defaults = readConfig(spec);
  const rows = fieldsOf(configSchema(spec)).map(({ path, schema, says }) => [
    path,
    describeField(schema).replaceAll(' | ', ' or '),
    JSON.stringify(valueAt(defaults, path)) ?? 'none',
    says,
  ]);
  if (rows.length === 0) return section('Configuration', 'There is nothing to set.');
  return section('Configuration', markdownTable([['field', 'takes', 'default', 'meaning'], ...rows]));
}

function presetsSection(spec: Spec): string {
  const rows = Object.entries(spec.presets ?? {}).map(([name, { says, config }]) => [
    name,
    says,
    JSON.stringify(config),
  ]);
  return rows.length === 0 ? '' : section('Presets', markdownTable([['preset', 'what it is', 'sets'], ...rows]));
}

interface Field {
  readonly path: string;
  readonly schema: Json;
  /** Its own description, or that of the object it stands in. */
  readonly says: string;
}

/** The leaves of a JSON Schema, nested ones by dotted path. */
function fieldsOf(schema: Json, path = '', above = ''): Field[] {
  const says = isObject(schema) && typeof schema.description === 'string' ? schema.description : above;
  if (!isObject(schema) || !isObject(schema.properties)) return path === '' ? [] : [{ path, schema, says }];
  const inner = Object.entries(schema.properties);
  return inner.flatMap(([key, field]) => fieldsOf(field, path === '' ? key : `${path}.${key}`, says));
}

function valueAt(config: JsonObject, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((at, key) => (isObject(at) ? at[key] : undefined), config);
}
