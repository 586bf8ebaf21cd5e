import type { VectorForm } from '../../src/core/environment.js';
import { MOST_RAISES } from './betting.js';
import { ACTIONS, type View } from './types.js';

/** A round has at most a check, the raises and a call. */
const SLOTS = MOST_RAISES + 2;
const NAMES = Object.values(ACTIONS);

/** The own seat, the own card, the board, then every action of both rounds: one entry each for what it may be. */
export function vectorOf(cards: readonly string[]): VectorForm {
  const bets = 2 + 2 * cards.length;
  const length = bets + 2 * SLOTS * NAMES.length;
  return {
    length,
    actions: NAMES,
    encode(view) {
      const { you, hands, board, rounds } = view as View;
      const vector = new Float32Array(length);
      const hand = you === null ? null : (hands[you] ?? null);
      if (you !== null) vector[you] = 1;
      if (hand !== null) vector[2 + cards.indexOf(hand)] = 1;
      if (board !== null) vector[2 + cards.length + cards.indexOf(board)] = 1;
      for (const [round, actions] of rounds.entries()) {
        for (const [at, action] of actions.entries()) {
          vector[bets + (round * SLOTS + at) * NAMES.length + NAMES.indexOf(action)] = 1;
        }
      }
      return vector;
    },
  };
}
