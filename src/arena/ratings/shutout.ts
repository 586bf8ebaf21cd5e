import { metOf, type PairTable } from './pair-table.js';
import type { Reach } from './reach.js';

const FARTHEST = 60;

/**
 * How much nearer to those it shut out a set of items could be, in natural units, before a clean sweep would be rarer
 * than `tail`. The set is all that chains of wins bind to the item both ways; what it shut out reaches it by none.
 * @param side 1: it won everything; -1: it lost everything
 */
export function shutoutShift(
  item: number,
  side: 1 | -1,
  { table, reach, theta, tail }: { table: PairTable; reach: Reach; theta: Float64Array; tail: number },
): number {
  const indices = table.wins.map((_, index) => index);
  const set = indices.filter((index) => reach.both(index, item));
  const against = indices.filter((index) => !(side === 1 ? reach.has(index, item) : reach.has(item, index)));
  const sweep = (shift: number): number => {
    let log = 0;
    for (const one of set) {
      for (const other of against) {
        const gap = side * ((theta[one] as number) - (theta[other] as number)) - shift;
        log -= metOf(table, one, other) * Math.log1p(Math.exp(-gap));
      }
    }
    return log;
  };
  let [low, high] = [0, FARTHEST];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (sweep(middle) > Math.log(tail)) low = middle;
    else high = middle;
  }
  return low;
}
