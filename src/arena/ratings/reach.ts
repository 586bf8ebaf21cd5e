/** Who took something from whom, directly or by a chain: bounds between ratings rest on it. */
export class Reach {
  readonly #reached: readonly ReadonlySet<number>[];

  /** @param size number of items @param edges [from, to]: `from` won or drew against `to` */
  constructor(size: number, edges: Iterable<readonly [number, number]>) {
    const next = Array.from({ length: size }, () => new Set<number>());
    for (const [from, to] of edges) next[from]?.add(to);
    this.#reached = next.map((_, start) => walk(start, next));
  }

  /** Whether a chain of wins leads from one to the other; everybody reaches itself. */
  has(from: number, to: number): boolean {
    return this.#reached[from]?.has(to) === true;
  }

  /** Whether chains lead both ways, so that the distance of the two has a finite estimate. */
  both(one: number, other: number): boolean {
    return this.has(one, other) && this.has(other, one);
  }

  /** Items that met, directly or through others: the number of the part of each. Ratings compare within a part only. */
  parts(): number[] {
    const size = this.#reached.length;
    const near = Array.from({ length: size }, () => new Set<number>());
    for (const [from, reached] of this.#reached.entries()) {
      for (const to of reached) {
        near[from]?.add(to);
        near[to]?.add(from);
      }
    }
    const parts = new Array<number>(size).fill(-1);
    let count = 0;
    for (let start = 0; start < size; start++) {
      if (parts[start] !== -1) continue;
      for (const item of walk(start, near)) parts[item] = count;
      count++;
    }
    return parts;
  }
}

function walk(start: number, next: readonly ReadonlySet<number>[]): Set<number> {
  const seen = new Set([start]);
  for (const item of seen) for (const to of next[item] ?? []) seen.add(to);
  return seen;
}
