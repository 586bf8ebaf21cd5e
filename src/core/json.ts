/** A value that survives JSON unchanged. States, views, events and moves are made of nothing else. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** Whether a value is a JSON object: not null, not an array. Looks at the outermost layer only. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How deep a move may be nested: far more than any form needs, and far from where JSON's own printer gives up. */
const DEEPEST = 64;

/** Whether a value survives JSON unchanged: no undefined, no NaN, no -0, no class, no more than 64 layers. */
export function isJson(value: unknown, depth = DEEPEST): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      return value === null || (depth > 0 && holdsJson(value, depth - 1));
    default:
      return false;
  }
}

function holdsJson(value: object, depth: number): boolean {
  if (Array.isArray(value)) return !value.includes(undefined) && value.every((item) => isJson(item, depth));
  const kind: unknown = Object.getPrototypeOf(value);
  return (kind === Object.prototype || kind === null) && Object.values(value).every((item) => isJson(item, depth));
}

/** A value in one short line for messages, whatever it is. Never throws. */
export function preview(value: unknown, most = 80): string {
  let text: string;
  try {
    text = JSON.stringify(value) ?? (value === undefined ? 'nothing' : typeof value);
  } catch {
    text = `a value that is no JSON (${typeof value})`;
  }
  return excerpt(text, most);
}

/** The start of a long text, for messages. */
export function excerpt(text: string, most = 80): string {
  return text.length <= most ? text : `${text.slice(0, most)}...`;
}

/**
 * A 64-bit fingerprint of a text as 16 hexadecimal digits. It tells states apart and finds accidents; it does not
 * resist an adversary. Two multiply-xor lanes over UTF-16 units with a final avalanche.
 */
export function fingerprint(text: string): string {
  const [a, b] = lanes(text);
  return hex(a) + hex(b);
}

/** The fingerprint as two 32-bit numbers. */
export function lanes(text: string): readonly [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return [a, b];
}

/** The fingerprint of a JSON value. Key order counts: rules that build the same state build it in the same order. */
export function hashOf(value: Json): string {
  return fingerprint(JSON.stringify(value));
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
