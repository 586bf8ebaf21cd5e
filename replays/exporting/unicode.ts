import type { Json, JsonObject } from '../../src/core/json.js';

/** NOTE: Node has these two; the compiler's library for its language level does not say so. */
type Unicode = string & { isWellFormed(): boolean; toWellFormed(): string };

/**
 * A row with every half of a surrogate pair replaced by U+FFFD: no UTF-8 holds one, and readers in other languages stop
 * at it. The same object when there is none.
 */
export function wellFormed(row: JsonObject): JsonObject {
  return isWell(row) ? row : (mended(row) as JsonObject);
}

function isWell(value: Json): boolean {
  if (typeof value === 'string') return (value as Unicode).isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isWell);
  for (const key in value) if (!isWell(key) || !isWell((value as JsonObject)[key] as Json)) return false;
  return true;
}

function mended(value: Json): Json {
  if (typeof value === 'string') return (value as Unicode).toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(mended);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [mended(key), mended(inner)]));
}
