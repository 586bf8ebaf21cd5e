import { isObject, type Json, type JsonObject } from '../../core/json.js';
import { type Rule, repeated } from './grammar.js';

/** NOTE: models put a space behind commas and colons or none; more would let an answer grow without end. */
const GAP: Rule = { any: ['', ' '] };
const COMMA: Rule = { all: [',', GAP] };
const DIGIT: Rule = { fits: (char) => char >= '0' && char <= '9' };
const HEX: Rule = { fits: (char) => /[0-9a-f]/i.test(char) };
const PLAIN: Rule = { fits: (char) => char >= ' ' && char !== '"' && char !== '\\' };
const ESCAPED: Rule = { all: ['\\', { any: [...'"\\/bfnrt', { all: ['u', repeated(HEX, 4, 4)] }] }] };
const CHARACTER: Rule = { any: [PLAIN, ESCAPED] };
/** NOTE: as many digits as a number keeps. */
const NATURAL: Rule = {
  any: ['0', { all: [{ fits: (char) => char >= '1' && char <= '9' }, repeated(DIGIT, 0, 14)] }],
};
const SIGN: Rule = { any: ['-', ''] };
const FRACTION: Rule = { any: ['', { all: ['.', repeated(DIGIT, 1, 15)] }] };
const NUMBER: Rule = { all: [SIGN, NATURAL, FRACTION] };

/**
 * The JSON texts of a schema, properties in the order of the schema. Held to: types, enumerations, constants, properties
 * and which must be there, items, lengths of texts and lists, alternatives, references, and no sign where none is below 0. Other ranges of numbers, patterns
 * and the rest are left to whoever reads the answer.
 */
export function jsonOf(schema: JsonObject): Rule {
  return ruleFor(schema, schema);
}

function ruleFor(schema: Json | undefined, root: JsonObject): Rule {
  if (!isObject(schema)) return ANY;
  if (typeof schema.$ref === 'string') return { later: () => ruleFor(referred(schema.$ref as string, root), root) };
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return { any: schema.enum.map((one) => JSON.stringify(one)) };
  const options = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(options)) return { any: options.map((one) => ruleFor(one as Json, root)) };
  const types = Array.isArray(schema.type) ? (schema.type as readonly Json[]) : [schema.type ?? null];
  return { any: types.map((type) => KINDS[String(type)]?.(schema, root) ?? ANY) };
}

/** What `#/$defs/name` means. */
function referred(path: string, root: JsonObject): Json | undefined {
  const parts = path.split('/').slice(1);
  return parts.reduce<Json | undefined>((at, part) => (isObject(at) ? at[part] : undefined), root);
}

const KINDS: { readonly [type: string]: (schema: JsonObject, root: JsonObject) => Rule } = {
  string: ({ minLength, maxLength }) => ({
    all: ['"', repeated(CHARACTER, count(minLength, 0), count(maxLength)), '"'],
  }),
  integer: ({ minimum }) => ({ all: [signOf(minimum), NATURAL] }),
  number: ({ minimum }) => ({ all: [signOf(minimum), NATURAL, FRACTION] }),
  boolean: () => ({ any: ['true', 'false'] }),
  null: () => 'null',
  array: ({ items, prefixItems, minItems, maxItems }, root) => {
    if (Array.isArray(prefixItems))
      return { all: ['[', inRow(prefixItems.map((one) => ruleFor(one as Json, root))), ']'] };
    return { all: ['[', repeated(ruleFor(items, root), count(minItems, 0), count(maxItems), COMMA), ']'] };
  },
  object: (schema, root) => {
    const { properties, additionalProperties, propertyNames } = schema;
    if (isObject(properties)) return fixedObject(schema, properties, root);
    const name = propertyNames === undefined ? STRING : ruleFor(propertyNames, root);
    const pair: Rule = { all: [name, ':', GAP, ruleFor(additionalProperties, root)] };
    return { all: ['{', repeated(pair, 0, undefined, COMMA), '}'] };
  },
};

const STRING: Rule = { all: ['"', repeated(CHARACTER, 0), '"'] };
/** Any JSON value. */
const ANY: Rule = {
  later: () => ({
    any: [
      STRING,
      NUMBER,
      'true',
      'false',
      'null',
      { all: ['[', repeated(ANY, 0, undefined, COMMA), ']'] },
      { all: ['{', repeated({ all: [STRING, ':', GAP, ANY] }, 0, undefined, COMMA), '}'] },
    ],
  }),
};

function signOf(minimum: Json | undefined): Rule {
  return count(minimum, -1) >= 0 ? '' : SIGN;
}

function count(given: Json | undefined, otherwise = Number.POSITIVE_INFINITY): number {
  return typeof given === 'number' ? given : otherwise;
}

function inRow(rules: readonly Rule[]): Rule {
  return { all: rules.flatMap((rule, at) => (at === 0 ? [rule] : [COMMA, rule])) };
}

/** Properties in their order; those that need not be there may be left out. */
function fixedObject({ required }: JsonObject, properties: JsonObject, root: JsonObject): Rule {
  const names = Object.keys(properties);
  const needed = Array.isArray(required) ? required : [];
  const from = (at: number, begun: boolean): Rule => {
    const name = names[at];
    if (name === undefined) return '}';
    const pair: Rule = { all: [begun ? COMMA : '', `${JSON.stringify(name)}:`, GAP, ruleFor(properties[name], root)] };
    const taken: Rule = { all: [pair, { later: () => from(at + 1, true) }] };
    return needed.includes(name) ? taken : { any: [taken, { later: () => from(at + 1, begun) }] };
  };
  return { all: ['{', from(0, false)] };
}
