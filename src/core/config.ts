import { z } from 'zod';
import type { Preset, Spec } from './environment.js';
import { suggestion, UserError } from './errors.js';
import { isObject, type Json, type JsonObject, preview } from './json.js';

/** What a person asks for: a preset's name and single fields over it. */
export interface ConfigRequest {
  readonly preset?: string;
  /** Fields by path, as in `{ "roles.hunter": 1 }`, or whole objects; later ones win. */
  readonly set?: { readonly [path: string]: Json };
}

/**
 * The complete configuration of a request: defaults, then the preset, then single fields.
 * @throws UserError naming the field, what it got and what it takes.
 */
export function readConfig(spec: Spec, request: ConfigRequest = {}): JsonObject {
  let input: JsonObject = presetOf(spec, request.preset);
  for (const [path, value] of Object.entries(request.set ?? {})) input = withValue(input, path.split('.'), value);
  return readFields(spec.config, input, 'config');
}

/**
 * An object read by a schema, defaults filled in.
 * @param noun what its fields are called in messages
 * @throws UserError naming the field, what it got and what it takes
 */
export function readFields(schema: z.ZodType, input: JsonObject, noun: string): JsonObject {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data as JsonObject;
  throw new UserError(parsed.error.issues.map((issue) => complaint(schemaOf(schema), issue, input, noun)).join('\n'));
}

/** A `key=value` as typed: the value is read as JSON where it is JSON, else it is the text itself. */
export function readAssignment(text: string): [string, Json] {
  const at = text.indexOf('=');
  if (at < 1) throw new UserError(`"${text}" is not key=value`);
  const value = text.slice(at + 1);
  try {
    return [text.slice(0, at), JSON.parse(value) as Json];
  } catch {
    return [text.slice(0, at), value];
  }
}

/** The JSON Schema of an environment's configuration, defaults included. */
export function configSchema(spec: Spec): JsonObject {
  return schemaOf(spec.config);
}

/** The JSON Schema of what a schema reads. */
export function schemaOf(schema: z.ZodType): JsonObject {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonObject;
}

function presetOf(spec: Spec, name: string | undefined): JsonObject {
  if (name === undefined) return {};
  if (spec.presets !== undefined && Object.hasOwn(spec.presets, name)) return (spec.presets[name] as Preset).config;
  throw new UserError(`${spec.id} has no preset "${name}"; ${suggestion(name, Object.keys(spec.presets ?? {}))}`);
}

function withValue(object: JsonObject, path: readonly string[], value: Json): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return object;
  if (key === '__proto__') throw new UserError('"__proto__" is no field');
  if (rest.length === 0) return { ...object, [key]: value };
  const inner = object[key];
  return { ...object, [key]: withValue(isObject(inner) ? inner : {}, rest, value) };
}

function complaint(schema: JsonObject, issue: z.core.$ZodIssue, input: JsonObject, noun: string): string {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(fieldsAt(schema, issue.path));
    return issue.keys
      .map((key) => `${noun} ${[...issue.path, key].join('.')}: there is no such field; ${suggestion(key, known)}`)
      .join('\n');
  }
  const got = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], input);
  const takes = describeField(fieldsAt(schema, issue.path.slice(0, -1))[String(issue.path.at(-1))]);
  return `${noun} ${field || '(whole)'}: ${issue.message}${got === undefined ? '' : `, got ${preview(got)}`}${takes === '' ? '' : `; takes ${takes}`}`;
}

function fieldsAt(schema: JsonObject, path: readonly PropertyKey[]): JsonObject {
  let at: Json | undefined = schema;
  for (const key of path) at = isObject(at) && isObject(at.properties) ? at.properties[String(key)] : undefined;
  return isObject(at) && isObject(at.properties) ? at.properties : {};
}

/** What a field takes, in a few words, from its JSON Schema. */
export function describeField(schema: Json | undefined): string {
  if (!isObject(schema)) return '';
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const union = schema.anyOf;
  if (Array.isArray(union)) return union.map(describeField).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const type = String(schema.type ?? 'any value');
  const low = schema.minimum === Number.MIN_SAFE_INTEGER ? undefined : schema.minimum;
  const high = schema.maximum === Number.MAX_SAFE_INTEGER ? undefined : schema.maximum;
  if (low !== undefined && high !== undefined) return `${type} from ${String(low)} to ${String(high)}`;
  if (low !== undefined) return `${type} from ${String(low)}`;
  if (high !== undefined) return `${type} up to ${String(high)}`;
  return type;
}
