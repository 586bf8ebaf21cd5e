import type { Game } from 'boardgame.io';

/** All move at once in a stage: who reaches for the biscuit first in order of seats has it, the other finds it gone. */
interface Plate {
  taken: string | null;
  rounds: number;
}

export const OneBiscuit: Game<Plate> = {
  name: 'one-biscuit',
  setup: () => ({ taken: null, rounds: 0 }),
  turn: {
    activePlayers: { all: 'reach', minMoves: 1, maxMoves: 1 },
    stages: {
      reach: {
        moves: {
          take({ G, playerID }) {
            if (G.taken !== null) return 'INVALID_MOVE';
            G.taken = playerID;
          },
          wait({ G }) {
            G.rounds++;
          },
        },
      },
    },
    endIf: ({ ctx }) => ctx.activePlayers === null,
  },
  endIf({ G, ctx }) {
    if (ctx.activePlayers !== null) return undefined;
    if (G.taken !== null) return { winner: G.taken };
    return G.rounds >= 3 * ctx.numPlayers ? { draw: true } : undefined;
  },
  ai: { enumerate: () => [{ move: 'take' }, { move: 'wait' }] },
};

export const ludus = { chance: 'none', horizon: 20 };
