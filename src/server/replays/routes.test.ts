import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, expect, test } from 'vitest';
import { parseRecord } from '../../../replays/read.js';
import { verify } from '../../../replays/verify.js';
import { Catalogue } from '../../core/catalogue.js';
import { readConfig } from '../../core/config.js';
import { refusalOf, STATUS } from '../http/status.js';
import { openAgents } from '../lobby/agents.js';
import { playFork } from './forks.js';
import { replayRoutes } from './routes.js';
import { Replays } from './service.js';
import type { Replay, ReplayCard, ReplayPage } from './wire.js';

const catalogue = new Catalogue();
const environment = await catalogue.environment('kuhn-poker');
const agents = await openAgents(catalogue, [{ name: 'somebody', spec: 'random' }]);
const folder = mkdtempSync(join(tmpdir(), 'replays-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** NOTE: a game from its start is a fork of an empty one. */
async function game(seed: string): Promise<string> {
  const { id, version } = environment.spec;
  const config = readConfig(environment.spec);
  const record = {
    ...{ ludus: 1 as const, id: 'none', environment: { id, version, config }, seed, start: '', steps: [] },
    seats: [{ agent: 'random' }, { agent: 'random' }],
    end: { how: 'cancelled' as const, outcome: null, paid: [], returns: null },
  };
  const random = await catalogue.agent('random');
  return playFork({ record, environment, step: 0, agents: [random, random], seed });
}

const lines = [await game('a'), await game('b')];
const ids = lines.map((line) => idOf(line));
writeFileSync(join(folder, 'games.jsonl'), lines.join(''));

const replays = new Replays({
  environments: new Map([[environment.spec.id, environment]]),
  agents,
  places: [{ path: folder, listed: true }],
});
const server = new Hono().route('/api/replays', replayRoutes(replays) as unknown as Hono);
server.onError((thrown, c) => {
  const refusal = refusalOf(thrown) ?? { error: 'internal' as const, text: String(thrown) };
  return c.json(refusal, STATUS[refusal.error]);
});

test('records are listed newest first, shown for a viewer, and given out as they stand', async () => {
  const { replays: cards, more } = (await asked('')) as ReplayPage;
  expect([cards.map(({ id }) => id), more]).toEqual([[ids[1], ids[0]], false]);
  expect(await asked('?environment=werewolf')).toEqual({ replays: [], more: false });
  const all = (await asked(`/${ids[0]}`)) as Replay;
  const seat = (await asked(`/${ids[0]}?viewer=1`)) as Replay;
  expect([all.viewer, seat.viewer, seat.seed]).toEqual(['all', 1, null]);
  expect(seat.frames.length).toBeLessThan(all.frames.length);
  expect(await (await server.request(`/api/replays/${ids[0]}/record`)).text()).toBe(lines[0]);
});

test('a record from anywhere is shown as one that is kept', async () => {
  const answer = await server.request('/api/replays/frames?viewer=all', { method: 'POST', body: lines[0] as string });
  expect(await answer.json()).toEqual(await asked(`/${ids[0]}`));
});

test('a record is played on by agents of the server, once for each seed, and the forks can be looked at', async () => {
  const wanted = { step: 2, agents: { 0: 'somebody', 1: 'somebody' }, seeds: ['x', 'y'] };
  const { replays: cards } = (await asked('/fork', { record: ids[0], ...wanted })) as { replays: ReplayCard[] };
  expect(cards.map(({ parent }) => parent)).toEqual([ids[0], ids[0]].map((id) => ({ id, step: 2 })));
  expect(cards[0]?.id).not.toBe(cards[1]?.id);
  const fork = (await asked(`/${cards[0]?.id}`)) as Replay;
  const original = (await asked(`/${ids[0]}`)) as Replay;
  expect(fork.frames.slice(0, 3).map(({ view }) => view)).toEqual(original.frames.slice(0, 3).map(({ view }) => view));
  const line = await (await server.request(`/api/replays/${cards[0]?.id}/record`)).text();
  const read = parseRecord(line);
  if ('problem' in read) throw new Error(read.problem);
  expect(verify(read.record, environment)).toBeNull();
  const again = (await asked('/fork', { record: lines[0], ...wanted })) as { replays: ReplayCard[] };
  expect(again.replays.map(({ id }) => id)).toEqual(cards.map(({ id }) => id));
});

const other = JSON.stringify({
  ...JSON.parse(lines[0] as string),
  environment: { id: 'nim', version: '1', config: {} },
});
const newer = (lines[0] as string).replace('"ludus":1', '"ludus":9');

test.each([
  ['an id that nobody has', '/nobody', undefined, 404, /no record nobody/],
  ['a seat that is not there', `/${ids[0]}?viewer=2`, undefined, 404, /seats 0 to 1/],
  ['a viewer that is none', `/${ids[0]}?viewer=me`, undefined, 400, /all, public or the number/],
  ['a page that is none', '?page=-1', undefined, 400, /page/],
  ['what is no record', '/frames', '{"a":1}', 400, /not a record/],
  ['a record of a newer format', '/frames', newer, 400, /newer ludus/],
  ['a record of another environment', '/frames', other, 400, /"nim", which this server does not have/],
  ['a record that is too large', '/frames', ' '.repeat((16 << 20) + 1), 413, /16 MB/],
  ['a fork by somebody unknown', '/fork', { record: ids[0], step: 0, agents: { 0: 'x', 1: 'x' } }, 400, /no agent "x"/],
  ['a fork without a player', '/fork', { record: ids[0], step: 0, agents: {} }, 400, /player_0/],
  [
    'a fork past the end',
    '/fork',
    { record: ids[0], step: 99, agents: { 0: 'somebody', 1: 'somebody' } },
    400,
    /at 0 to/,
  ],
])('refuses %s', async (_, path, body, status, text) => {
  const answer = await request(path, body);
  expect(answer.status).toBe(status);
  expect(((await answer.json()) as { text: string }).text).toMatch(text);
});

async function request(path: string, body?: unknown): Promise<Response> {
  if (body === undefined) return server.request(`/api/replays${path}`);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'content-length': String(text.length) };
  return server.request(`/api/replays${path}`, { method: 'POST', body: text, headers });
}

async function asked(path: string, body?: unknown): Promise<unknown> {
  const answer = await request(path, body);
  const value = await answer.json();
  if (!answer.ok) throw new Error(JSON.stringify(value));
  return value;
}

function idOf(line: string): string {
  return (JSON.parse(line) as { id: string }).id;
}
