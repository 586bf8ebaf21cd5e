/** A set of seats as bits: seat 3 is bit 3. There are at most twenty seats, so a set is one small whole number. */
export type Seats = number;

/** Numbers below this are all kept, and as many above it: the sets of twelve seats, and the more common larger ones. */
const KEPT = 4096;

/**
 * Remembers what `make` gives for a number. Of large numbers it forgets everything once it holds many, so that a table
 * of twenty seats with its million sets cannot fill the memory.
 */
export function remember<V>(make: (key: number) => V): (key: number) => V {
  const small = new Array<V | undefined>(KEPT);
  const large = new Map<number, V>();
  return (key) => {
    const known = key < KEPT ? small[key] : large.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    if (key < KEPT) small[key] = value;
    else {
      if (large.size >= KEPT) large.clear();
      large.set(key, value);
    }
    return value;
  };
}

export function everyone(count: number): Seats {
  return (1 << count) - 1;
}

export function one(seat: number): Seats {
  return 1 << seat;
}

export function has(set: Seats, seat: number): boolean {
  return ((set >> seat) & 1) === 1;
}

export function without(set: Seats, seat: number): Seats {
  return set & ~(1 << seat);
}

/** The seats of a set in order. */
export const list: (set: Seats) => readonly number[] = remember((set) => {
  const seats: number[] = [];
  for (let seat = 0; set >> seat !== 0; seat++) if (has(set, seat)) seats.push(seat);
  return seats;
});

export function size(set: Seats): number {
  let count = 0;
  for (let left = set; left !== 0; left &= left - 1) count++;
  return count;
}

/** The seat with the highest number; only of a set with somebody in it. */
export function last(set: Seats): number {
  return 31 - Math.clz32(set);
}

/** The seats that hold the largest value; the empty set when nobody holds any. */
export function largest(values: Iterable<readonly [number, number]>): Seats {
  let most = Number.NEGATIVE_INFINITY;
  let set = 0;
  for (const [seat, value] of values) {
    if (value > most) {
      most = value;
      set = 0;
    }
    if (value === most) set |= one(seat);
  }
  return set;
}
