import type { Strategy } from '../../solver.js';
import type { GameTree, InformationStates, Profile } from '../../tree/game-tree.js';

/** Sums scaled to probabilities, state by state; a state that was never reached is played uniformly. */
export function normalised({ count, offset }: InformationStates, sums: Profile): Profile {
  const scaled = new Float64Array(sums.length);
  for (let state = 0; state < count; state++) {
    const start = offset[state] as number;
    const end = offset[state + 1] as number;
    let total = 0;
    for (let j = start; j < end; j++) total += sums[j] as number;
    for (let j = start; j < end; j++) scaled[j] = total > 0 ? (sums[j] as number) / total : 1 / (end - start);
  }
  return scaled;
}

/** The average strategy that sums stand for. */
export function averageOf({ states }: GameTree, sums: Profile): Strategy {
  const { names, options, offset } = states;
  return { names, options, offset, probabilities: normalised(states, sums) };
}
