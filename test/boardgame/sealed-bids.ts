import type { Game } from 'boardgame.io';

/** Each holds a hidden card and bids for the pot one after another, in secret: hidden state, redacted moves, draws. */
interface Auction {
  secret: { deck: number[] };
  players: { [playerID: string]: { card: number; bid: number | null } };
  revealed: { [playerID: string]: number } | null;
}

type Seen = Omit<Auction, 'secret'>;

const game: Game<Auction> = {
  name: 'sealed bids',
  minPlayers: 2,
  maxPlayers: 3,
  setup({ ctx, random }) {
    const deck = random.Shuffle([1, 2, 3, 4, 5]);
    const players = Object.fromEntries(ctx.playOrder.map((id) => [id, { card: deck.pop() as number, bid: null }]));
    return { secret: { deck }, players, revealed: null };
  },
  turn: { minMoves: 1, maxMoves: 1 },
  moves: {
    bid: {
      redact: true,
      move({ G, playerID }, { amount }: { amount: number }) {
        const own = G.players[playerID];
        if (own === undefined || own.bid !== null || amount > own.card) return 'INVALID_MOVE';
        own.bid = amount;
        if (Object.values(G.players).every(({ bid }) => bid !== null))
          G.revealed = Object.fromEntries(Object.entries(G.players).map(([id, { bid }]) => [id, bid as number]));
      },
    },
    swapCard({ G, playerID, log }) {
      const own = G.players[playerID];
      const card = G.secret.deck.pop();
      if (own === undefined || card === undefined) return 'INVALID_MOVE';
      own.card = card;
      own.bid = 0;
      log.setMetadata({ cardsLeft: G.secret.deck.length });
      if (Object.values(G.players).every(({ bid }) => bid !== null)) G.revealed = {};
    },
  },
  endIf: ({ G }) => (G.revealed === null ? undefined : { revealed: G.revealed }),
  playerView({ G, playerID }) {
    const own = playerID === null ? undefined : G.players[playerID];
    return { players: own === undefined ? {} : { [playerID as string]: own }, revealed: G.revealed };
  },
};

export default game;

export const ludus = { utility: { kind: 'general', min: 0, max: 5 }, players: 2, horizon: 8 };

export function enumerate(G: Seen, _ctx: unknown, playerID: string) {
  const own = G.players[playerID];
  const bids = Array.from({ length: (own?.card ?? -1) + 1 }, (_, amount) => ({ move: 'bid', args: [{ amount }] }));
  return [...bids, { type: 'MAKE_MOVE', payload: { type: 'swapCard', playerID } }];
}

export function reward(G: Auction) {
  return Object.fromEntries(Object.entries(G.players).map(([id, { bid, card }]) => [id, card - (bid ?? 0)]));
}
