import type { PublicTree } from '../public-tree.js';

/**
 * Cuts a public tree into pieces, each for one function: compilers take more than their share of time over long ones,
 * and stop optimising at some length.
 *
 * @param most how many options a piece has at most, unless one situation alone has more
 * @returns by situation: whether a piece starts there
 */
export function cut({ size, options, edge, after }: PublicTree, most: number): Uint8Array {
  const starts = new Uint8Array(size);
  const heavy = new Int32Array(size);
  for (let situation = size - 1; situation >= 0; situation--) {
    const first = edge[situation] as number;
    const past = first + (options[situation] as number);
    const next: number[] = [];
    for (let child = after[first] as number; child < (after[past] as number); child++) next.push(child);
    next.sort((x, y) => (heavy[y] as number) - (heavy[x] as number));
    let total = past - first + next.reduce((sum, child) => sum + (heavy[child] as number), 0);
    for (const child of next) {
      if (total <= most) break;
      starts[child] = 1;
      total -= heavy[child] as number;
    }
    heavy[situation] = total;
  }
  return starts;
}
