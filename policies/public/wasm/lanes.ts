import type { Body, VectorInstruction } from './assembler.js';

/** How numbers stand in a vector of 16 bytes. */
export type Precision = 'f64' | 'f32';

const SHAPES = { f64: 'f64x2', f32: 'f32x4' } as const;
type Operation = 'add' | 'sub' | 'mul' | 'div' | 'gt' | 'abs' | 'splat';

/** The numbers of one situation's hands, as the locals that hold them: a few to each, the last filled up with empty ones. */
export type Hands = readonly number[];

/** No hand: where a vector is put together from others, a lane that stays 0. */
export const NONE = -1;

/** Arithmetic on hands, written into the body of a function. */
export class Lanes {
  readonly body: Body;
  readonly precision: Precision;
  readonly width: number;
  readonly #bytes: number;
  /** Made when first needed: numbers known now in all lanes, and by local and lane one hand's number in all lanes. */
  readonly #same = new Map<number, number>();
  readonly #spread = new Map<string, number>();

  constructor(body: Body, precision: Precision) {
    this.body = body;
    this.precision = precision;
    this.width = widthOf(precision);
    this.#bytes = 16 / this.width;
  }

  /** How many locals it takes to hold so many hands. */
  count(hands: number): number {
    return Math.ceil(hands / this.width);
  }

  /** Keeps what `write` leaves on the stack. */
  keep(write: () => void): number {
    write();
    const local = this.body.local();
    this.body.set(local);
    return local;
  }

  /** An operation of the instruction set on what is on the stack. */
  on(operation: Operation): void {
    this.body.vector(`${SHAPES[this.precision]}.${operation}` as VectorInstruction);
  }

  /** The same number, known now, in all lanes. */
  same(value: number): number {
    let known = this.#same.get(value);
    if (known === undefined) {
      known = this.keep(() => this.values(new Array<number>(this.width).fill(value)));
      this.#same.set(value, known);
    }
    return known;
  }

  /** Puts known numbers on the stack; lanes that are not given are 0. */
  values(values: readonly number[]): void {
    const numbers = this.precision === 'f64' ? new Float64Array(2) : new Float32Array(4);
    numbers.set(values);
    this.body.constant(new Uint8Array(numbers.buffer));
  }

  zero(): number {
    return this.same(0);
  }

  binary(operation: Operation, x: Hands, y: Hands): Hands {
    return x.map((local, at) =>
      this.keep(() => {
        this.body.get(local);
        this.body.get(y[at] as number);
        this.on(operation);
      }),
    );
  }

  /** One hand's number in all lanes. */
  spread(hands: Hands, hand: number): number {
    const local = hands[Math.floor(hand / this.width)] as number;
    const lane = hand % this.width;
    const key = `${local} ${lane}`;
    let known = this.#spread.get(key);
    if (known === undefined) {
      known = this.#shuffled(local, local, new Array<number>(this.width).fill(lane));
      this.#spread.set(key, known);
    }
    return known;
  }

  /** Hands put together anew: entry `i` is what entry `from[i]` was, 0 for `NONE`. */
  gathered(hands: Hands, from: readonly number[]): Hands {
    return Array.from({ length: this.count(from.length) }, (_, at) => {
      const entries = Array.from({ length: this.width }, (_, lane) => from[at * this.width + lane] ?? NONE);
      return this.#vectorOf(hands, entries);
    });
  }

  /** One vector with the given entries: they may stand in several, which are mixed in one after another. */
  #vectorOf(hands: Hands, entries: readonly number[]): number {
    const local = (entry: number) => (entry === NONE ? this.zero() : (hands[Math.floor(entry / this.width)] as number));
    const sources = [...new Set(entries.map(local))];
    const [first, ...rest] = sources as [number, ...number[]];
    const places = entries.map((entry) => Math.max(entry, 0) % this.width);
    if (rest.length === 0 && places.every((place, lane) => place === lane)) return first;
    if (rest.length === 0) return this.#shuffled(first, first, places);
    const [second, ...others] = rest as [number, ...number[]];
    const put = entries.map((entry, lane) => (places[lane] as number) + (local(entry) === second ? this.width : 0));
    const start = this.#shuffled(first, second, put);
    return others.reduce((mixed, source) => {
      const lanes = entries.map((entry, lane) =>
        local(entry) === source ? this.width + (places[lane] as number) : lane,
      );
      return this.#shuffled(mixed, source, lanes);
    }, start);
  }

  /** Lanes picked from two vectors: those of the second count on from the first. */
  #shuffled(x: number, y: number, lanes: readonly number[]): number {
    return this.keep(() => {
      this.body.get(x);
      this.body.get(y);
      this.body.shuffle(
        lanes.flatMap((lane) => Array.from({ length: this.#bytes }, (_, byte) => lane * this.#bytes + byte)),
      );
    });
  }
}

/** How many numbers stand in one vector. */
export function widthOf(precision: Precision): number {
  return precision === 'f64' ? 2 : 4;
}
