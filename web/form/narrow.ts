import { isObject, type Json, type JsonObject } from '../../src/core/json.js';
import { type Field, labelOf, type Named } from './field.js';

/**
 * A form's field within the limits of a turn, as far as limits speak of it:
 * - `accept: false` takes the case of a union away whose constant is `accept`;
 * - an object of whole numbers names the entries of an open record of numbers, with the most of each;
 * - a list of texts names the entries of an open record, unless it lists some of the values an entry takes: then it
 *   says which of them there are now.
 * What is not spoken of stays as it was; the server checks the whole again.
 */
export function narrowed(field: Field, limits: Json | undefined): Field {
  return isObject(limits) ? within(field, limits) : field;
}

function within(field: Field, limits: JsonObject): Field {
  switch (field.is) {
    case 'either': {
      const open = field.cases.filter(({ label }) => limits[label] !== false);
      return { ...field, cases: open.map((one) => ({ ...one, field: within(one.field, limits) })) };
    }
    case 'group':
      return { ...field, parts: field.parts.map((part) => ({ ...part, field: within(part.field, limits) })) };
    case 'record':
      return field.names === null ? recordWithin(field, limits) : field;
    default:
      return field;
  }
}

type RecordField = Extract<Field, { is: 'record' }>;

function recordWithin(field: RecordField, limits: JsonObject): Field {
  const { each } = field;
  const counts = Object.values(limits).find(isCounts);
  if (each.is === 'number' && counts !== undefined) {
    const parts = Object.entries(counts).map(([name, most]) => ({
      name,
      label: labelOf(name),
      says: '',
      field: { ...each, max: Math.min(most, each.max ?? most) },
      optional: false,
      start: 0,
    }));
    return { is: 'group', parts };
  }
  const lists = Object.values(limits).filter(isTexts);
  const values = each.is === 'pick' ? each.options : [];
  const names = lists.find((list) => !isPartOf(list, values));
  const allowed = lists.find((list) => isPartOf(list, values));
  const options = allowed === undefined ? values : values.filter(({ value }) => allowed.includes(value as string));
  return { ...field, names: names ?? null, each: each.is === 'pick' ? { ...each, options } : each };
}

function isCounts(value: Json): value is { readonly [name: string]: number } {
  return isObject(value) && Object.values(value).every((count) => Number.isInteger(count));
}

function isTexts(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isPartOf(list: readonly string[], values: readonly Named[]): boolean {
  return list.every((item) => values.some(({ value }) => value === item));
}
