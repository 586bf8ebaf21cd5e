import { isObject, type Json, type JsonObject } from '../../src/core/json.js';
import { each } from '../each.js';
import { labelOf, labelOfValue } from '../form/field.js';

/** The arguments of a call in words; what was left out is not told. */
export function ArgumentsOf({ args }: { readonly args: JsonObject }) {
  const given = Object.entries(args).filter(([, value]) => value !== null);
  return each(given, ([name, value], at) => (
    <span className="argument">
      {at === 0 ? '' : ', '}
      <span className="quiet">{labelOf(name)}</span> {inWords(value)}
    </span>
  ));
}

function inWords(value: Json): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : (value as readonly Json[]).map(inWords).join(', ');
  if (!isObject(value)) return labelOfValue(value);
  const pairs = Object.entries(value).map(([name, inner]) => `${labelOf(name)} ${inWords(inner)}`);
  return pairs.join(', ');
}
