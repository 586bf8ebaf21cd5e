import { isObject, type Json, type JsonObject } from './json.js';
import type { Rng } from './rng.js';

/** How deep arguments are made up: far more than tools have. */
const DEEPEST = 4;
const WORDS = ['a', 'b', 'red', 'left', '1', 'x + 1', ''];

/** Arguments that a JSON Schema of an object may well take, for random play: every required one, some of the others. */
export function plausibleArgs(schema: JsonObject, rng: Rng): JsonObject {
  return objectOf(schema, rng, DEEPEST);
}

function objectOf({ properties, required }: JsonObject, rng: Rng, depth: number): JsonObject {
  const needed = Array.isArray(required) ? required : [];
  const fields = Object.entries(isObject(properties) ? properties : {});
  const given = fields.filter(([name]) => needed.includes(name) || rng.below(2) === 0);
  return Object.fromEntries(given.map(([name, field]) => [name, plausible(field, rng, depth - 1)]));
}

function plausible(schema: Json, rng: Rng, depth: number): Json {
  if (!isObject(schema) || depth === 0) return null;
  if (schema.const !== undefined) return schema.const;
  const { enum: listed, anyOf: several, type } = schema;
  if (Array.isArray(listed) && listed.length > 0) return rng.pick(listed as readonly Json[]);
  if (Array.isArray(several) && several.length > 0) return plausible(rng.pick(several as readonly Json[]), rng, depth);
  return ofType(Array.isArray(type) ? (type[0] as Json) : (type ?? null), schema, rng, depth);
}

function ofType(type: Json, schema: JsonObject, rng: Rng, depth: number): Json {
  switch (type) {
    case 'string':
      return rng.pick(WORDS);
    case 'integer':
      return rng.below(10);
    case 'number':
      return rng.below(100) / 4;
    case 'boolean':
      return rng.below(2) === 0;
    case 'array':
      return Array.from({ length: rng.below(3) }, () => plausible(schema.items ?? null, rng, depth - 1));
    case 'object':
      return objectOf(schema, rng, depth);
    default:
      return null;
  }
}
