import { Agent, request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { doorIds } from '../../../src/server/doors/door.js';
import { send } from './aviary-client.js';
import { dummy } from './dummy.js';
import { type Opened, openDoors } from './opened.js';

/** Requests at each door; `FUZZ=10000` sends more. */
const MANY = Number(process.env.FUZZ ?? 2000);
const SEED = 20260601;
const SESSIONS = 40;
const SOCKETS = 16;
/** NOTE: of the others Node sends a body without its length, which is the next request to whoever hears it. */
const WITH_BODY = ['POST', 'PUT', 'PATCH'];
/** What no answer may hold: a trace, a place in the code, a path of this machine. */
const INSIDES = /\n\s+at |node_modules|file:\/\/|\.[tj]s:\d|\/(src|home|usr|tmp)\//;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** What clients of each door send when they are right, to be spoilt. */
const RIGHT: { readonly [door: string]: readonly (readonly [path: string, body: object])[] } = {
  aviary: [
    ['/dummy/start', { task_idx: 1, task_kwargs: { seed: 1, seat: 0, opponents: ['random'], config: {} } }],
    ['/kuhn-poker;seat=1;opponents=random/start', { task_idx: null, seed: 3 }],
    ['/dummy/reset', { env_id: 'ENV' }],
    [
      '/dummy/step',
      {
        env_id: 'ENV',
        action: {
          role: 'assistant',
          content: 'so',
          tool_calls: [{ id: 'a', type: 'function', function: { name: 'cast_int', arguments: '{"x": 1}' } }],
        },
      },
    ],
    ['/kuhn-poker/close', { env_id: 'ENV' }],
    ['/dummy/close_old_envs', { last_used: 1e9 }],
    ['/dummy/envs/ENV/record', {}],
  ],
  openenv: [
    ['/dummy/reset', { seed: 1, episode_id: 'e', match_id: 'm', seat: 0, session_id: 's' }],
    ['/kuhn-poker/step', { session_id: 's', action: { message: 'bet' }, timeout_s: 1 }],
    [
      '/dummy/mcp',
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { session_id: 's', name: 'x', arguments: {} } },
    ],
    ['/dummy/state', {}],
    ['/dummy/schema', {}],
  ],
  mcp: [
    [
      '',
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'start', arguments: { environment: 'dummy' } } },
    ],
    ['/', { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {} } }],
    ['/dummy', { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }],
  ],
};

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '\u0000', '\ud800', 'x'.repeat(5000), '../../etc/passwd'),
  fc.constantFrom(-1, 1.5, 1e308, 2 ** 53, -0, null, true, [], {}, [[]]),
);

/** A value with one part of it replaced, left out or added to. */
function spoilt(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return odd;
  const entries = Object.entries(value);
  const one = fc.integer({ min: 0, max: Math.max(entries.length - 1, 0) });
  const deeper = one.chain((at) => {
    const [name, inner] = entries[at] ?? ['more', null];
    return spoilt(inner).map((wrong) => (Array.isArray(value) ? [wrong] : { ...value, [name]: wrong }));
  });
  const without = one.map((at) => Object.fromEntries(entries.filter((_, index) => index !== at)));
  const more = fc.tuple(fc.string(), odd).map(([name, wrong]) => ({ ...value, [name]: wrong }));
  return fc.oneof({ weight: 4, arbitrary: deeper }, without, more, odd);
}

function bodyFor(right: object): fc.Arbitrary<string> {
  const text = JSON.stringify(right);
  return fc.oneof(
    { weight: 6, arbitrary: spoilt(right).map((value) => JSON.stringify(value) ?? '') },
    fc.integer({ min: 0, max: text.length - 1 }).map((end) => text.slice(0, end)),
    fc.string(),
    fc.integer({ min: 1, max: 20_000 }).map((deep) => '['.repeat(deep)),
    fc.integer({ min: 1, max: 5000 }).map((deep) => '{"a":'.repeat(deep)),
  );
}

function pathFor(path: string): fc.Arbitrary<string> {
  const odd = fc.string({ maxLength: 12 }).map(encodeURIComponent);
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(path) },
    fc.tuple(fc.constant(path), odd).map(([right, more]) => `${right}/${more}`),
    odd.map((word) => `/${word}${path}`),
    odd.map((word) => path.replace(/^\/[^/]*/, `$&;${word}`)),
    fc.constantFrom(
      '/%',
      '/%ff/start',
      '//',
      '/dummy;seed=1;;/start',
      '/dummy;config.maxSteps=x/start',
      '/;/;',
      '/dummy?x',
    ),
  );
}

function askedAt(door: string): fc.Arbitrary<Asked> {
  return fc.constantFrom(...(RIGHT[door] as (readonly [string, object])[])).chain(([path, right]) =>
    fc.record({
      method: fc.oneof(
        { weight: 9, arbitrary: fc.constant('POST') },
        fc.constantFrom('GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'),
      ),
      path: pathFor(path).map((made) => `/${door}${made}`),
      headers: fc.constantFrom(
        { 'content-type': 'application/json' },
        { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
        { 'content-type': 'text/plain' },
        { 'content-type': 'application/json', 'x-api-key': 'x', 'mcp-session-id': '__proto__' },
        { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
      ),
      body: bodyFor(right),
    }),
  );
}

let open: Opened;
const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
beforeAll(async () => {
  open = await openDoors({
    doors: doorIds(),
    environments: [dummy, 'kuhn-poker'],
    options: { sessions: SESSIONS },
  });
});
afterAll(async () => {
  agent.destroy();
  await open.close();
});

interface Told {
  readonly status: number;
  readonly text: string;
}

/** NOTE: an answer that goes on, as a stream of events does, is heard as far as its head. */
function ask({ method, path, headers, body }: Asked): Promise<Told> {
  return new Promise((resolve, reject) => {
    const asked = request(open.url + path, { method, headers, agent }, (response) => {
      const status = response.statusCode ?? 0;
      let text = '';
      response.on('data', (chunk: Buffer) => (text += String(chunk)));
      response.on('end', () => resolve({ status, text }));
      response.on('error', reject);
      if (method === 'GET' && status === 200 && /event-stream/.test(response.headers['content-type'] ?? ''))
        resolve({ status, text: '' });
    });
    asked.on('error', reject);
    asked.end(WITH_BODY.includes(method) ? body : '');
  });
}

/** What is wrong with an answer; null when nothing is. */
function fault({ method }: Asked, { status, text }: Told): string | null {
  if (status >= 500) return `status ${status}`;
  if (INSIDES.test(text)) return 'tells of the insides';
  if (status < 400 || method === 'HEAD') return null;
  const { detail, error } = jsonOf(text);
  return detail === undefined && error === undefined ? 'says not what is wrong' : null;
}

function jsonOf(text: string): { readonly [key: string]: unknown } {
  try {
    return JSON.parse(text) as { [key: string]: unknown };
  } catch {
    return {};
  }
}

async function sendAll(all: readonly Asked[]): Promise<{ faults: unknown[]; refused: number }> {
  const faults: unknown[] = [];
  let next = 0;
  let refused = 0;
  const sender = async () => {
    for (let asked = all[next++]; asked !== undefined; asked = all[next++]) {
      const told = await ask(asked).catch((error: unknown) => ({ status: 599, text: String(error) }));
      if (told.status >= 400) refused++;
      const wrong = fault(asked, told);
      if (wrong !== null) faults.push({ wrong, ...asked, ...told });
    }
  };
  await Promise.all(Array.from({ length: SOCKETS }, sender));
  return { faults, refused };
}

describe('requests that are not as they should be', () => {
  it('are known for every door', () => expect(Object.keys(RIGHT).sort()).toEqual(doorIds().sort()));

  it.each(doorIds())('are answered each at %s, and the server stays up and within its bounds', async (door) => {
    const all = fc.sample(askedAt(door), { numRuns: MANY, seed: SEED });
    const before = process.memoryUsage().heapUsed;
    const { faults, refused } = await sendAll(all);
    expect(faults.slice(0, 3)).toEqual([]);
    expect(refused).toBeGreaterThan(MANY / 2);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(400 * 1024 * 1024);
    expect(open.lines.slice(0, 3)).toEqual([]);
  });

  it('leave the server as it was: it goes on as ever, with no more sessions than may be', async () => {
    const site = `${open.url}/aviary/dummy`;
    for (const id of ['dummy', 'kuhn-poker']) await send(`${open.url}/aviary/${id}/close_old_envs`, { last_used: -1 });
    const { env_id } = (await send(`${site}/start`, { task_idx: 1 })).body as { env_id: string };
    expect((await send(`${site}/reset`, { env_id })).status).toBe(200);
    const { running_env_ids } = (await send(`${site}/info`)).body as { running_env_ids: string[] };
    expect(running_env_ids.length).toBeLessThanOrEqual(SESSIONS);
  });

  it('a body that is too large is refused, and the next request is served', async () => {
    const { status, text } = await send(`${open.url}/aviary/dummy/start`, `"${'x'.repeat(3_000_000)}"`);
    expect([status, text]).toEqual([413, expect.stringContaining('larger than')]);
    expect((await send(`${open.url}/aviary/dummy/info`)).status).toBe(200);
  });
});

describe('messages over a WebSocket that are not as they should be', () => {
  const right = [
    { type: 'reset', data: { seed: 42, episode_id: 'e' } },
    { type: 'step', data: { message: 'hello' } },
    { type: 'state' },
    { type: 'mcp', data: { jsonrpc: '2.0', method: 'tools/list', params: {}, id: 1 } },
  ];
  const message = fc
    .constantFrom(...right)
    .chain(bodyFor)
    .filter((text) => !/"type":"close"/.test(text));

  it('are answered each by one message, and the socket stays open', async () => {
    const socket = new WebSocket(`${open.url.replace('http', 'ws')}/openenv/dummy/ws`);
    await new Promise((resolve) => socket.once('open', resolve));
    const answers: string[] = [];
    const answered = (count: number) =>
      new Promise<void>((resolve) => {
        const heard = (data: Buffer) => {
          answers.push(String(data));
          if (answers.length < count) return;
          socket.off('message', heard);
          resolve();
        };
        socket.on('message', heard);
      });
    const all = fc.sample(message, { numRuns: MANY, seed: SEED });
    const heard = answered(all.length);
    for (const text of all) socket.send(text);
    await heard;
    expect(answers.filter((text) => INSIDES.test(text) || JSON.parse(text).type === undefined)).toEqual([]);
    expect(answers.filter((text) => JSON.parse(text).type === 'error').length).toBeGreaterThan(MANY / 2);
    expect([socket.readyState, open.lines]).toEqual([WebSocket.OPEN, []]);
    socket.close();
  });
});
