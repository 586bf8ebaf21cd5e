import { createRequire } from 'node:module';
import type * as StockClient from 'boardgame.io/client';
import type * as StockMultiplayer from 'boardgame.io/multiplayer';
import type { Socket } from 'socket.io-client';
import type { TableView } from '../../src/server/wire/wire.js';

const require = createRequire(import.meta.url);
const { Client } = require('boardgame.io/client') as typeof StockClient;
const { SocketIO } = require('boardgame.io/multiplayer') as typeof StockMultiplayer;

/** A seat of a match, and its key. */
export interface StockSeat {
  readonly url: string;
  readonly game: string;
  readonly id: string;
  readonly seat: number;
  readonly token: string;
}

/** A client of boardgame.io as published, with its socket once it is started and its view once it was shown one. */
export function stockClient({ url, game, id, seat, token }: StockSeat) {
  const open = SocketIO({ server: url, socketOpts: { transports: ['websocket'], reconnectionDelay: 20 } });
  let transport: ReturnType<typeof open> | undefined;
  const client = Client({
    game: thin(game),
    multiplayer: (options: Parameters<typeof open>[0]) => {
      transport = open(options);
      return transport;
    },
    matchID: id,
    playerID: String(seat),
    credentials: token,
    debug: false,
  });
  return {
    client,
    socket: () => transport?.socket as unknown as Socket,
    view: () => (client.getState() as unknown as { readonly G: TableView }).G,
  };
}

/** A game as a stock client needs it: its name and its one move, and no rules. */
function thin(name: string) {
  const act = { move: () => {}, client: false };
  return { name, moves: { act }, turn: { stages: { act: { moves: { act } } } } };
}
