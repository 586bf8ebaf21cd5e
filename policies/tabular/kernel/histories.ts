import { CHANCE, type GameTree, TERMINAL } from '../../tree/game-tree.js';
import type { Tables } from './tables.js';

/** Fills `fresh` of the tables with the counterfactual regrets of a seat, all seats playing the strategy. */
export type Pass = (seat: number) => void;

/**
 * The plain pass over all histories, for any number of seats and any returns: forward the probability that chance and
 * the other seats lead to each history, backward the seat's expected return from it.
 * SEE: Zinkevich et al. 2007, equations 5 to 8.
 */
export function historyPass(tree: GameTree, { strategy, fresh }: Tables): Pass {
  const inner = innerOf(tree);
  const start = actionStarts(tree, inner);
  const reach = new Float64Array(tree.size);
  const values = Array.from({ length: tree.seats }, (_, seat) => endings(tree, seat));
  reach[0] = 1;
  return (seat) => {
    spread(tree, inner, start, seat, strategy, reach);
    gather(tree, inner, start, seat, strategy, reach, values[seat] as Float64Array, fresh);
  };
}

/** The histories at which somebody moves. */
function innerOf({ actor, size }: GameTree): Int32Array {
  const inner = new Int32Array(size);
  let count = 0;
  for (let node = 0; node < size; node++) if (actor[node] !== TERMINAL) inner[count++] = node;
  return inner.slice(0, count);
}

/** For each of them the number of the first action of its information state; 0 at chance. */
function actionStarts({ at, states }: GameTree, inner: Int32Array): Int32Array {
  return inner.map((node) => ((at[node] as number) < 0 ? 0 : (states.offset[at[node] as number] as number)));
}

/** By history: what a seat gets at an end, 0 elsewhere. */
export function endings({ actor, at, returns, seats, size }: GameTree, seat: number): Float64Array {
  const values = new Float64Array(size);
  for (let node = 0; node < size; node++) {
    if (actor[node] === TERMINAL) values[node] = returns[(at[node] as number) * seats + seat] as number;
  }
  return values;
}

function spread(
  { actor, first, children, chance }: GameTree,
  inner: Int32Array,
  start: Int32Array,
  seat: number,
  strategy: Float64Array,
  reach: Float64Array,
): void {
  for (let x = 0; x < inner.length; x++) {
    const node = inner[x] as number;
    const mover = actor[node] as number;
    const own = reach[node] as number;
    const from = first[node] as number;
    const end = from + (children[node] as number);
    if (mover === seat) for (let child = from; child < end; child++) reach[child] = own;
    else if (mover === CHANCE)
      for (let child = from; child < end; child++) reach[child] = own * (chance[child] as number);
    else {
      let j = start[x] as number;
      for (let child = from; child < end; child++, j++) reach[child] = own * (strategy[j] as number);
    }
  }
}

function gather(
  { actor, first, children, chance }: GameTree,
  inner: Int32Array,
  start: Int32Array,
  seat: number,
  strategy: Float64Array,
  reach: Float64Array,
  values: Float64Array,
  fresh: Float64Array,
): void {
  for (let x = inner.length - 1; x >= 0; x--) {
    const node = inner[x] as number;
    const mover = actor[node] as number;
    const from = first[node] as number;
    const end = from + (children[node] as number);
    let value = 0;
    if (mover === CHANCE) {
      for (let child = from; child < end; child++) value += (chance[child] as number) * (values[child] as number);
    } else {
      let j = start[x] as number;
      for (let child = from; child < end; child++, j++) value += (strategy[j] as number) * (values[child] as number);
    }
    values[node] = value;
    if (mover !== seat) continue;
    const others = reach[node] as number;
    let j = start[x] as number;
    for (let child = from; child < end; child++, j++) {
      fresh[j] = (fresh[j] as number) + others * ((values[child] as number) - value);
    }
  }
}
