import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import type { Move } from '../../src/core/space.js';
import { type OpenServer, openServer } from '../../src/server/serve.js';
import { type Snapshot, TableClient } from '../../web/client.js';
import type { Seated } from '../../web/seated.js';

const GAME = 'tic-tac-toe';
let server: OpenServer;
const open: TableClient[] = [];

beforeAll(async () => {
  const catalogue = new Catalogue({ environments: [], agents: [] });
  const environments = new Map([[GAME, await catalogue.environment(GAME)]]);
  server = await openServer({ catalogue, environments, agents: new Map(), port: 0 });
});
afterAll(async () => {
  for (const client of open) client.close();
  await server.close();
});

async function ask<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${server.url}/games/${GAME}/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return (await answer.json()) as T;
}

async function newGame(): Promise<string> {
  return (await ask<{ matchID: string }>('create', { numPlayers: 2, unlisted: true })).matchID;
}

async function join(matchID: string, playerName: string): Promise<Seated> {
  const taken = await ask<{ playerID: string; playerCredentials: string }>(`${matchID}/join`, { playerName });
  return { playerID: taken.playerID, credentials: taken.playerCredentials };
}

function sit(matchID: string, seated: Seated | null): TableClient {
  const client = new TableClient({ game: GAME, matchID, seated, server: server.url });
  open.push(client);
  return client;
}

/** Waits until what a client shows is so. */
function until(client: TableClient, so: (now: Snapshot) => boolean): Promise<Snapshot> {
  return new Promise((resolve) => {
    const look = () => {
      if (!so(client.snapshot())) return;
      stop();
      resolve(client.snapshot());
    };
    const stop = client.subscribe(look);
    look();
  });
}

const asked = ({ view, pending }: Snapshot) => view?.asked != null && pending === null;

async function twoAtTable() {
  const matchID = await newGame();
  const seats = [await join(matchID, 'Ann'), await join(matchID, 'Bob')] as const;
  return { matchID, seats, ann: sit(matchID, seats[0]), bob: sit(matchID, seats[1]) };
}

async function play(client: TableClient, move: Move): Promise<Snapshot> {
  await until(client, asked);
  client.act(move);
  expect(client.snapshot().pending).toBe(move);
  return until(client, ({ pending }) => pending === null);
}

describe('a client of a table', () => {
  it('plays a game to its end, and those who look on see it', async () => {
    const { matchID, ann, bob } = await twoAtTable();
    const eve = sit(matchID, null);
    for (const [at, square] of ['a1', 'b1', 'a2', 'b2', 'a3'].entries()) await play(at % 2 === 0 ? ann : bob, square);
    for (const client of [ann, bob, eve]) {
      const { view } = await until(client, ({ view }) => view?.over != null);
      expect(view?.over).toMatchObject({ how: 'rules', outcome: 'x wins', returns: [1, -1] });
      expect(view?.said.length).toBe(6);
    }
    expect(eve.snapshot().view?.seat).toBeNull();
  });

  it('shows a refused move as refused, and can make another', async () => {
    const { ann, bob } = await twoAtTable();
    await play(ann, 'a1');
    const { refusal, view } = await play(bob, 'a1');
    expect(refusal).toMatchObject({ error: 'invalid move' });
    expect(view?.asked).not.toBeNull();
    const after = await play(bob, 'b2');
    expect([after.refusal, after.view?.moves]).toEqual([null, ['b2']]);
  });

  it('sends nothing when it is not asked', async () => {
    const { ann, bob } = await twoAtTable();
    await until(ann, asked);
    await until(bob, ({ view }) => view !== null);
    bob.act('a1');
    expect(bob.snapshot().pending).toBeNull();
  });

  it('comes back with the same seat where it was', async () => {
    const { matchID, seats, ann, bob } = await twoAtTable();
    await play(ann, 'a1');
    ann.close();
    await play(bob, 'b2');
    const { view } = await until(sit(matchID, seats[0]), asked);
    expect([view?.seat, view?.moves, view?.said.length]).toEqual([0, ['a1'], 2]);
  });

  it('talks, and is told why it may not', async () => {
    const { matchID, ann, bob } = await twoAtTable();
    await until(ann, asked);
    await until(bob, ({ view }) => view !== null);
    expect(await ann.say('<b>hello</b>')).toBeNull();
    const { chat } = await until(bob, (now) => now.chat.length > 0);
    expect(chat).toMatchObject([{ sender: '0', payload: '<b>hello</b>' }]);
    expect(await sit(matchID, null).say('hello')).toContain('look on');
  });

  it('is told when the seat is not its own', async () => {
    const { matchID } = await twoAtTable();
    const thief = sit(matchID, { playerID: '0', credentials: 'nothing-of-the-kind' });
    const { view, refusal } = await until(thief, (now) => now.refusal !== null);
    expect([view, refusal?.error]).toEqual([null, 'unauthorized']);
  });
});
