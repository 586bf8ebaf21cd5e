/** An array of a cache, row by row: [1, heads, tokens, size]. */
export interface CachedArray {
  readonly dims: readonly number[];
  readonly data: { readonly byteLength: number; readonly length: number };
}

/** What a decoder computed for a sequence of tokens: keys and values by name, one place a token. Never changed. */
export interface Prefix<A extends CachedArray> {
  readonly ids: readonly number[];
  readonly past: { readonly [name: string]: A };
}

/** What `Prefixes` may hold, in bytes, where nothing else is said. */
const USUAL_BYTES = 256 * 2 ** 20;

/**
 * What a decoder has read lately, so that the next turn of a conversation reads only what is new in it. Several
 * conversations may take turns: the oldest is dropped when there is no more room.
 */
export class Prefixes<A extends CachedArray> {
  readonly #cut: (array: A, tokens: number) => A;
  readonly #most: number;
  #kept: readonly { readonly prefix: Prefix<A>; readonly bytes: number }[] = [];

  /** @param cut an array's first so many tokens, copied */
  constructor(cut: (array: A, tokens: number) => A, most = USUAL_BYTES) {
    this.#cut = cut;
    this.#most = most;
  }

  /** The longest beginning of a prompt that has been read, and at least one token less; null where there is none. */
  find(prompt: readonly number[]): Prefix<A> | null {
    let best: { prefix: Prefix<A>; length: number } | null = null;
    for (const { prefix } of this.#kept) {
      const length = Math.min(shared(prefix.ids, prompt), prompt.length - 1);
      if (length > (best?.length ?? 0)) best = { prefix, length };
    }
    if (best === null || best.length === best.prefix.ids.length) return best?.prefix ?? null;
    const { length } = best;
    const past = Object.entries(best.prefix.past).map(([name, array]) => [name, this.#cut(array, length)] as const);
    return { ids: prompt.slice(0, length), past: Object.fromEntries(past) };
  }

  /** Keeps a sequence in place of those it goes on from. */
  keep(prefix: Prefix<A>): void {
    const bytes = Object.values(prefix.past).reduce((sum, { data }) => sum + data.byteLength, 0);
    const others = this.#kept.filter(({ prefix: { ids } }) => shared(ids, prefix.ids) < ids.length);
    let room = this.#most;
    this.#kept = [{ prefix, bytes }, ...others].filter((one) => {
      room -= one.bytes;
      return room >= 0;
    });
  }
}

/** With how many equal ids two sequences begin. */
function shared(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  let same = 0;
  while (same < length && a[same] === b[same]) same++;
  return same;
}

/** An array's first so many tokens, copied: [1, heads, tokens, size] of any kind of numbers. */
export function firstTokens<T extends Copied<T>>(data: T, dims: readonly number[], tokens: number) {
  const [, heads = 0, before = 0, size = 0] = dims;
  const kept = data.slice(0, heads * tokens * size);
  for (let head = 0; head < heads; head++) {
    const from = head * before * size;
    kept.set(data.subarray(from, from + tokens * size), head * tokens * size);
  }
  return { data: kept, dims: [1, heads, tokens, size] };
}

/** The part of a typed array that copying takes. */
interface Copied<T> {
  slice(from: number, to: number): T;
  subarray(from: number, to: number): T;
  set(from: T, at: number): void;
}
