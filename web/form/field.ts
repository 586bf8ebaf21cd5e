import { isObject, type Json, type JsonObject } from '../../src/core/json.js';

/** What a person fills in, read from a JSON Schema: the model of configurations, tools and forms alike. */
export type Field =
  | { readonly is: 'text'; readonly least: number; readonly most: number | null; readonly pattern: string | null }
  | {
      readonly is: 'number';
      readonly whole: boolean;
      readonly min: number | null;
      readonly max: number | null;
      /** Whether the bounds themselves are left out. */
      readonly above: boolean;
      readonly below: boolean;
    }
  | { readonly is: 'toggle' }
  | { readonly is: 'pick'; readonly options: readonly Named[] }
  | { readonly is: 'fixed'; readonly value: Json }
  | { readonly is: 'group'; readonly parts: readonly Part[] }
  | { readonly is: 'either'; readonly cases: readonly { readonly label: string; readonly field: Field }[] }
  /** Values by name: by the names given, or by names of one's own where `names` is null. */
  | { readonly is: 'record'; readonly names: readonly string[] | null; readonly each: Field; readonly key: Field }
  | { readonly is: 'list'; readonly each: Field; readonly least: number; readonly most: number | null };

export interface Named {
  readonly label: string;
  readonly value: Json;
}

export interface Part {
  readonly name: string;
  readonly label: string;
  readonly says: string;
  readonly field: Field;
  /** May be left out, and is when nothing was filled in. */
  readonly optional: boolean;
  /** What it starts with. */
  readonly start?: Json;
}

/** A schema that no field can stand for. */
export class SchemaError extends Error {}

/**
 * The field of a schema. Takes the part of JSON Schema (2020-12) that zod writes for objects, records, lists, texts,
 * numbers, enums, unions and constants.
 * @throws SchemaError on anything else
 */
export function fieldOf(schema: Json): Field {
  if (!isObject(schema)) throw new SchemaError('a schema is an object');
  if (schema.const !== undefined) return { is: 'fixed', value: schema.const };
  if (Array.isArray(schema.enum)) return { is: 'pick', options: (schema.enum as readonly Json[]).map(named) };
  const union = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(union)) return unionOf(union as readonly Json[]);
  return typedOf(schema, typeOf(schema));
}

/** NOTE: where a text is taken beside other plain values, all of them can be typed as a text. */
function typeOf({ type }: JsonObject): string {
  if (!Array.isArray(type)) return String(type);
  return type.includes('string') ? 'string' : String(type[0]);
}

function typedOf(schema: JsonObject, type: string): Field {
  switch (type) {
    case 'string':
      return {
        is: 'text',
        least: numberAt(schema, 'minLength') ?? 0,
        most: numberAt(schema, 'maxLength'),
        pattern: typeof schema.pattern === 'string' ? schema.pattern : null,
      };
    case 'integer':
    case 'number':
      return numberOf(schema, type === 'integer');
    case 'boolean':
      return { is: 'toggle' };
    case 'null':
      return { is: 'fixed', value: null };
    case 'array':
      return listOf(schema);
    case 'object':
      return objectOf(schema);
    default:
      throw new SchemaError(`no field can stand for the type ${type}`);
  }
}

/** NOTE: of a list that can only be empty, nobody needs to be told what its items would be. */
function listOf(schema: JsonObject): Field {
  const most = numberAt(schema, 'maxItems');
  if (most === 0) return { is: 'fixed', value: [] };
  return { is: 'list', each: fieldOf(schema.items ?? {}), least: numberAt(schema, 'minItems') ?? 0, most };
}

function numberOf(schema: JsonObject, whole: boolean): Field {
  const [over, under] = [numberAt(schema, 'exclusiveMinimum'), numberAt(schema, 'exclusiveMaximum')];
  return {
    is: 'number',
    whole,
    min: over ?? numberAt(schema, 'minimum'),
    max: under ?? numberAt(schema, 'maximum'),
    above: over !== null,
    below: under !== null,
  };
}

/** NOTE: the ends of the safe whole numbers are no bounds that anybody needs to be told. */
function numberAt(schema: JsonObject, key: string): number | null {
  const value = schema[key];
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;
}

function objectOf(schema: JsonObject): Field {
  if (isObject(schema.properties)) {
    const required = Array.isArray(schema.required) ? (schema.required as readonly Json[]) : [];
    const parts = Object.entries(schema.properties).map(([name, part]) => partOf(name, part, required.includes(name)));
    return { is: 'group', parts };
  }
  if (isObject(schema.additionalProperties)) {
    const key = { type: 'string', ...(isObject(schema.propertyNames) ? schema.propertyNames : {}) };
    return { is: 'record', names: null, each: fieldOf(schema.additionalProperties), key: fieldOf(key) };
  }
  return { is: 'group', parts: [] };
}

function partOf(name: string, schema: Json, required: boolean): Part {
  const { description, default: start } = isObject(schema) ? schema : {};
  const field = fieldOf(schema);
  return {
    name,
    label: labelOf(name),
    says: typeof description === 'string' ? description : '',
    field,
    optional: !required && start === undefined && field.is !== 'fixed',
    ...(start === undefined ? {} : { start }),
  };
}

/** A union of constants is a choice among them; of others, first which and then what. */
function unionOf(schemas: readonly Json[]): Field {
  const fields = schemas.map(fieldOf);
  const fixed = fields.flatMap((field) => (field.is === 'fixed' ? [named(field.value)] : []));
  if (fixed.length === fields.length) return { is: 'pick', options: fixed };
  return { is: 'either', cases: fields.map((field) => ({ label: caseLabel(field), field })) };
}

const CASES: { readonly [is in Field['is']]: string } = {
  text: 'a text',
  number: 'a number',
  toggle: 'yes or no',
  pick: 'one of these',
  fixed: 'as it is',
  group: 'filled in',
  either: 'another',
  record: 'by name',
  list: 'a list',
};

/** What tells a case from others: its constant, or the constant that an object of the union carries. */
function caseLabel(field: Field): string {
  if (field.is === 'fixed') return named(field.value).label;
  const tag = field.is === 'group' ? field.parts.find((part) => part.field.is === 'fixed') : undefined;
  return tag?.field.is === 'fixed' ? named(tag.field.value).label : CASES[field.is];
}

function named(value: Json): Named {
  return { label: labelOfValue(value), value };
}

/** A plain value as people read it. */
export function labelOfValue(value: Json): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value.replaceAll('_', ' ') : String(value);
}

/** `maxChars` reads `max chars`. */
export function labelOf(name: string): string {
  return name
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
    .trim();
}
