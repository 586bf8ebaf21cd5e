import type { Outcomes } from '../../src/core/environment.js';

/** Amounts of each kind of item, in the order of the configuration. Also values of one item of each kind. */
export type Amounts = readonly number[];

/** The part of a configuration that decides which values can be dealt. */
export interface Worth {
  readonly items: { readonly [item: string]: number };
  readonly total: number;
  readonly most: number;
}

/** Every list of values, 0 to `most` for one item of each kind, under which all items together are worth `total`. */
export function valuations({ items, total, most }: Worth): Amounts[] {
  const counts = Object.values(items);
  const extend = (at: number, left: number): number[][] => {
    const count = counts[at];
    if (count === undefined) return left === 0 ? [[]] : [];
    const highest = Math.min(most, Math.floor(left / count));
    const found: number[][] = [];
    for (let value = 0; value <= highest; value++) {
      for (const rest of extend(at + 1, left - value * count)) found.push([value, ...rest]);
    }
    return found;
  };
  return extend(0, total);
}

/**
 * Whether two seats may hold these values: every kind of item is worth something to one of them, and one to both.
 * SEE: Lewis et al., "Deal or No Deal? End-to-End Learning for Negotiation Dialogues" (arXiv 1706.05125), section 2.
 */
export function together(first: Amounts, second: Amounts): boolean {
  let shared = false;
  for (let at = 0; at < first.length; at++) {
    const a = first[at] as number;
    const b = second[at] as number;
    if (a === 0 && b === 0) return false;
    if (a > 0 && b > 0) shared = true;
  }
  return shared;
}

/** Whether there is any pair of values to deal. */
export function dealable(worth: Worth): boolean {
  return firstDeal(worth).length > 0;
}

/** What chance may deal next: to the first seat whatever can be answered, to the second whatever goes with the first. */
export function deals(worth: Worth, dealt: readonly Amounts[]): Outcomes {
  const [first] = dealt;
  const key = `${JSON.stringify(worth.items)} ${worth.total} ${worth.most} ${first?.join() ?? ''}`;
  let known = made.get(key);
  if (known === undefined) {
    const left = first === undefined ? firstDeal(worth) : valuations(worth).filter((second) => together(first, second));
    known = left.map((values) => [values, 1 / left.length] as const);
    made.set(key, known);
  }
  return known;
}

/** NOTE: listing all values costs far more than a step, and there is one list for each first deal. */
const made = new Map<string, Outcomes>();

function firstDeal(worth: Worth): Amounts[] {
  const all = valuations(worth);
  return all.filter((first) => all.some((second) => together(first, second)));
}

/** What amounts of items are worth at these values. */
export function worthOf(values: Amounts, amounts: Amounts): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += (values[at] as number) * (amounts[at] as number);
  return sum;
}

/** What is left of the items after some are taken. */
export function restOf(items: { readonly [item: string]: number }, take: Amounts): Amounts {
  return Object.values(items).map((count, at) => count - (take[at] as number));
}

/** Amounts by name, as events and forms hold them. */
export function named(
  items: { readonly [item: string]: number },
  amounts: Amounts,
): { readonly [item: string]: number } {
  return Object.fromEntries(Object.keys(items).map((item, at) => [item, amounts[at] as number]));
}

/** Amounts in order; items left out are 0. */
export function amountsOf(
  items: { readonly [item: string]: number },
  take: { readonly [item: string]: number },
): Amounts {
  return Object.keys(items).map((item) => (Object.hasOwn(take, item) ? (take[item] as number) : 0));
}
