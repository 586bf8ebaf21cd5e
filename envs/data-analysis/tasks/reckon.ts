/**
 * What right answers are worked out with. It shares no code with the kit of the sandbox, so that a fault of one is no
 * fault of the other.
 */
export function total(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

export function average(values: readonly number[]): number {
  return total(values) / values.length;
}

/** The sum of products of two lists less what their means account for. */
function cross(xs: readonly number[], ys: readonly number[]): number {
  const middle = average(ys);
  return total(xs.map((x, i) => x * ((ys[i] as number) - middle)));
}

/** Sample variance. */
export function spread(values: readonly number[]): number {
  return cross(values, values) / (values.length - 1);
}

export function slopeOf(xs: readonly number[], ys: readonly number[]): number {
  return cross(xs, ys) / cross(xs, xs);
}

export function interceptOf(xs: readonly number[], ys: readonly number[]): number {
  return average(ys) - slopeOf(xs, ys) * average(xs);
}

export function likeness(xs: readonly number[], ys: readonly number[]): number {
  return cross(xs, ys) / Math.sqrt(cross(xs, xs) * cross(ys, ys));
}

/** The value at a share of the sorted list, straight lines between neighbours. */
export function atShare(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place % 1);
}

/** The sums of a number by a name, largest first. */
export function sums<R>(rows: readonly R[], name: (row: R) => string, value: (row: R) => number): [string, number][] {
  const found = new Map<string, number>();
  for (const row of rows) found.set(name(row), (found.get(name(row)) ?? 0) + value(row));
  return [...found].sort(([, a], [, b]) => b - a);
}

/** Leaves missing values out. */
export function there(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}
