import { UserError } from '../../../src/core/errors.js';
import { type GameTree, TERMINAL } from '../../tree/game-tree.js';
import type { Pass } from './histories.js';
import { chanceReach, playedBy, type Sequences } from './sequences.js';
import type { Tables } from './tables.js';

/**
 * What a seat is paid, as a sparse matrix over its own sequences (rows) and the other seat's (columns): the sum over
 * the endings that both lead to of the seat's return times the probability of chance. Ends that chance alone tells
 * apart have melted into one entry. The entries of row j stand from `start[j]` to `start[j + 1]`.
 */
interface Payoffs {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly amount: Float64Array;
}

/**
 * The pass of two-seat games without visiting histories: the counterfactual value of a sequence is its row of payoffs
 * times the other seat's realisation plan, plus the values of the information states that it leads to.
 * SEE: von Stengel, "Efficient Computation of Behavior Strategies", 1996, for the payoff matrix.
 * @throws UserError when there are not two seats
 */
export function payoffPass(tree: GameTree, sequences: Sequences, tables: Tables): Pass {
  if (tree.seats !== 2) {
    throw new UserError(
      `the road "payoffs" takes games of two seats; ${tree.environment} has ${tree.seats}: take "flat"`,
    );
  }
  const payoffs = payoffsOf(tree, sequences);
  const gained = new Float64Array(sequences.empty + 1);
  return (seat) => evaluate(tree, sequences, seat, payoffs[seat] as Payoffs, tables, gained);
}

/** Later states first, so that what a state is worth is known when the sequence before it is reached. */
function evaluate(
  tree: GameTree,
  { before, order }: Sequences,
  seat: number,
  { start, column, amount }: Payoffs,
  { strategy, plan, fresh }: Tables,
  gained: Float64Array,
): void {
  const { offset } = tree.states;
  const states = order[seat] as Int32Array;
  for (let i = states.length - 1; i >= 0; i--) {
    const state = states[i] as number;
    const from = offset[state] as number;
    const end = offset[state + 1] as number;
    let value = 0;
    for (let j = from; j < end; j++) {
      let worth = gained[j] as number;
      gained[j] = 0;
      const stop = start[j + 1] as number;
      for (let entry = start[j] as number; entry < stop; entry++) {
        worth += (amount[entry] as number) * (plan[column[entry] as number] as number);
      }
      fresh[j] = worth;
      value += (strategy[j] as number) * worth;
    }
    for (let j = from; j < end; j++) fresh[j] = (fresh[j] as number) - value;
    const earlier = before[state] as number;
    gained[earlier] = (gained[earlier] as number) + value;
  }
}

function payoffsOf(tree: GameTree, { empty }: Sequences): readonly Payoffs[] {
  const played = [playedBy(tree, 0), playedBy(tree, 1)] as const;
  const chance = chanceReach(tree);
  return [0, 1].map((seat) => {
    const [own, other] = [played[seat] as Int32Array, played[1 - seat] as Int32Array];
    return rows(empty + 1, entriesOf(tree, seat, own, other, chance, empty + 1));
  });
}

/** Amounts by row times width plus column. */
function entriesOf(
  tree: GameTree,
  seat: number,
  own: Int32Array,
  other: Int32Array,
  chance: Float64Array,
  width: number,
): Map<number, number> {
  const entries = new Map<number, number>();
  for (let node = 0; node < tree.size; node++) {
    if (tree.actor[node] !== TERMINAL) continue;
    const paid = (tree.returns[(tree.at[node] as number) * 2 + seat] as number) * (chance[node] as number);
    if (paid === 0) continue;
    const place = (own[node] as number) * width + (other[node] as number);
    entries.set(place, (entries.get(place) ?? 0) + paid);
  }
  return entries;
}

function rows(width: number, entries: ReadonlyMap<number, number>): Payoffs {
  const places = Float64Array.from(entries.keys()).sort();
  const start = new Int32Array(width + 1);
  const column = new Int32Array(places.length);
  const amount = new Float64Array(places.length);
  for (const [entry, place] of places.entries()) {
    const row = Math.floor(place / width);
    start[row + 1] = entry + 1;
    column[entry] = place - row * width;
    amount[entry] = entries.get(place) as number;
  }
  for (let row = 1; row <= width; row++) start[row] = Math.max(start[row] as number, start[row - 1] as number);
  return { start, column, amount };
}
