import { ask } from '../served.js';
import type { Hole } from './hole.js';
import { create, Intruder, join, moveOf, player, seated } from './intruder.js';

const [KUHN, OPEN, GOOFSPIEL] = ['kuhn-poker', 'tic-tac-toe', 'goofspiel'];
const MANY = 20;

/** What anybody can do that they should not. */
export const integrity: readonly Hole[] = [
  ...(['UPDATE', 'SYNC', 'RESET', 'PATCH'] as const).map(
    (type): Hole => ({
      hole: 'I1',
      says: `a player sends ${type}, and the whole state is replaced`,
      stock: true,
      ours: false,
      async attack({ url }) {
        const seats = await seated(url, OPEN);
        const [one, other] = [await player(url, seats, 0), await player(url, seats, 1)];
        const state = { ...one.state, G: { planted: true }, plugins: {}, _undo: [], _redo: [], _stateID: 7 };
        const patch = [{ op: 'add', path: '/G/planted', value: true }];
        const action = { type, state, info: { state }, patch, payload: { credentials: seats.tokens[0] } };
        await one.tell('update', action, one.state._stateID, seats.id, '0');
        const after = await other.sync(seats.id, 1, seats.tokens[1]);
        return () => after?.state.G.planted === true || other.saw('planted');
      },
    }),
  ),
  {
    hole: 'I2',
    says: "a player moves for another seat with the own seat's credentials",
    stock: 1,
    ours: 0,
    async attack({ url }) {
      const seats = await seated(url, GOOFSPIEL);
      const [one, other] = [await player(url, seats, 0), await player(url, seats, 1)];
      await one.tell('update', ...moveOf(seats, 1, other.state, 0));
      const after = await other.sync(seats.id, 1, seats.tokens[1]);
      return () => (after?.state.G.moved === true ? 1 : 0);
    },
  },
  ...(
    [
      [OPEN, 'endGame', [{ winner: '0' }]],
      [OPEN, 'setActivePlayers', [{ all: 'planted' }]],
      [KUHN, 'endGame', [{ winner: '0' }]],
    ] as const
  ).map(
    ([game, type, args]): Hole => ({
      hole: 'I3',
      says: `a player of ${game} sends the event ${type}, and it happens`,
      stock: true,
      ours: false,
      async attack({ url }) {
        const seats = await seated(url, game as string);
        const [one, other] = [await player(url, seats, 0), await player(url, seats, 1)];
        const payload = { type, args, playerID: '0', credentials: seats.tokens[0] };
        await one.tell('update', { type: 'GAME_EVENT', payload }, one.state._stateID, seats.id, '0');
        const after = await other.sync(seats.id, 1, seats.tokens[1]);
        return () => after?.state.ctx.gameover !== undefined || other.saw('planted');
      },
    }),
  ),
  {
    hole: 'I4',
    says: 'as long as nobody has joined, everybody is let into every seat',
    stock: true,
    ours: false,
    async attack({ url }) {
      const id = await create(url, KUHN);
      const synced = await new Intruder(url, KUHN).sync(id, 0);
      return () => synced?.state.G.seat === 0;
    },
  },
  {
    hole: 'I5',
    says: 'looking at a match that is not there makes one',
    stock: true,
    ours: false,
    async attack({ url }) {
      const synced = await new Intruder(url, OPEN).sync('made-by-looking', 0);
      return () => synced !== null;
    },
  },
  {
    hole: 'I6',
    says: 'two who join at one moment: one of them is forgotten',
    stock: true,
    ours: false,
    setting: 'slow storage',
    async attack({ url }) {
      let lost = 0;
      for (let at = 0; at < MANY; at++) {
        const id = await create(url, OPEN);
        await Promise.all([0, 1].map((seat) => join(url, { id, game: OPEN as string }, seat)));
        const { players } = (await ask(url, `/games/${OPEN}/${id}`)).body as { players: { name?: string }[] };
        if (players.some(({ name }) => name === undefined)) lost++;
      }
      return () => lost > 0;
    },
  },
  {
    hole: 'I7',
    says: 'whoever makes a match chooses its seed, and knows the deal',
    stock: 200,
    ours: 400,
    async attack({ url }) {
      const { status } = await ask(url, `/games/${KUHN}/create`, { numPlayers: 2, setupData: { seed: 'mine' } });
      return () => status;
    },
  },
  {
    hole: 'I8',
    says: 'joining as __proto__ takes all seats of all matches',
    stock: false,
    ours: true,
    harms: true,
    async attack({ url }) {
      await join(url, { id: await create(url, OPEN), game: OPEN as string }, '__proto__');
      const id = await create(url, OPEN);
      const { playerCredentials } = await join(url, { id, game: OPEN as string }, 0).catch(() => ({
        playerCredentials: undefined,
      }));
      return () => typeof playerCredentials === 'string';
    },
  },
  {
    hole: 'I9',
    says: 'a page of another place opens a socket',
    stock: true,
    ours: false,
    async attack({ url }) {
      const connected = await new Intruder(url, OPEN, { origin: 'https://evil.example' }).connected;
      return () => connected;
    },
  },
  {
    hole: 'I11',
    says: 'a move that the storage could not keep is shown to the others',
    stock: true,
    ours: false,
    setting: 'failing storage',
    harms: true,
    async attack({ url }) {
      const seats = await seated(url, KUHN);
      const [one, other] = [await player(url, seats, 0), await player(url, seats, 1)];
      await one.tell('update', ...moveOf(seats, 0, one.state));
      return () => other.saw('acted');
    },
  },
];
