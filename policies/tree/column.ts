type Numbers = Int8Array | Int16Array | Int32Array | Float64Array;

/** A list of numbers in a typed array that doubles as it fills up. */
export class Column<T extends Numbers> {
  #items: T;
  #length = 0;
  readonly #make: (length: number) => T;

  constructor(make: (length: number) => T, room = 1024) {
    this.#make = make;
    this.#items = make(room);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#items.length) this.#grow();
    this.#items[this.#length++] = value;
  }

  get(index: number): number {
    return this.#items[index] as number;
  }

  set(index: number, value: number): void {
    this.#items[index] = value;
  }

  /** What it holds, without a copy: later pushes may or may not show in it. */
  done(): T {
    return this.#items.subarray(0, this.#length) as T;
  }

  #grow(): void {
    const larger = this.#make(this.#items.length * 2);
    larger.set(this.#items);
    this.#items = larger;
  }
}

export const bytes = (length: number): Int8Array => new Int8Array(length);
export const shorts = (length: number): Int16Array => new Int16Array(length);
export const ints = (length: number): Int32Array => new Int32Array(length);
export const floats = (length: number): Float64Array => new Float64Array(length);
