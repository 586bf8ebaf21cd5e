import { isObject, type Json } from '../../src/core/json.js';
import type { Action } from './kernel.js';

/**
 * An action in words: the move's name and its arguments, `click cell 4`, `play row 1 column 2`. The same action has the
 * same words at every turn.
 */
export function wordsOf({ name, args }: Pick<Action, 'name' | 'args'>): string {
  return [spaced(name), ...args.map((arg) => argument(arg, true))].join(' ');
}

/** An action by its exact parts, for the rare ones whose words are those of another. */
export function exactly({ name, args }: Pick<Action, 'name' | 'args'>): string {
  return `${name} ${JSON.stringify(args)}`;
}

/** `clickCell` and `click_cell` as `click cell`. */
function spaced(name: string): string {
  return name
    .replace(/([\p{Ll}\p{N}])(?=\p{Lu})/gu, '$1 ')
    .replace(/_+/g, ' ')
    .toLowerCase();
}

function argument(value: Json, isOutermost: boolean): string {
  if (Array.isArray(value)) return `(${value.map((item: Json) => argument(item, false)).join(' ')})`;
  if (!isObject(value)) return typeof value === 'string' ? text(value) : String(value);
  const parts = Object.entries(value).map(([key, inner]) => `${spaced(key)} ${argument(inner, false)}`);
  return isOutermost ? parts.join(' ') : `(${parts.join(' ')})`;
}

/** NOTE: a text is quoted where it could be taken for something else. */
function text(value: string): string {
  return /^\p{L}[\p{L}\p{N}_+#.-]*$/u.test(value) && !/^(?:true|false|null)$/.test(value)
    ? value
    : JSON.stringify(value);
}

/** A value in lines: fields with their names, lists of plain values in one line, everything else indented below. */
export function lines(value: Json, indent = ''): string[] {
  if (isFlat(value)) return [indent + flat(value)];
  const entries = Array.isArray(value)
    ? value.map((item, at) => [String(at), item] as const)
    : Object.entries(value as object);
  return entries.flatMap(([key, inner]: readonly [string, Json]) =>
    isFlat(inner) ? [`${indent}${key}: ${flat(inner)}`] : [`${indent}${key}:`, ...lines(inner, `${indent}  `)],
  );
}

function isFlat(value: Json): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'object' || item === null);
  return !isObject(value) || Object.keys(value).length === 0;
}

function flat(value: Json): string {
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map(flat).join(' ');
  if (value === null) return '-';
  return isObject(value) ? '(none)' : String(value);
}
