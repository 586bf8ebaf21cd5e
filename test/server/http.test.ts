import { request as httpRequest } from 'node:http';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Oversight } from '../../src/server/lobby/wire.js';
import { ask, finish, type Served, serve } from './served.js';

const TOKEN = 'operator-token-of-this-test';
const KUHN = 'kuhn-poker';
let served: Served;
beforeAll(async () => {
  served = await serve([KUHN, 'tic-tac-toe'], {
    origins: ['https://games.example'],
    operator: TOKEN,
    metrics: true,
    page: '/nowhere',
    limits: { connectionsPerAddress: 3 },
  });
});
afterAll(() => served.close());

/** A match of people in all seats, with their tokens. */
async function full(game = KUHN): Promise<{ readonly id: string; readonly tokens: string[] }> {
  const made = await ask(served.url, `/games/${game}/create`, { unlisted: true });
  const id = String(made.body.matchID);
  const tokens: string[] = [];
  for (const playerName of ['Ann', 'Bob']) {
    tokens.push(String((await ask(served.url, `/games/${game}/${id}/join`, { playerName })).body.playerCredentials));
  }
  return { id, tokens };
}

describe('every answer', () => {
  test.each(['/', '/games', '/api/agents', '/api/nothing', '/assets/nothing.js'])(
    'at %s keeps the page to itself',
    async (path) => {
      const { headers } = await fetch(served.url + path);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'self'; .*frame-ancestors 'none'/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBeTruthy();
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  test('may be read by pages of the origins that the operator named, and by no others', async () => {
    const allowed = async (origin: string, method = 'GET') =>
      (await fetch(`${served.url}/games`, { method, headers: { origin } })).headers.get('access-control-allow-origin');
    expect(await allowed('https://games.example')).toBe('https://games.example');
    expect(await allowed('https://games.example', 'OPTIONS')).toBe('https://games.example');
    expect(await allowed('https://evil.example')).toBeNull();
    expect(await allowed('https://evil.example', 'OPTIONS')).toBeNull();
  });
});

describe('a page of another place', () => {
  const evil = { origin: 'https://evil.example' };

  test('makes no match and takes no seat', async () => {
    const before = served.hall.matches.length;
    expect(await ask(served.url, `/games/${KUHN}/create`, {}, evil)).toMatchObject({
      status: 403,
      body: { error: 'not allowed' },
    });
    expect(served.hall.matches).toHaveLength(before);
    expect((await ask(served.url, `/games/${KUHN}/create`, {}, { origin: served.url })).status).toBe(200);
  });

  test.each(['polling', 'websocket'])('opens no socket by %s', async (transport) => {
    const socket = io(`${served.url}/${KUHN}`, {
      transports: [transport],
      extraHeaders: evil,
      reconnection: false,
      forceNew: true,
    });
    const failed = await new Promise<boolean>((resolve) => {
      socket.on('connect', () => resolve(false));
      socket.on('connect_error', () => resolve(true));
    });
    socket.disconnect();
    expect(failed).toBe(true);
  });

  test('does not reach a server of this machine by another name', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(served.url);
      const asked = httpRequest(
        { port, host: '127.0.0.1', path: '/games', headers: { host: 'evil.example' } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      asked.on('error', reject).end();
    });
    expect(status).toBe(403);
  });
});

describe('limits', () => {
  test('of sockets of one address: the next is refused, and taken when one has gone', async () => {
    const open = () =>
      new Promise<{ socket: ReturnType<typeof io>; open: boolean }>((resolve) => {
        const socket = io(`${served.url}/${KUHN}`, { transports: ['websocket'], reconnection: false, forceNew: true });
        socket.on('connect', () => resolve({ socket, open: true }));
        socket.on('connect_error', () => resolve({ socket, open: false }));
      });
    const sockets = [await open(), await open(), await open()];
    expect(sockets.map((one) => one.open)).toEqual([true, true, true]);
    expect((await open()).open).toBe(false);
    sockets[0]?.socket.disconnect();
    await expect
      .poll(async () => {
        const one = await open();
        sockets.push(one);
        return one.open;
      })
      .toBe(true);
    for (const { socket } of sockets) socket.disconnect();
  });

  test('of requests of one address: 429, and when to come again', async () => {
    const busy = await serve(['tic-tac-toe'], { limits: { requestsPerSecond: 1 } });
    const answers = await Promise.all(Array.from({ length: 40 }, () => fetch(`${busy.url}/games`)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect(await refused[0]?.json()).toMatchObject({ error: 'rate' });
    await busy.close();
  });

  test('of matches of one address', async () => {
    const small = await serve(['tic-tac-toe'], { limits: { matchesPerAddress: 1 } });
    const create = () => ask(small.url, '/games/tic-tac-toe/create', {});
    expect((await create()).status).toBe(200);
    expect(await create()).toMatchObject({ status: 429, body: { error: 'rate' } });
    await small.close();
  });

  test('of bodies that come without their length', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('x'.repeat(4096))),
    });
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    const answer = await fetch(`${served.url}/games/${KUHN}/create`, sent);
    expect(answer.status).toBe(413);
  });
});

describe('the operator', () => {
  const stream = (id: string, headers: Record<string, string>) =>
    fetch(`${served.url}/api/operator/${KUHN}/${id}`, { headers });

  test('sees everything of a game, as it happens', async () => {
    const { id } = await full();
    const answer = await stream(id, { authorization: `Bearer ${TOKEN}` });
    await finish(served.hall, id);
    const told = (await answer.text())
      .split('\n\n')
      .filter((part) => part !== '')
      .map((part) => JSON.parse(part.slice('data: '.length)) as Oversight);
    const events = told.flatMap(({ news }) => news.map(({ event }) => event));
    expect(events).toEqual(served.hall.oversee(id, KUHN).episode.log);
    expect(events.filter(({ to }) => to !== 'all').length).toBeGreaterThan(0);
    expect(told.at(-1)?.over).toMatchObject({ how: 'rules' });
  });

  test('is nobody without the token, and is told of no match that is not there', async () => {
    const { id } = await full();
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: TOKEN }]) {
      expect((await stream(id, headers as Record<string, string>)).status).toBe(401);
    }
    expect((await stream('nothing', { authorization: `Bearer ${TOKEN}` })).status).toBe(404);
    const bare = await serve([KUHN]);
    expect((await ask(bare.url, `/api/operator/${KUHN}/${id}`, undefined, { authorization: `Bearer ` })).status).toBe(
      404,
    );
    await bare.close();
  });
});

describe('figures', () => {
  test('of matches, moves, refusals and the event loop, in the text of Prometheus', async () => {
    const { id } = await full('tic-tac-toe');
    await finish(served.hall, id);
    await ask(served.url, '/games/tic-tac-toe/create', { seed: 1 });
    const text = await (await fetch(`${served.url}/metrics`)).text();
    expect(text).toMatch(/^ludus_matches\{state="over"\} [1-9]/m);
    expect(text).toMatch(/^ludus_refusals_total\{reason="malformed"\} [1-9]/m);
    expect(text).toMatch(/^ludus_event_loop_delay_p99_seconds 0\.\d+/m);
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) |\w+(\{\w+="[\w ]+"\})? [\d.e+-]+$)/);
    expect(text).not.toContain(id);
  });

  test('are given to nobody unasked', async () => {
    const bare = await serve(['tic-tac-toe']);
    expect((await (await fetch(`${bare.url}/metrics`)).text()).includes('ludus_matches')).toBe(false);
    await bare.close();
  });
});

describe('a server that keeps nothing', () => {
  test('shows the replay of a game as long as its match is there', async () => {
    const { id } = await full();
    await finish(served.hall, id);
    const { record } = (await ask(served.url, `/games/${KUHN}/${id}`)).body;
    const replay = await ask(served.url, `/api/replays/${record}?viewer=1`);
    expect(replay).toMatchObject({ status: 200, body: { id: record, viewer: 1, how: 'rules' } });
    const line = await fetch(`${served.url}/api/replays/${record}/record`);
    expect(JSON.parse(await line.text())).toMatchObject({ id: record });
    expect((await ask(served.url, '/api/replays')).body).toEqual({ replays: [], more: false });
    await served.hall.forget(id);
    expect((await ask(served.url, `/api/replays/${record}`)).status).toBe(404);
  });
});

describe('an agent that hangs', () => {
  test('has for a turn what the server gives agents', async () => {
    const act = () => new Promise<never>(() => {});
    const hangs = { name: 'hangs', title: 'Hangs', factory: () => ({ manifest: { agent: 'hangs' }, act }) };
    const other = await serve(['tic-tac-toe'], { agentMs: 20, agents: new Map([['hangs', hangs]]) });
    const setupData = { agents: { 0: 'hangs' } };
    const { matchID } = (await ask(other.url, '/games/tic-tac-toe/create', { setupData })).body;
    await ask(other.url, `/games/tic-tac-toe/${matchID}/join`, { playerName: 'Ann' });
    await expect.poll(() => other.hall.state(String(matchID), 1).G.asked, { timeout: 5000 }).not.toBeNull();
    await other.close();
  });
});
