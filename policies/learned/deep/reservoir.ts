import type { Rng } from '../../../src/core/rng.js';

/** How many rows are made room for at first. */
const FIRST = 4096;

/**
 * A uniform sample of everything ever added, in at most `capacity` rows of `width` numbers.
 * SEE: J. Vitter, "Random sampling with a reservoir", 1985, algorithm R.
 */
export class Reservoir {
  readonly width: number;
  readonly capacity: number;
  #rows: Float32Array;
  #size = 0;
  #seen = 0;

  constructor(width: number, capacity: number) {
    this.width = width;
    this.capacity = capacity;
    this.#rows = new Float32Array(width * Math.min(FIRST, capacity));
  }

  /** How many rows are kept. */
  get size(): number {
    return this.#size;
  }

  /** How many rows were ever added. */
  get seen(): number {
    return this.#seen;
  }

  /** A row to be filled by the caller: all zero, or null when the draw leaves this one out. */
  add(rng: Rng): Float32Array | null {
    this.#seen++;
    if (this.#size < this.capacity) return this.#row(this.#size++).fill(0);
    const at = rng.below(this.#seen);
    return at < this.capacity ? this.row(at).fill(0) : null;
  }

  /** The numbers of a row, as they stand in the memory: not a copy. */
  row(index: number): Float32Array {
    return this.#rows.subarray(index * this.width, (index + 1) * this.width);
  }

  /** Copies numbers of a row, from column `from` to before `to`. NOTE: a loop, since a view for each row costs more. */
  copy(index: number, from: number, to: number, target: Float32Array, at: number): void {
    const rows = this.#rows;
    const start = index * this.width;
    const shift = at - start - from;
    for (let i = start + from; i < start + to; i++) target[i + shift] = rows[i] as number;
  }

  /** The kept rows one after another. */
  bytes(): Uint8Array {
    const kept = this.#rows.subarray(0, this.#size * this.width);
    return new Uint8Array(kept.buffer, kept.byteOffset, kept.byteLength).slice();
  }

  restore(bytes: Uint8Array, seen: number): void {
    this.#rows = new Float32Array(bytes.slice().buffer);
    this.#size = this.#rows.length / this.width;
    this.#seen = seen;
  }

  #row(index: number): Float32Array {
    const wanted = (index + 1) * this.width;
    if (wanted > this.#rows.length) {
      const most = this.capacity * this.width;
      const grown = new Float32Array(Math.min(most, Math.max(2 * this.#rows.length, FIRST * this.width)));
      grown.set(this.#rows);
      this.#rows = grown;
    }
    return this.row(index);
  }
}
