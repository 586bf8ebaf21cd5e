const EDGE = 3;

/** A hash table of edges (from, symbol) -> to on one typed array, open addressing, at most half full. */
export class Edges {
  /** Three numbers a slot; `to` + 1, so that 0 is empty. */
  #slots = new Int32Array(EDGE * 1024);
  #mask = 1023;
  #count = 0;

  /** Where the edge leads, or -1. */
  find(from: number, symbol: number): number {
    return (this.#slots[this.#slot(from, symbol) + 2] as number) - 1;
  }

  add(from: number, symbol: number, to: number): void {
    if (++this.#count * 2 > this.#mask) this.#grow();
    this.#put(from, symbol, to + 1);
  }

  #put(from: number, symbol: number, mark: number): void {
    const slot = this.#slot(from, symbol);
    this.#slots[slot] = from;
    this.#slots[slot + 1] = symbol;
    this.#slots[slot + 2] = mark;
  }

  /** The slot that holds the edge, or the empty one where it belongs. */
  #slot(from: number, symbol: number): number {
    const slots = this.#slots;
    let hash = Math.imul(from, 0x9e3779b1) ^ Math.imul(symbol + 1, 0x85ebca6b);
    hash ^= hash >>> 15;
    for (let at = hash & this.#mask; ; at = (at + 1) & this.#mask) {
      const slot = EDGE * at;
      if (slots[slot + 2] === 0 || (slots[slot] === from && slots[slot + 1] === symbol)) return slot;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#mask = 2 * this.#mask + 1;
    this.#slots = new Int32Array(EDGE * (this.#mask + 1));
    for (let slot = 0; slot < old.length; slot += EDGE) {
      const mark = old[slot + 2] as number;
      if (mark !== 0) this.#put(old[slot] as number, old[slot + 1] as number, mark);
    }
  }
}
