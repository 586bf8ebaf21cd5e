import { ask } from '../served.js';
import type { Hole } from './hole.js';
import { create, Intruder, join, moveOf, player, seated } from './intruder.js';

const [KUHN, OPEN, WEREWOLF] = ['kuhn-poker', 'tic-tac-toe', 'werewolf'];
const WEREWOLVES = 7;

/** What anybody can read that they should not. */
export const secrecy: readonly Hole[] = [
  {
    hole: 'S1',
    says: 'a spectator is sent the initial state, hidden things included',
    stock: true,
    ours: false,
    async attack({ url }) {
      const { id } = await seated(url, KUHN);
      const spectator = new Intruder(url, KUHN);
      const synced = await spectator.sync(id, null);
      return () => synced !== null && ('initialState' in synced || spectator.saw('"chance":'));
    },
  },
  {
    hole: 'S2',
    says: "a match synced in another game's namespace shows that game's view of everything",
    stock: true,
    ours: false,
    async attack({ url }) {
      const { id } = await seated(url, KUHN);
      const synced = await new Intruder(url, OPEN).sync(id, null);
      return () => synced !== null && 'chance' in synced.state.G;
    },
  },
  {
    hole: 'S3',
    says: 'the time of creation is public to the millisecond, and the seed is made of it',
    stock: { toMinute: false, guessed: true },
    ours: { toMinute: true, guessed: false },
    async attack({ url }) {
      const { id } = await seated(url, OPEN);
      const synced = await new Intruder(url, OPEN).sync(id, null);
      const createdAt = Number((await ask(url, `/games/${OPEN}/${id}`)).body.createdAt);
      const seed = synced?.initialState?.plugins.random.data.seed;
      const guesses = Array.from({ length: 201 }, (_, at) => (createdAt + at - 100).toString(36).slice(-10));
      return () => ({ toMinute: createdAt % 60_000 === 0, guessed: seed !== undefined && guesses.includes(seed) });
    },
  },
  {
    hole: 'S4',
    says: 'setup data is public, that of unlisted matches too',
    stock: true,
    ours: false,
    async attack({ url }) {
      const id = await create(url, KUHN, { numPlayers: 2, unlisted: true, setupData: { standIn: 'random' } });
      const { body } = await ask(url, `/games/${KUHN}/${id}`);
      return () => JSON.stringify(body).includes('random');
    },
  },
  {
    hole: 'S5',
    says: 'the log of moves goes to everybody',
    stock: true,
    ours: false,
    async attack({ url }) {
      const seats = await seated(url, KUHN);
      const [one, other] = [await player(url, seats, 0), await player(url, seats, 1)];
      await one.tell('update', ...moveOf(seats, 0, one.state));
      const isLog = (part: unknown) => Array.isArray(part) && JSON.stringify(part).includes('MAKE_MOVE');
      return () => other.heard.some((message) => message.some(isLog));
    },
  },
  {
    hole: 'S6',
    says: 'at night a spectator reads who is to act',
    stock: true,
    ours: false,
    async attack({ url }) {
      const { id } = await seated(url, WEREWOLF, WEREWOLVES);
      const synced = await new Intruder(url, WEREWOLF).sync(id, null);
      return () => Object.keys(synced?.state.ctx.activePlayers ?? {}).length > 0;
    },
  },
  {
    hole: 'S7',
    says: 'whoever left goes on seeing the cards of the seat',
    stock: true,
    ours: false,
    async attack({ url }) {
      const seats = await seated(url, KUHN);
      const [one, other] = [await player(url, seats, 0), await player(url, seats, 1)];
      await ask(url, `/games/${KUHN}/${seats.id}/leave`, { playerID: '1', credentials: seats.tokens[1] });
      const before = other.heard.length;
      await one.tell('update', ...moveOf(seats, 0, one.state));
      return () => other.since(before).some((event) => event === 'update' || event === 'patch');
    },
  },
  {
    hole: 'S7',
    says: 'a socket that synced before the seat was taken keeps its view',
    stock: true,
    ours: false,
    async attack({ url }) {
      const id = await create(url, KUHN);
      const early = new Intruder(url, KUHN);
      await early.sync(id, 1);
      const tokens = [0, 1].map(async (seat) => String((await join(url, { id, game: KUHN }, seat)).playerCredentials));
      const seats = { id, game: KUHN, tokens: await Promise.all(tokens) };
      const one = await player(url, seats, 0);
      await one.tell('update', ...moveOf(seats, 0, one.state));
      return () => early.saw('"seat":1');
    },
  },
  {
    hole: 'S8',
    says: 'what is sent along with joining is public, however much it is',
    stock: true,
    ours: false,
    async attack({ url }) {
      const id = await create(url, OPEN);
      const body = { playerID: '0', playerName: 'Ann', data: { text: 'unbounded'.repeat(1000) } };
      await ask(url, `/games/${OPEN}/${id}/join`, body);
      const match = await ask(url, `/games/${OPEN}/${id}`);
      return () => JSON.stringify(match.body).includes('unbounded');
    },
  },
];
