import { lanes } from '../../src/core/json.js';

const EMPTY = -1;

/**
 * Numbers texts in the order they are first met, keeping 64 bits of each instead of the text: 16 to 32 bytes a text with
 * the room to grow, so that millions can be told apart in memory. Two of n texts are taken for one with probability n^2 / 2^65.
 */
export class Fingerprints {
  #size = 0;
  #keys = new Int32Array(2 * 1024);
  #slots = new Int32Array(2048).fill(EMPTY);

  /** How many different texts there were. */
  get size(): number {
    return this.#size;
  }

  /** The number of a text; a new one when it was never met. */
  add(text: string): number {
    const [a, b] = lanes(text);
    const slot = this.#slotOf(a, b);
    const known = this.#slots[slot] as number;
    if (known !== EMPTY) return known;
    const fresh = this.#size++;
    this.#slots[slot] = fresh;
    if (2 * fresh >= this.#keys.length) this.#keys = grown(this.#keys);
    this.#keys[2 * fresh] = a;
    this.#keys[2 * fresh + 1] = b;
    if (2 * this.#size > this.#slots.length) this.#rehash();
    return fresh;
  }

  /** Adds a text, and says whether it was never met before. */
  isNew(text: string): boolean {
    const before = this.#size;
    return this.add(text) === before;
  }

  has(text: string): boolean {
    const [a, b] = lanes(text);
    return this.#slots[this.#slotOf(a, b)] !== EMPTY;
  }

  /** Where a key stands, or the empty slot where it would. */
  #slotOf(a: number, b: number): number {
    const last = this.#slots.length - 1;
    for (let slot = a & last; ; slot = (slot + 1) & last) {
      const id = this.#slots[slot] as number;
      if (id === EMPTY || (this.#keys[2 * id] === a && this.#keys[2 * id + 1] === b)) return slot;
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(2 * this.#slots.length).fill(EMPTY);
    for (let id = 0; id < this.#size; id++) {
      this.#slots[this.#slotOf(this.#keys[2 * id] as number, this.#keys[2 * id + 1] as number)] = id;
    }
  }
}

function grown(keys: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * keys.length);
  larger.set(keys);
  return larger;
}
