import { z } from 'zod';
import { describeField } from '../../src/core/config.js';
import { isObject, type Json, type JsonObject } from '../../src/core/json.js';

/** A JSON Schema. */
export type Schema = JsonObject;

type Ask = (label: string, words?: readonly string[]) => Promise<string>;

/** The JSON Schema of what is typed in; an empty one, which takes anything, for a schema that has none. */
export function schemaOf(schema: z.ZodType | undefined): Schema {
  return schema === undefined ? {} : (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema);
}

/** What a field takes, in a few words. */
export function takes(schema: Schema): string {
  return describeField(schema) || 'anything';
}

/** Asks for a value part by part. An empty line leaves a field out: its default, or the form's own complaint, follows. */
export async function fill(schema: Schema, name: string, ask: Ask): Promise<Json | undefined> {
  if (schema.const !== undefined) return schema.const;
  const variants = variantsOf(schema);
  if (variants !== null) return fill(await pick(variants, name, ask), name, ask);
  if (isObject(schema.properties)) return fillObject(schema.properties, name, ask);
  return typed(schema, await ask(`${name} (${takes(schema)})`, wordsOf(schema)));
}

async function fillObject(properties: JsonObject, name: string, ask: Ask): Promise<JsonObject> {
  const value: { [field: string]: Json } = {};
  for (const [field, schema] of Object.entries(properties)) {
    const given = await fill(isObject(schema) ? schema : {}, name === '' ? field : `${name}.${field}`, ask);
    if (given !== undefined) value[field] = given;
  }
  return value;
}

/** The kinds of object a schema chooses between; null where it is no such choice. */
function variantsOf(schema: Schema): readonly Schema[] | null {
  const variants = schema.anyOf ?? schema.oneOf;
  if (!Array.isArray(variants)) return null;
  const list = variants as readonly Json[];
  const objects = list.filter((variant): variant is JsonObject => isObject(variant) && isObject(variant.properties));
  return objects.length === list.length ? objects : null;
}

async function pick(variants: readonly Schema[], name: string, ask: Ask): Promise<Schema> {
  const labels = variants.map(labelOf);
  const list = labels.map((label, index) => `${index + 1} ${label}`).join(', ');
  for (;;) {
    const line = await ask(`${name === '' ? '' : `${name} `}(${list})`, labels);
    const chosen = variants[/^\d+$/.test(line) ? Number(line) - 1 : labels.indexOf(line)];
    if (chosen !== undefined) return chosen;
  }
}

/** A variant is known by its fixed fields. */
function labelOf(variant: Schema): string {
  const fields = Object.values(variant.properties as JsonObject);
  const fixed = fields.flatMap((field) => (isObject(field) && field.const !== undefined ? [String(field.const)] : []));
  return fixed.length > 0
    ? fixed.join(' ')
    : String(variant.title ?? Object.keys(variant.properties as JsonObject).join(' '));
}

function wordsOf(schema: Schema): string[] {
  return Array.isArray(schema.enum) ? (schema.enum as readonly Json[]).map(String) : [];
}

/** A typed line as the schema would have it: text where text is taken, else JSON where it is JSON. */
function typed(schema: Schema, line: string): Json | undefined {
  if (line === '') return undefined;
  const isText = schema.type === 'string' && !line.startsWith('"');
  if (isText || wordsOf(schema).includes(line))
    return (schema.enum as Json[] | undefined)?.find((one) => String(one) === line) ?? line;
  try {
    return JSON.parse(line) as Json;
  } catch {
    return line;
  }
}
