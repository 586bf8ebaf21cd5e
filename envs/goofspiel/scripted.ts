import type { Scripted, ScriptTurn } from '../../src/core/environment.js';
import { BIDS, type Config, type View } from './rounds.js';

/** NOTE: bidding exactly the prize is easily answered by one more, so a card beside it is bid now and then. */
const ASIDE = [-1, 0, 0, 0, 1];

/** The card to aim at, before looking at the hand. */
const AIMS: { readonly [style: string]: (turn: ScriptTurn, prize: number, cards: number) => number } = {
  match: ({ rng }, prize) => prize + rng.pick(ASIDE),
  above: (_turn, prize, cards) => (prize === cards ? 1 : prize + 1),
};

/** The card nearest to the aim; of two equally near the higher. */
function nearest(hand: readonly number[], aim: number): number {
  return hand.reduce((best, card) => (Math.abs(card - aim) <= Math.abs(best - aim) ? card : best));
}

export const scripted: Scripted<Config> = {
  styles: {
    match: 'bids the value of the prize, or a card beside it',
    above: 'bids one more than the prize and gives up the highest',
  },
  seat: ({ style, config }) => {
    const aim = AIMS[style] ?? (() => config.cards);
    return (turn) => {
      const { you, prize, hands } = turn.view as View;
      const hand = hands[you as number] as readonly number[];
      return { move: BIDS[nearest(hand, aim(turn, prize as number, config.cards))] as string };
    };
  },
};
