import type { Rng } from '../../../src/core/rng.js';
import { CHANCE, type GameTree, type Profile, TERMINAL } from '../../tree/game-tree.js';
import { endings } from './histories.js';
import { unit } from './sampling.js';

/** A tree laid out for lines of play through it. */
export interface SampledTree {
  readonly seats: number;
  readonly actor: Int8Array;
  readonly first: Int32Array;
  readonly children: Int32Array;
  /** By history: the number of the first action of its information state; 0 where nobody decides. */
  readonly start: Int32Array;
  /** By history: the probability that chance goes there or to a sister before it. */
  readonly rising: Float64Array;
  /** By seat and history: what the seat gets at an end. */
  readonly paid: readonly Float64Array[];
  /** The most options of a decision, and the most moves of a line of play. */
  readonly width: number;
  readonly depth: number;
}

export function sampledTree(tree: GameTree): SampledTree {
  const { seats, actor, first, children, at, states } = tree;
  const start = at.map((state, node) => ((actor[node] as number) >= 0 ? (states.offset[state] as number) : 0));
  const paid = Array.from({ length: seats }, (_, seat) => endings(tree, seat));
  let width = 1;
  for (let node = 0; node < tree.size; node++) width = Math.max(width, children[node] as number);
  return { seats, actor, first, children, start, rising: risingOf(tree), paid, width, depth: depthOf(tree) };
}

/** Which child chance goes to. */
export function luck({ first, children, rising }: SampledTree, node: number, rng: Rng): number {
  const drawn = unit(rng);
  let child = first[node] as number;
  const last = child + (children[node] as number) - 1;
  while (child < last && drawn >= (rising[child] as number)) child++;
  return child;
}

/** How much regret a state has above 0, over its `count` actions from `start`. */
export function positiveRegret(regrets: Profile, start: number, count: number): number {
  let total = 0;
  for (let j = start; j < start + count; j++) {
    const regret = regrets[j] as number;
    if (regret > 0) total += regret;
  }
  return total;
}

/** Which of the actions regret matching plays. */
export function draw(regrets: Profile, start: number, count: number, total: number, rng: Rng): number {
  const drawn = unit(rng);
  if (total <= 0) return Math.floor(drawn * count);
  let left = drawn * total;
  let picked = 0;
  for (let i = 0; i < count; i++) {
    const regret = regrets[start + i] as number;
    if (regret <= 0) continue;
    picked = i;
    left -= regret;
    if (left < 0) break;
  }
  return picked;
}

/** Adds what regret matching plays to the sums. */
export function note(regrets: Profile, sums: Profile, start: number, count: number, total: number): void {
  if (total <= 0) {
    const even = 1 / count;
    for (let j = start; j < start + count; j++) sums[j] = (sums[j] as number) + even;
    return;
  }
  const scale = 1 / total;
  for (let j = start; j < start + count; j++) {
    const regret = regrets[j] as number;
    if (regret > 0) sums[j] = (sums[j] as number) + regret * scale;
  }
}

/**
 * One line of play in which a seat follows its strategy and the others pick evenly; the seat's strategies on the way are
 * added to its average.
 * NOTE: so a state is met as often as the seat's own moves lead there, times a factor that never changes. Counting visits
 * of play among strategies would also follow the others' changing minds, which the average must not (Lanctot et al.
 * 2009, section 2.2, weigh by the seat's own probability alone).
 */
export function noteLine(tree: SampledTree, seat: number, regrets: Profile, sums: Profile, rng: Rng): void {
  const { actor, first, children, start } = tree;
  let node = 0;
  for (let mover = actor[0] as number; mover !== TERMINAL; mover = actor[node] as number) {
    if (mover === CHANCE) {
      node = luck(tree, node, rng);
      continue;
    }
    const count = children[node] as number;
    const from = start[node] as number;
    if (mover !== seat) node = (first[node] as number) + Math.floor(unit(rng) * count);
    else {
      const total = positiveRegret(regrets, from, count);
      note(regrets, sums, from, count, total);
      node = (first[node] as number) + draw(regrets, from, count, total, rng);
    }
  }
}

function risingOf({ size, actor, first, children, chance }: GameTree): Float64Array {
  const rising = new Float64Array(size);
  for (let node = 0; node < size; node++) {
    if (actor[node] !== CHANCE) continue;
    const from = first[node] as number;
    let sum = 0;
    for (let child = from; child < from + (children[node] as number); child++) {
      sum += chance[child] as number;
      rising[child] = sum;
    }
  }
  return rising;
}

function depthOf({ size, first, children }: GameTree): number {
  const depth = new Uint16Array(size);
  let most = 0;
  for (let node = 0; node < size; node++) {
    const own = depth[node] as number;
    if (own > most) most = own;
    const from = first[node] as number;
    depth.fill(own + 1, from, from + (children[node] as number));
  }
  return most;
}
