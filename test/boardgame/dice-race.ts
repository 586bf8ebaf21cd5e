import type { Game } from 'boardgame.io';

/** Roll as often as you dare, a six loses the turn: draws in the middle of play, and an event of boardgame.io as a move. */
interface Track {
  scores: number[];
  gained: number;
}

const GOAL = 12;

export const DiceRace: Game<Track> = {
  name: 'dice-race',
  setup: ({ ctx }, setupData?: { start: number }) => ({
    scores: new Array<number>(ctx.numPlayers).fill(setupData?.start ?? 0),
    gained: 0,
  }),
  validateSetupData: (setupData) =>
    (setupData as { start?: unknown } | undefined)?.start === -1 ? 'start is at least 0' : undefined,
  turn: {
    onEnd({ G, ctx }) {
      G.scores[Number(ctx.currentPlayer)] = (G.scores[Number(ctx.currentPlayer)] ?? 0) + G.gained;
      G.gained = 0;
    },
  },
  moves: {
    roll({ G, random, events }) {
      const die = random.D6();
      G.gained = die === 6 ? 0 : G.gained + die;
      if (die === 6) events.endTurn();
    },
  },
  endIf: ({ G }) => (G.scores.some((score) => score >= GOAL) ? { scores: G.scores } : undefined),
  ai: { enumerate: () => [{ move: 'roll' }, { event: 'endTurn' }] },
};

export const ludus = { dynamics: 'sequential', players: 3, setupData: { start: 0 }, horizon: 400 };
