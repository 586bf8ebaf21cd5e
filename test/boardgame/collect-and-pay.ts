import type { Game } from 'boardgame.io';

/** First everybody collects coins, then everybody pays: phases, each with its own moves, and a game played together. */
interface Purse {
  coins: number;
  paid: number;
}

const COINS = 6;

export const CollectAndPay: Game<Purse> = {
  name: 'collect-and-pay',
  setup: () => ({ coins: 0, paid: 0 }),
  phases: {
    collect: {
      start: true,
      next: 'pay',
      turn: { minMoves: 1, maxMoves: 1 },
      moves: { collectCoins: ({ G }, count: number) => ({ ...G, coins: G.coins + count }) },
      endIf: ({ G }) => G.coins >= COINS,
    },
    pay: {
      turn: { minMoves: 1, maxMoves: 1 },
      moves: { pay_coins: ({ G }, count: number) => ({ coins: G.coins - count, paid: G.paid + count }) },
      endIf: ({ G }) => G.coins === 0,
    },
  },
  endIf: ({ G, ctx }) => (G.paid > 0 && G.coins === 0 ? { winners: ctx.playOrder } : undefined),
  ai: {
    enumerate(G, ctx) {
      const move = ctx.phase === 'collect' ? 'collectCoins' : 'pay_coins';
      return [1, 2]
        .filter((count) => ctx.phase === 'collect' || count <= G.coins)
        .map((count) => ({ move, args: [count] }));
    },
  },
};

export const ludus = {
  chance: 'none',
  dynamics: 'sequential',
  horizon: 20,
  utility: { kind: 'identical', min: -1, max: 1 },
};
