import { configSchema, readConfig } from '../core/config.js';
import type { Environment } from '../core/environment.js';
import { isObject, type Json, type JsonObject } from '../core/json.js';
import { type Rng, stream } from '../core/rng.js';

/** A complete configuration with the name reports use. */
export interface Configuration {
  readonly name: string;
  readonly config: JsonObject;
}

/** The default and every preset. @throws UserError when one of them is not a valid configuration */
export function standardConfigurations({ spec }: Environment): Configuration[] {
  const presets = Object.keys(spec.presets ?? {}).map((preset) => ({
    name: preset,
    config: readConfig(spec, { preset }),
  }));
  return [{ name: 'default', config: readConfig(spec) }, ...presets];
}

/** NOTE: a variation may make episodes longer, but not so long that the laws only ever see its beginning. */
const LONGEST = 500;
const TRIES = 30;

/** Up to `most` configurations with one to three fields varied at random, as far as the schema takes them. */
export function variedConfigurations(environment: Environment, most: number): Configuration[] {
  const rng = stream(environment.spec.id, 'configurations');
  const fields = variableFields(configSchema(environment.spec));
  const known = new Set(standardConfigurations(environment).map(({ config }) => JSON.stringify(config)));
  const found: Configuration[] = [];
  for (let tries = 0; tries < TRIES && found.length < most && fields.length > 0; tries++) {
    const set = Object.fromEntries(Array.from({ length: 1 + rng.below(3) }, () => varied(rng.pick(fields), rng)));
    const config = playable(environment, set);
    if (config === null || known.has(JSON.stringify(config))) continue;
    known.add(JSON.stringify(config));
    found.push({
      name: Object.entries(set)
        .map(([path, value]) => `${path}=${JSON.stringify(value)}`)
        .join(' '),
      config,
    });
  }
  return found;
}

function playable(environment: Environment, set: { readonly [path: string]: Json }): JsonObject | null {
  let config: JsonObject;
  try {
    config = readConfig(environment.spec, { set });
  } catch {
    return null;
  }
  return environment.spec.facts(config).horizon > LONGEST ? null : config;
}

interface Field {
  readonly path: string;
  readonly values: readonly Json[];
}

function varied({ path, values }: Field, rng: Rng): [string, Json] {
  return [path, rng.pick(values)];
}

/** Fields whose schema says enough to invent values for them. */
function variableFields(schema: Json, path = ''): Field[] {
  if (!isObject(schema)) return [];
  if (isObject(schema.properties)) {
    const inner = Object.entries(schema.properties);
    return inner.flatMap(([key, field]) => variableFields(field, path === '' ? key : `${path}.${key}`));
  }
  const values = valuesOf(schema);
  return values.length > 1 ? [{ path, values }] : [];
}

function valuesOf(schema: Json): readonly Json[] {
  if (!isObject(schema)) return [];
  if (Array.isArray(schema.enum)) return schema.enum as readonly Json[];
  if (Array.isArray(schema.anyOf)) return (schema.anyOf as readonly Json[]).flatMap(valuesOf);
  if (schema.const !== undefined) return [schema.const];
  if (schema.type === 'boolean') return [false, true];
  if (schema.type === 'number')
    return [0, 0.5, 2].filter((value) => value >= low(schema, 0) && value <= high(schema, 2));
  return schema.type === 'integer' ? wholeNumbers(schema) : [];
}

/** The smallest few that are allowed. */
function wholeNumbers(schema: JsonObject): number[] {
  const from = low(schema, 0);
  const to = Math.min(high(schema, from + 5), from + 5);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function low({ minimum }: JsonObject, otherwise: number): number {
  return typeof minimum === 'number' && Number.isSafeInteger(minimum) && minimum > -1e9 ? minimum : otherwise;
}

function high({ maximum }: JsonObject, otherwise: number): number {
  return typeof maximum === 'number' && maximum < 1e9 ? maximum : otherwise;
}
