import { isObject, type Json, type JsonObject } from './json.js';

/** One operation of a JSON Patch, of the kinds that tables send. */
export type Operation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string };

/** A patch that does not fit the document it is for. */
export class PatchError extends Error {}

/**
 * The document after all operations, in order; the one given is not changed, and parts that stay are shared.
 * SEE: RFC 6902 (JSON Patch) and RFC 6901 (JSON Pointer). Strict: what the document does not hold is neither replaced
 * nor removed, and nothing is added below what is not there.
 * @throws PatchError when an operation is of another kind or does not fit
 */
export function patched(document: Json, operations: readonly Operation[]): Json {
  return operations.reduce((now, operation) => changed(now, keysOf(operation.path), operation), document);
}

function keysOf(pointer: string): readonly string[] {
  if (pointer === '') return [];
  if (typeof pointer !== 'string' || !pointer.startsWith('/')) throw new PatchError(`${pointer} is no pointer`);
  const keys = pointer.slice(1).split('/');
  if (keys.some((key) => /~(?![01])/.test(key))) throw new PatchError(`${pointer} is no pointer`);
  return keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function changed(at: Json, keys: readonly string[], operation: Operation): Json {
  const [key, ...deeper] = keys;
  if (key === undefined) {
    if (operation.op === 'remove') throw new PatchError('the whole document cannot be removed');
    return broughtBy(operation);
  }
  if (deeper.length > 0) return withValue(at, key, changed(valueAt(at, key), deeper, operation));
  if (operation.op === 'add') return added(at, key, broughtBy(operation));
  valueAt(at, key);
  return operation.op === 'remove' ? removed(at, key) : withValue(at, key, broughtBy(operation));
}

function broughtBy(operation: Operation): Json {
  const known = operation.op === 'add' || operation.op === 'replace';
  if (!known) throw new PatchError(`"${operation.op}" is no operation that tables send`);
  if (operation.value === undefined) throw new PatchError(`${operation.op} ${operation.path} brings no value`);
  return operation.value;
}

function valueAt(at: Json, key: string): Json {
  const value = Array.isArray(at) ? (at as readonly Json[])[indexOf(key, at.length - 1)] : memberOf(at, key);
  if (value === undefined) throw new PatchError(`there is no "${key}"`);
  return value;
}

function memberOf(at: Json, key: string): Json | undefined {
  return isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
}

function withValue(at: Json, key: string, value: Json): Json {
  if (Array.isArray(at)) return (at as readonly Json[]).with(Number(key), value);
  return { ...(at as JsonObject), [key]: value };
}

function added(at: Json, key: string, value: Json): Json {
  if (Array.isArray(at)) return at.toSpliced(key === '-' ? at.length : indexOf(key, at.length), 0, value) as Json[];
  if (!isObject(at)) throw new PatchError(`nothing can be added as "${key}" to what is no object`);
  return { ...at, [key]: value };
}

function removed(at: Json, key: string): Json {
  if (Array.isArray(at)) return at.toSpliced(Number(key), 1) as Json[];
  const { [key]: _gone, ...rest } = at as JsonObject;
  return rest;
}

function indexOf(key: string, most: number): number {
  const index = /^(0|[1-9]\d*)$/.test(key) ? Number(key) : -1;
  if (index < 0 || index > most) throw new PatchError(`there is no place "${key}" in a list that ends at ${most}`);
  return index;
}
