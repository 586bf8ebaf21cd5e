import type { Served } from '../../../bench/served.js';
import type { Json } from '../../../src/core/json.js';
import { ask } from '../served.js';
import type { Hole } from './hole.js';
import { Intruder, player, seated } from './intruder.js';

const OPEN = 'tic-tac-toe';
const MANY = 300;

/** Whether the server still runs and answers. */
async function isWell(target: Served): Promise<boolean> {
  if (!target.isAlive()) return false;
  return ask(target.url, '/games').then(
    ({ status }) => status === 200,
    () => false,
  );
}

/** Something sent by a player who has a seat, after which the server is to be well. */
function deadly(
  hole: string,
  says: string,
  send: (one: Intruder, id: string, token: string) => Promise<unknown>,
): Hole {
  return {
    hole,
    says,
    stock: false,
    ours: true,
    harms: true,
    async attack(target) {
      const seats = await seated(target.url, OPEN);
      await send(await player(target.url, seats, 0), seats.id, seats.tokens[0] as string);
      return () => isWell(target);
    },
  };
}

/** A list in a list in a list, as text: what writes JSON here could not write it. */
function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

function move(type: string, args: Json, credentials: string): object {
  return { type: 'MAKE_MOVE', payload: { type, args, playerID: '0', credentials } };
}

/** What stops the server, or takes more of it than anybody should. */
export const robustness: readonly Hole[] = [
  deadly('R1', 'a packet whose event is an object with its own toString ends the process', (one) =>
    one.raw(`2/${OPEN},[{"toString":"foo"}]`),
  ),
  ...['valueOf', 'constructor', 'toString'].map(
    (type): Hole => ({
      hole: 'R2',
      says: `a move named ${type} ends the process, or replaces the state`,
      stock: false,
      ours: true,
      harms: true,
      async attack(target) {
        const seats = await seated(target.url, OPEN);
        const one = await player(target.url, seats, 0);
        const before = JSON.stringify(one.state.G);
        await one.tell('update', move(type, [], seats.tokens[0] as string), 0, seats.id, '0');
        const after = await one.sync(seats.id, 0, seats.tokens[0]);
        return async () => JSON.stringify(after?.state.G) === before && (await isWell(target));
      },
    }),
  ),
  deadly('R3', 'an UPDATE without a state ends the process', (one, id, credentials) =>
    one.tell('update', { type: 'UPDATE', payload: { credentials } }, 0, id, '0'),
  ),
  deadly('R4', 'arguments nested 5,000 deep end the process', (one, id, token) => {
    const action = JSON.stringify(move('act', [0, 'DEEP'], token));
    return one.raw(`2/${OPEN},["update",${action.replace('"DEEP"', nested(5000))},0,"${id}","0"]`);
  }),
  {
    hole: 'R4',
    says: 'setup data nested 5,000 deep is taken',
    stock: 200,
    ours: 400,
    async attack({ url }) {
      const body = `{"numPlayers":2,"setupData":${nested(5000)}}`;
      const { status } = await ask(url, `/games/${OPEN}/create`, body);
      return () => status;
    },
  },
  {
    hole: 'R5',
    says: 'a sync that asks for a million seats takes hundreds of megabytes',
    stock: true,
    ours: false,
    harms: true,
    async attack(target) {
      const before = target.memory();
      await new Intruder(target.url, OPEN).tell('sync', 'made-by-looking', '0', undefined, 1e6);
      let most = 0;
      return async () => {
        most = Math.max(most, target.memory() - before);
        return most > 150;
      };
    },
  },
  {
    hole: 'R6',
    says: 'a message of 900 kB is taken',
    stock: true,
    ours: false,
    async attack({ url }) {
      const seats = await seated(url, OPEN);
      const one = await player(url, seats, 0);
      await one.tell('update', move('act', ['x'.repeat(900_000)], seats.tokens[0] as string), 0, seats.id, '0');
      return () => one.open;
    },
  },
  {
    hole: 'R6',
    says: 'a chat message of 50 kB in any shape is passed on',
    stock: true,
    ours: false,
    async attack({ url }) {
      const seats = await seated(url, OPEN);
      const [one, other] = [await player(url, seats, 0), await player(url, seats, 1)];
      const said = { id: 'x', sender: '0', payload: { any: 'unbounded'.repeat(5000) } };
      await one.tell('chat', seats.id, said, seats.tokens[0]);
      return () => other.saw('unbounded');
    },
  },
  {
    hole: 'R6',
    says: 'hundreds of matches are made by looking at them',
    stock: true,
    ours: false,
    harms: true,
    async attack({ url }) {
      const one = new Intruder(url, OPEN);
      await one.connected;
      await Promise.all(Array.from({ length: MANY }, (_, at) => one.tell('sync', `made-by-looking-${at}`, '0')));
      return async () => {
        const { matches } = (await ask(url, `/games/${OPEN}`)).body as { matches: unknown[] };
        return matches.length >= MANY || one.heard.filter(([event]) => event === 'sync').length >= MANY;
      };
    },
  },
];
