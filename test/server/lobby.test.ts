import { createRequire } from 'node:module';
import type * as StockClient from 'boardgame.io/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EpisodeRecord } from '../../replays/schema.js';
import type { Match } from '../../src/server/lobby/wire.js';
import { ask, finish, type Served, serve } from './served.js';

const { LobbyClient, LobbyClientError } = createRequire(import.meta.url)('boardgame.io/client') as typeof StockClient;

let served: Served;
let lobby: InstanceType<typeof LobbyClient>;
beforeAll(async () => {
  served = await serve(['tic-tac-toe', 'kuhn-poker', 'werewolf']);
  lobby = new LobbyClient({ server: served.url });
});
afterAll(() => served.close());

const KUHN = 'kuhn-poker';

describe('the lobby client of boardgame.io', () => {
  test('lists games, makes a match, finds it, sits down and gets up', async () => {
    expect(await lobby.listGames()).toEqual(['tic-tac-toe', KUHN, 'werewolf']);
    const { matchID } = await lobby.createMatch(KUHN, { numPlayers: 2 });
    expect((await lobby.listMatches(KUHN)).matches.map((match) => match.matchID)).toEqual([matchID]);
    const { playerID, playerCredentials } = await lobby.joinMatch(KUHN, matchID, { playerName: 'Ann', data: { x: 1 } });
    expect(playerID).toBe('0');
    const match = await lobby.getMatch(KUHN, matchID);
    expect(match.players).toEqual([
      { id: 0, name: 'Ann', isConnected: false, data: { kind: 'person' } },
      { id: 1, data: { kind: 'open' } },
    ]);
    expect(JSON.stringify(match)).not.toContain(playerCredentials);
    await lobby.leaveMatch(KUHN, matchID, { playerID, credentials: playerCredentials });
    expect((await lobby.getMatch(KUHN, matchID)).players[0]).toEqual({ id: 0, data: { kind: 'open' } });
  });

  test('is told that names stay', async () => {
    const { matchID } = await lobby.createMatch(KUHN, { numPlayers: 2 });
    const update = lobby.updatePlayer(KUHN, matchID, { playerID: '0', credentials: 'whatever', newName: 'B' });
    await expect(update).rejects.toThrow(LobbyClientError);
    await expect(update).rejects.toMatchObject({ message: 'HTTP status 501', details: { error: 'unknown action' } });
  });

  test('narrows its list to games that are over, or not', async () => {
    const { matchID } = await lobby.createMatch('tic-tac-toe', {
      numPlayers: 2,
      setupData: { agents: { 0: 'random', 1: 'scripted' } },
    });
    await expect.poll(() => served.hall.match(matchID).over).toBeDefined();
    const ids = async (where: object) =>
      (await lobby.listMatches('tic-tac-toe', where)).matches.map((match) => match.matchID);
    expect(await ids({ isGameover: true })).toEqual([matchID]);
    expect(await ids({ isGameover: false })).toEqual([]);
    expect(await ids({ updatedAfter: 1 })).toEqual([matchID]);
    expect(await ids({ updatedBefore: 1 })).toEqual([]);
  });

  test('plays again: who asks sits in the next game, others find their seat by what they have', async () => {
    const { matchID } = await lobby.createMatch(KUHN, { numPlayers: 2, unlisted: true });
    const ann = await lobby.joinMatch(KUHN, matchID, { playerName: 'Ann' });
    const bob = await lobby.joinMatch(KUHN, matchID, { playerName: 'Bob' });
    const wish = { playerID: ann.playerID, credentials: ann.playerCredentials, rotate: true };
    await expect(lobby.playAgain(KUHN, matchID, wish)).rejects.toThrow('403');
    await finish(served.hall, matchID);
    const [first, second] = await Promise.all([
      lobby.playAgain(KUHN, matchID, wish),
      lobby.playAgain(KUHN, matchID, { ...wish, playerID: bob.playerID, credentials: bob.playerCredentials }),
    ]);
    expect(second.nextMatchID).toBe(first.nextMatchID);
    expect(first).toMatchObject({ playerID: '1', playerCredentials: ann.playerCredentials });
    expect(second).toMatchObject({ playerID: '0', playerCredentials: bob.playerCredentials });
    const next = (await lobby.getMatch(KUHN, first.nextMatchID)) as unknown as Match;
    expect(next).toMatchObject({ state: 'playing', unlisted: true, players: [{ name: 'Bob' }, { name: 'Ann' }] });
    expect(((await lobby.getMatch(KUHN, matchID)) as unknown as Match).nextMatchID).toBe(first.nextMatchID);
    const people = [served.hall.match(matchID), served.hall.match(first.nextMatchID)].map(({ seats }) =>
      seats.map(({ pseudonym }) => pseudonym),
    );
    expect(people[1]).toEqual(people[0]?.reverse());
  });

  test('asks each person what they allow, and the record says it by seat', async () => {
    const record = async (consent: boolean, ...said: (boolean | undefined)[]) => {
      const { matchID } = await lobby.createMatch(KUHN, { numPlayers: 2, setupData: { consent } });
      const taken = [];
      for (const [seat, own] of said.entries()) {
        const allowed = own === undefined ? {} : { consent: own };
        const body = { playerName: `p${seat}`, playerID: `${seat}`, ...allowed };
        taken.push((await ask(served.url, `/games/${KUHN}/${matchID}/join`, body)).body);
      }
      await finish(served.hall, matchID);
      const { record: id } = (await lobby.getMatch(KUHN, matchID)) as unknown as Match;
      const line = await (await fetch(`${served.url}/api/replays/${id}/record`)).json();
      return { consent: (line as EpisodeRecord).consent, matchID, taken };
    };
    expect((await record(false, true, undefined)).consent).toEqual([true, false]);
    expect((await record(true, undefined, undefined)).consent).toEqual([true, true]);
    const { consent, matchID, taken } = await record(true, false, undefined);
    expect(consent).toEqual([false, true]);
    const wish = { playerID: '0', credentials: String(taken[0]?.playerCredentials) };
    const { nextMatchID } = await lobby.playAgain(KUHN, matchID, wish);
    expect(served.hall.match(nextMatchID).seats[0]).toMatchObject({ kind: 'person', consent: false });
  });

  test('a seat of a rematch is kept for who had it, and their token opens no other', async () => {
    const { matchID } = await lobby.createMatch(KUHN, { numPlayers: 3 });
    const [ann, bob, cid] = await Promise.all(
      ['Ann', 'Bob', 'Cid'].map((playerName) => lobby.joinMatch(KUHN, matchID, { playerName })),
    );
    await finish(served.hall, matchID);
    const seat = (taken: typeof ann) => ({
      playerID: taken?.playerID ?? '',
      credentials: taken?.playerCredentials ?? '',
    });
    const { nextMatchID } = await lobby.playAgain(KUHN, matchID, seat(ann));
    await expect(lobby.joinMatch(KUHN, nextMatchID, { playerName: 'Eve' })).rejects.toMatchObject({
      details: { error: 'full' },
    });
    await expect(
      lobby.joinMatch(KUHN, nextMatchID, { playerName: 'Eve', playerID: bob?.playerID ?? '' }),
    ).rejects.toMatchObject({ details: { text: 'this seat is kept for who had it in the game before' } });
    const back = await lobby.joinMatch(KUHN, nextMatchID, { playerName: 'Bob', credentials: seat(bob).credentials });
    expect(back).toEqual({ playerID: bob?.playerID, playerCredentials: bob?.playerCredentials });
    expect(await lobby.joinMatch(KUHN, nextMatchID, { playerName: 'Bob', credentials: seat(bob).credentials })).toEqual(
      back,
    );
    const stolen = { playerID: cid?.playerID ?? '', credentials: seat(bob).credentials };
    await expect(lobby.leaveMatch(KUHN, nextMatchID, stolen)).rejects.toThrow('401');
  });
});

test('who asks to play again at the same moment gets the same game', async () => {
  const { matchID } = await lobby.createMatch(KUHN, { numPlayers: 2 });
  const { hall } = served;
  const taken = [await hall.join(matchID, KUHN, { name: 'Ann' }), await hall.join(matchID, KUHN, { name: 'Bob' })];
  await finish(hall, matchID);
  const before = hall.matches.length;
  const again = await Promise.all(taken.map((seat) => hall.playAgain(matchID, KUHN, seat, { rotate: false })));
  expect(again[1]?.next.id).toBe(again[0]?.next.id);
  expect(hall.matches).toHaveLength(before + 1);
});

describe('what is asked of a match', () => {
  test.each([
    ['no body', undefined, 400, 'malformed'],
    ['no JSON', 'numPlayers: 2', 400, 'malformed'],
    ['a list', [1], 400, 'malformed'],
    ['a field nobody knows', { seed: 'mine' }, 400, 'malformed'],
    ['a seed among the setup data', { setupData: { seed: 'mine' } }, 400, 'malformed'],
    ['a seed in the configuration', { setupData: { config: { seed: 1 } } }, 400, 'malformed'],
    ['a million seats', { numPlayers: 1e6 }, 400, 'malformed'],
    ['seats that no configuration has', { numPlayers: 5 }, 400, 'malformed'],
    [
      'seats that its own configuration has not',
      { numPlayers: 3, setupData: { config: { players: 2 } } },
      400,
      'malformed',
    ],
    ['a preset that is not there', { setupData: { preset: 'many' } }, 400, 'malformed'],
    ['an agent that is not there', { setupData: { agents: { 0: 'deep' } } }, 400, 'malformed'],
    ['an agent that cannot play it', { setupData: { agents: { 0: 'mcts' } } }, 400, 'malformed'],
    ['an agent in a seat that is not there', { setupData: { agents: { 2: 'random' } } }, 404, 'no such seat'],
    [
      'a seat named as every object names something',
      '{"setupData":{"agents":{"__proto__":"random"}}}',
      400,
      'malformed',
    ],
    [
      'a key by which prototypes are reached',
      '{"setupData":{"config":{"constructor":{"prototype":1}}}}',
      400,
      'malformed',
    ],
    ['an escaped key of that kind', '{"\\u005f_proto__":{"numPlayers":2}}', 400, 'malformed'],
    ['a clock that runs backwards', { setupData: { clock: { turnMs: -1 } } }, 400, 'malformed'],
    ['an increment to nothing', { setupData: { clock: { incrementMs: 1000 } } }, 400, 'malformed'],
    ['three seats that may forfeit', { numPlayers: 3, setupData: { clock: { late: 'forfeit' } } }, 400, 'malformed'],
    [
      'nesting that would end the process',
      `{"setupData":{"config":{"a":${'['.repeat(8000)}${']'.repeat(8000)}}}}`,
      400,
      'malformed',
    ],
    ['more than may be sent', { setupData: { preset: 'x'.repeat(20_000) } }, 413, 'too large'],
  ])('refuses %s, with a reason and nothing else', async (_what, body, status, error) => {
    const before = served.hall.matches.length;
    const answer = await ask(served.url, `/games/${KUHN}/create`, body ?? '');
    expect(answer).toMatchObject({ status, body: { error, text: expect.stringMatching(/\S/) } });
    expect(Object.keys(answer.body)).toEqual(['error', 'text']);
    expect(JSON.stringify(answer.body)).not.toMatch(/\bat .*:\d+|node_modules|\.ts\b/);
    expect(served.hall.matches).toHaveLength(before);
    expect({}).not.toHaveProperty('numPlayers');
  });

  test.each([
    ['an empty name', { playerName: '  ' }, 400],
    ['a name of many letters', { playerName: 'n'.repeat(41) }, 400],
    ['a name that turns the words around it', { playerName: 'Ann\u202Egnp' }, 400],
    ['a seat that is not there', { playerName: 'Ann', playerID: '7' }, 404],
    ['a seat that every object has', { playerName: 'Ann', playerID: '__proto__' }, 400],
    ['no name', {}, 400],
  ])('nobody sits down with %s', async (_what, body, status) => {
    const { matchID } = await lobby.createMatch(KUHN, { numPlayers: 2 });
    expect((await ask(served.url, `/games/${KUHN}/${matchID}/join`, body)).status).toBe(status);
    const { playerID } = await lobby.joinMatch(KUHN, matchID, { playerName: 'Zoë 👩‍🚀' });
    expect(playerID).toBe('0');
  });

  test('seats are taken once, and given up by their own token alone', async () => {
    const { matchID } = await lobby.createMatch(KUHN, { numPlayers: 2 });
    const joins = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        ask(served.url, `/games/${KUHN}/${matchID}/join`, { playerName: `p${at}` }),
      ),
    );
    expect(joins.map(({ status }) => status).sort()).toEqual([200, 200, ...Array<number>(8).fill(409)]);
    const [first, second] = joins.filter(({ status }) => status === 200).map(({ body }) => body);
    const leave = (playerID: unknown, credentials: unknown) =>
      ask(served.url, `/games/${KUHN}/${matchID}/leave`, { playerID, credentials });
    expect((await leave(first?.playerID, second?.playerCredentials)).status).toBe(401);
    expect((await leave('9', first?.playerCredentials)).status).toBe(404);
  });

  test('nothing is answered for another game, for a match that is not there, or at an address that leads nowhere', async () => {
    const { matchID } = await lobby.createMatch(KUHN, { numPlayers: 2 });
    for (const path of [
      `/games/werewolf/${matchID}`,
      `/games/${KUHN}/nothing-like-it`,
      '/games/chess',
      '/api/nothing',
    ]) {
      expect(await ask(served.url, path)).toMatchObject({ status: 404, body: { error: 'no such match' } });
    }
    expect((await ask(served.url, '/games/kuhn', {})).status).toBe(404);
    expect((await ask(served.url, `/games/${KUHN}/create`, '{}', { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await ask(served.url, `/games/${KUHN}?isGameover=maybe`)).status).toBe(400);
  });

  test('an unlisted match is found by its id alone, and no log line names it', async () => {
    const { matchID } = await lobby.createMatch('werewolf', { numPlayers: 7, unlisted: true });
    expect((await lobby.listMatches('werewolf')).matches).toEqual([]);
    expect((await ask(served.url, '/api/matches')).body.matches).not.toContainEqual(
      expect.objectContaining({ matchID }),
    );
    expect(await lobby.getMatch('werewolf', matchID)).toMatchObject({ matchID, unlisted: true });
    expect(served.lines.at(-1)).toMatch(/^match made: werewolf, unlisted/);
    expect(served.lines.join()).not.toContain(matchID);
  });
});

describe('what a page asks besides', () => {
  test('environments with facts, looks, schema and card', async () => {
    const { body } = await ask(served.url, '/api/environments');
    expect(body).toMatchObject([{ id: 'tic-tac-toe' }, { id: KUHN }, { id: 'werewolf', facts: { seats: 7 } }]);
    const one = await ask(served.url, '/api/environments/werewolf');
    expect(one.body).toMatchObject({ schema: { type: 'object' }, card: expect.stringMatching(/^# /) });
    expect(one.body.looks).not.toEqual({});
  });

  test('the rules of a configuration, or what is wrong with it', async () => {
    const rules = (config: object) => ask(served.url, `/api/environments/${KUHN}/rules`, { config });
    expect((await rules({ players: 3 })).body).toMatchObject({ facts: { seats: 3 }, config: { players: 3 } });
    const wrong = await rules({ players: 9 });
    expect(wrong).toMatchObject({
      status: 400,
      body: { error: 'malformed', text: expect.stringContaining('players') },
    });
  });

  test('agents, and what each of them cannot play', async () => {
    const { body } = await ask(served.url, '/api/agents');
    expect(body).toMatchObject([
      { name: 'scripted', not: [] },
      { name: 'random', not: [] },
      { name: 'mcts', not: [KUHN, 'werewolf'] },
    ]);
  });
});
