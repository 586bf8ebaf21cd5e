import { lanes } from './json.js';

/** The whole state of a generator: four unsigned 32-bit words, plain JSON. */
export type RngState = readonly [number, number, number, number];

/**
 * A seeded random generator: xoshiro128** 1.1.
 * SEE: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", 2021; prng.di.unimi.it.
 */
export class Rng {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** @param state four 32-bit words, not all zero. @throws RangeError */
  constructor(state: RngState) {
    const [a, b, c, d] = state;
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    this.#d = d | 0;
    if ((this.#a | this.#b | this.#c | this.#d) === 0) throw new RangeError('a generator state cannot be all zero');
  }

  /** Goes on from a state, whoever holds this generator. */
  restore(state: RngState): void {
    const other = new Rng(state);
    this.#a = other.#a;
    this.#b = other.#b;
    this.#c = other.#c;
    this.#d = other.#d;
  }

  /** The state to continue from later: `new Rng(rng.state())` draws what this generator would draw next. */
  state(): RngState {
    return [this.#a >>> 0, this.#b >>> 0, this.#c >>> 0, this.#d >>> 0];
  }

  /** Whether it stands at a state: nothing was drawn since. */
  isAt([a, b, c, d]: RngState): boolean {
    return this.#a === (a | 0) && this.#b === (b | 0) && this.#c === (c | 0) && this.#d === (d | 0);
  }

  /** The next unsigned 32-bit integer. */
  next(): number {
    const product = Math.imul(this.#b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** A number in [0, 1) with 53 random bits. */
  float(): number {
    return ((this.next() >>> 5) * 67108864 + (this.next() >>> 6)) / 9007199254740992;
  }

  /** A whole number in [0, n), each equally likely; n from 1 to 2^32. Draws again rather than favour small numbers. */
  below(n: number): number {
    if (!(n >= 1 && n <= 4294967296 && Number.isInteger(n)))
      throw new RangeError(`below(n) takes a whole number from 1 to 2^32, not ${n}`);
    let drawn = this.next();
    // NOTE: only numbers from `fair` on are unfair, and `fair` lies in the last n, so it is rarely worked out.
    if (drawn >= 4294967296 - n) {
      const fair = 4294967296 - (4294967296 % n);
      while (drawn >= fair) drawn = this.next();
    }
    // NOTE: `drawn % n` without the slow remainder of doubles; exact, since both are below 2^53.
    return drawn - n * Math.floor(drawn / n);
  }

  /** One item of a non-empty list, each equally likely. @throws RangeError on an empty one */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** A new list with the same items in an order drawn uniformly (Fisher-Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const list = [...items];
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [list[i], list[j]] = [list[j] as T, list[i] as T];
    }
    return list;
  }

  /** One value of a list of [value, probability]; the probabilities add up to 1 and rounding goes to the last. */
  weighted<T>(outcomes: readonly (readonly [T, number])[]): T {
    let left = this.float();
    for (const [value, probability] of outcomes) {
      left -= probability;
      if (left < 0) return value;
    }
    return (outcomes[outcomes.length - 1] as readonly [T, number])[0];
  }
}

/** What seeds an episode: a whole number up to 2^53 - 1, or any text. `7` and `"7"` are the same seed. */
export type Seed = string | number;

/**
 * A named stream of a seed. Streams of one seed are independent, so what one seat draws never moves another's dice:
 * the loop uses `chance`, and for each seat one that it draws from and one that substitutes for it are drawn from.
 */
export function stream(seed: Seed, label: string): Rng {
  const name = `${seed}\u0000${label}`;
  const [a, b] = lanes(name);
  const [c, d] = lanes(`${name}\u0000`);
  return new Rng([a | 1, b, c, d]);
}

/** The seed of one episode of a batch: `7/12` is episode 12 of the batch seeded 7. */
export function episodeSeed(seed: Seed, index: number): string {
  return `${seed}/${index}`;
}
