import type { Socket } from 'socket.io-client';
import { stockClient } from '../stock-client.js';
import type { Hole } from './hole.js';
import { firstOf, player, seated } from './intruder.js';

/** NOTE: on the stock server it is a race, which the player loses more often than not. */
const MANY = 12;
/** How long after everybody else the player may be shown it. */
const PATIENCE_MS = 2000;

/** What happens to a player whose connection was cut. */
export const reconnecting: readonly Hole[] = [
  {
    hole: 'I10',
    says: 'a move made while the connection was cut is played once it is back, and its own player is not shown it',
    stock: true,
    ours: false,
    async attack({ url }) {
      let at = 0;
      while (at < MANY && (await isShown(url))) at++;
      return () => at < MANY;
    },
  },
];

/** Whether a player who moves while the connection is cut is shown the move, as everybody else is. */
async function isShown(url: string): Promise<boolean> {
  const seats = await seated(url, 'kuhn-poker');
  const other = await player(url, seats, 1);
  const { client, socket, view } = stockClient({ ...seats, url, seat: 0, token: seats.tokens[0] as string });
  client.start();
  await heard(socket(), 'sync');
  const cut = heard(socket(), 'disconnect');
  socket().io.engine.close();
  await cut;
  client.moves.act?.(...firstOf(view()));
  await heard(socket(), 'sync');
  await other.until('acted');
  const isSeen = () => view().moves.length === 1 && view().asked === null;
  for (let ms = 0; ms < PATIENCE_MS && !isSeen(); ms += 20) await new Promise((resolve) => setTimeout(resolve, 20));
  client.stop();
  return isSeen();
}

function heard(socket: Socket, name: 'sync' | 'disconnect'): Promise<void> {
  return new Promise((resolve) => socket.once(name, () => resolve()));
}
