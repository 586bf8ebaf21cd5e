import { type GameTree, type Profile, TERMINAL } from '../../tree/game-tree.js';
import { chanceReach, playedBy, type Sequences } from './sequences.js';

/** The ends of a game by the moves of each seat that lead there, `seats` numbers an end in both arrays. */
export interface Endings {
  readonly seats: number;
  readonly count: number;
  /** Each seat's sequence. */
  readonly sequence: Int32Array;
  /** Each seat's return times the probability of chance. */
  readonly stake: Float64Array;
}

export function endingsOf(tree: GameTree): Endings {
  const { seats, actor, at, returns, size } = tree;
  const count = returns.length / seats;
  const sequence = new Int32Array(returns.length);
  const stake = new Float64Array(returns.length);
  const chance = chanceReach(tree);
  for (let seat = 0; seat < seats; seat++) {
    const played = playedBy(tree, seat);
    for (let node = 0; node < size; node++) {
      if (actor[node] !== TERMINAL) continue;
      const place = (at[node] as number) * seats + seat;
      sequence[place] = played[node] as number;
      stake[place] = (returns[place] as number) * (chance[node] as number);
    }
  }
  return { seats, count, sequence, stake };
}

/** Writes what a seat gains at the ends right behind each of its sequences when the others follow their plans. */
export function gain({ seats, count, sequence, stake }: Endings, seat: number, plan: Profile, gains: Profile): void {
  gains.fill(0);
  for (let ending = 0; ending < count; ending++) {
    const from = ending * seats;
    let amount = stake[from + seat] as number;
    if (amount === 0) continue;
    for (let other = 0; other < seats; other++) {
      if (other !== seat) amount *= plan[sequence[from + other] as number] as number;
    }
    const own = sequence[from + seat] as number;
    gains[own] = (gains[own] as number) + amount;
  }
}

/**
 * The best answer of a seat by backward induction over its own sequences: at each of its states the action to take,
 * the first of equals. `gains` becomes what each sequence is worth.
 */
export function answer(
  offset: Int32Array,
  { before, order }: Sequences,
  seat: number,
  gains: Profile,
  best: Int32Array,
): void {
  const states = order[seat] as Int32Array;
  for (let i = states.length - 1; i >= 0; i--) {
    const state = states[i] as number;
    const end = offset[state + 1] as number;
    let picked = offset[state] as number;
    for (let j = picked + 1; j < end; j++) if ((gains[j] as number) > (gains[picked] as number)) picked = j;
    best[state] = picked;
    const earlier = before[state] as number;
    gains[earlier] = (gains[earlier] as number) + (gains[picked] as number);
  }
}
