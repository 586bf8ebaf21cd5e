import { isObject, type Json, preview } from '../../core/json.js';

/** Where the nearest of several values differs from the one asked for; null where there is none. */
export function differenceOf(asked: Json, recorded: readonly Json[]): string | null {
  const text = JSON.stringify(asked);
  let nearest: Json | undefined;
  let most = -1;
  for (const candidate of recorded) {
    const same = likeness(text, JSON.stringify(candidate));
    if (same > most) [nearest, most] = [candidate, same];
  }
  return nearest === undefined ? null : firstDifference(asked, nearest, '');
}

/** Characters that two texts have in common at their starts and ends. */
function likeness(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return start + end;
}

function firstDifference(asked: Json | undefined, recorded: Json | undefined, path: string): string | null {
  if (asked === recorded) return null;
  if (isTree(asked) && isTree(recorded) && Array.isArray(asked) === Array.isArray(recorded)) {
    for (const key of new Set([...Object.keys(asked), ...Object.keys(recorded)])) {
      const found = firstDifference(at(asked, key), at(recorded, key), `${path}${path === '' ? '' : '.'}${key}`);
      if (found !== null) return found;
    }
    return null;
  }
  const [was, is] = around(recorded, asked);
  return `${path}: recorded ${was}, asked ${is}`;
}

/** Both values, long texts only around where they part. */
function around(recorded: Json | undefined, asked: Json | undefined): [string, string] {
  if (typeof recorded !== 'string' || typeof asked !== 'string') return [preview(recorded), preview(asked)];
  let start = 0;
  while (start < recorded.length && recorded[start] === asked[start]) start++;
  const from = Math.max(0, start - 20);
  const cut = (text: string): string => `${from > 0 ? '...' : ''}${preview(text.slice(from))}`;
  return [cut(recorded), cut(asked)];
}

type Tree = { readonly [key: string]: Json };

function isTree(value: Json | undefined): value is Tree {
  return isObject(value) || Array.isArray(value);
}

function at(tree: Tree, key: string): Json | undefined {
  return Object.hasOwn(tree, key) ? tree[key] : undefined;
}
