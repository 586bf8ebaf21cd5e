/** Two neighbouring tokens as one number, in the order of the left one, then the right one. Ids stay below 2^26. */
export function pairOf(left: number, right: number): number {
  return left * SHIFT + right;
}

export function leftOf(pair: number): number {
  return Math.floor(pair / SHIFT);
}

export function rightOf(pair: number): number {
  return pair % SHIFT;
}

const SHIFT = 0x4000000;

/** The same tokens with each occurrence of a pair, read from the left, made one. */
export function joined(tokens: readonly number[], left: number, right: number, whole: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const found = tokens[i] === left && tokens[i + 1] === right;
    out.push(found ? whole : (tokens[i] as number));
    if (found) i++;
  }
  return out;
}

/** Pairs by count, the most frequent first, and the smaller pair first where counts are equal: a binary heap. */
export class PairQueue {
  readonly #pairs: number[] = [];
  readonly #counts: number[] = [];

  push(pair: number, count: number): void {
    let at = this.#pairs.length;
    for (let up = (at - 1) >> 1; at > 0 && this.#loses(up, pair, count); up = (at - 1) >> 1) {
      this.#move(up, at);
      at = up;
    }
    this.#pairs[at] = pair;
    this.#counts[at] = count;
  }

  pop(): { pair: number; count: number } | null {
    const [pair, count] = [this.#pairs[0], this.#counts[0]];
    if (pair === undefined || count === undefined) return null;
    this.#sink(this.#pairs.pop() as number, this.#counts.pop() as number);
    return { pair, count };
  }

  /** Puts the last entry where the first one was, and lets it sink to its place. */
  #sink(pair: number, count: number): void {
    const size = this.#pairs.length;
    if (size === 0) return;
    let at = 0;
    for (let down = 1; down < size; down = 2 * at + 1) {
      if (down + 1 < size && this.#loses(down, this.#pairs[down + 1] as number, this.#counts[down + 1] as number))
        down++;
      if (this.#loses(down, pair, count)) break;
      this.#move(down, at);
      at = down;
    }
    this.#pairs[at] = pair;
    this.#counts[at] = count;
  }

  #loses(at: number, pair: number, count: number): boolean {
    const own = this.#counts[at] as number;
    return own < count || (own === count && (this.#pairs[at] as number) > pair);
  }

  #move(from: number, to: number): void {
    this.#pairs[to] = this.#pairs[from] as number;
    this.#counts[to] = this.#counts[from] as number;
  }
}
