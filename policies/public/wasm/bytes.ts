/** Bytes written one after another, in an array that grows. */
export class Bytes {
  #bytes = new Uint8Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = value;
  }

  all(values: ArrayLike<number>): void {
    if (this.#length + values.length > this.#bytes.length) this.#grow(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
  }

  /** A number from 0 on in base 128, lowest digit first (LEB128). */
  unsigned(value: number): void {
    let left = value;
    while (left >= 128) {
      this.byte((left % 128) + 128);
      left = Math.floor(left / 128);
    }
    this.byte(left);
  }

  /** The same with a sign, which is bit 6 of the last digit; up to 32 bits. */
  signed(value: number): void {
    let left = value;
    while (left < -64 || left > 63) {
      this.byte((left & 127) + 128);
      left >>= 7;
    }
    this.byte(left & 127);
  }

  /** A section of a module: its number, its length, what it holds. */
  section(id: number, content: Uint8Array): void {
    this.byte(id);
    this.unsigned(content.length);
    this.all(content);
  }

  /** What was written so far. */
  taken(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(by: number): void {
    const larger = new Uint8Array(2 * (this.#length + by));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
