import { configSchema, readConfig, readFields } from '../../core/config.js';
import type { Spec } from '../../core/environment.js';
import { isObject, type JsonObject } from '../../core/json.js';
import { Refused } from '../wire/refused.js';

/** What somebody asks of a configuration. */
export interface Asked {
  readonly preset?: string | undefined;
  /** Fields over the preset, or over the defaults. */
  readonly config?: JsonObject | undefined;
  /** How many seats there are to be; as the configuration has it when absent. */
  readonly seats?: number | undefined;
}

/**
 * The configuration of a match. Where it has another number of seats than was asked for, a field that was left open is
 * set to that number if that gives so many seats, or else a preset that has them is taken.
 * @throws UserError naming a field that is not right; Refused when no configuration has so many seats
 */
export function configFor(spec: Spec, { preset, config = {}, seats }: Asked): JsonObject {
  const named = preset === undefined ? {} : { preset };
  const plain = readConfig(spec, { ...named, set: config });
  if (seats === undefined || seatsOf(spec, plain) === seats) return plain;
  const isOpen = preset === undefined && Object.keys(config).length === 0;
  const found = byField(spec, plain, config, seats) ?? (isOpen ? byPreset(spec, seats) : undefined);
  if (found !== undefined) return found;
  throw new Refused('malformed', `numPlayers: ${whyNot(spec, plain, isOpen)}, not ${seats}`);
}

function byField(spec: Spec, plain: JsonObject, settled: JsonObject, seats: number): JsonObject | undefined {
  const { properties } = configSchema(spec);
  const open = Object.keys(isObject(properties) ? properties : {}).filter((field) => !Object.hasOwn(settled, field));
  return open
    .map((field) => spec.config.safeParse({ ...plain, [field]: seats }))
    .filter(({ success }) => success)
    .map(({ data }) => data as JsonObject)
    .find((config) => seatsOf(spec, config) === seats);
}

function byPreset(spec: Spec, seats: number): JsonObject | undefined {
  return presetsOf(spec).find((config) => seatsOf(spec, config) === seats);
}

function presetsOf(spec: Spec): JsonObject[] {
  return Object.values(spec.presets ?? {}).map(({ config }) => readFields(spec.config, config, 'config'));
}

function seatsOf(spec: Spec, config: JsonObject): number {
  return spec.facts(config).seats;
}

function whyNot(spec: Spec, plain: JsonObject, isOpen: boolean): string {
  if (!isOpen) return `this configuration of ${spec.id} has ${seatsOf(spec, plain)} seats`;
  const known = new Set([plain, ...presetsOf(spec)].map((config) => seatsOf(spec, config)));
  return `${spec.id} has ${[...known].sort((a, b) => a - b).join(' or ')} seats unless its configuration says otherwise`;
}
