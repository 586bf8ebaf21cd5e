/**
 * What keeps a value from surviving JSON unchanged: the path and the reason, or null. Undefined, NaN, infinities, -0,
 * holes, functions and instances of classes do not survive.
 */
export function whyNotPlain(value: unknown, path = ''): string | null {
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return null;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? null
        : `${at(path)}${Object.is(value, -0) ? '-0' : value}`;
    case 'object':
      return value === null ? null : whyNotPlainObject(value, path);
    default:
      return `${at(path)}${typeof value}`;
  }
}

function whyNotPlainObject(value: object, path: string): string | null {
  if (Array.isArray(value))
    return firstReason(
      Array.from(value, (item, index) => [String(index), item]),
      path,
    );
  const kind = Object.getPrototypeOf(value) as unknown;
  if (kind !== Object.prototype && kind !== null)
    return `${at(path)}an instance of ${value.constructor?.name ?? 'a class'}`;
  return firstReason(Object.entries(value), path);
}

function firstReason(entries: readonly (readonly [string, unknown])[], path: string): string | null {
  for (const [key, item] of entries) {
    const reason = whyNotPlain(item, path === '' ? key : `${path}.${key}`);
    if (reason !== null) return reason;
  }
  return null;
}

function at(path: string): string {
  return path === '' ? '' : `${path} is `;
}

/** Freezes a value and all it holds, so that a change to it throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || frozen.has(value)) return value;
  frozen.add(value);
  if (!ArrayBuffer.isView(value)) Object.freeze(value);
  for (const item of Object.values(value)) deepFreeze(item);
  return value;
}

const frozen = new WeakSet<object>();
