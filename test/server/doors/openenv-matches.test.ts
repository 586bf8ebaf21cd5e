import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readRecords } from '../../../replays/read.js';
import { verify } from '../../../replays/verify.js';
import { Catalogue } from '../../../src/core/catalogue.js';
import { type Opened, openDoors } from './opened.js';
import { type Frame, Plain } from './openenv-client.js';

const folder = mkdtempSync(join(tmpdir(), 'ludus-openenv-'));
let server: Opened;
const clients: Plain[] = [];

beforeAll(async () => {
  server = await openDoors({
    doors: ['openenv'],
    environments: ['tic-tac-toe', 'kuhn-poker', 'calculator', 'rpsls'],
    options: { records: join(folder, 'episodes.jsonl') },
  });
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});
afterAll(async () => {
  await server.close();
  expect(server.lines).toEqual([]);
  rmSync(folder, { recursive: true });
});

async function client(environment: string, { url } = server): Promise<Plain> {
  const opened = await Plain.open(url, `/openenv/${environment}/ws`);
  clients.push(opened);
  return opened;
}

function pair(environment: string, at = server): Promise<[Plain, Plain]> {
  return Promise.all([client(environment, at), client(environment, at)]);
}

describe('two clients', () => {
  it('play 200 matches over 400 sockets, and every record verifies', async () => {
    const matches = Array.from({ length: 200 }, async (_, at) => {
      const [one, other] = await pair('kuhn-poker');
      const data = { match_id: `match ${at}`, seed: at };
      return Promise.all([one.play({ ...data, seat: 0 }, `a${at}`), other.play({ ...data, seat: 1 }, `b${at}`)]);
    });
    const returns = await Promise.all(matches);
    for (const [mine, theirs] of returns) expect(mine).toBe(-theirs);
    const environment = await new Catalogue().environment('kuhn-poker');
    const seeds = new Set<string>();
    for await (const line of readRecords(join(folder, 'episodes.jsonl'))) {
      if ('problem' in line) throw new Error(line.problem);
      expect(verify(line.record, environment)).toBeNull();
      expect(line.record.end.returns).toEqual(returns[Number(line.record.seed)]);
      seeds.add(String(line.record.seed));
    }
    expect(seeds.size).toBe(200);
  });

  it('are kept waiting until it is their turn', async () => {
    const [one, other] = await pair('tic-tac-toe');
    const second = other.reset({ match_id: 'turns', seat: 1 });
    const first = await one.reset({ match_id: 'turns', seat: 0 });
    expect([first.data.observation.seat, other.heard]).toEqual([0, []]);
    const reply = one.say('b2');
    expect((await second).data.observation.text).toContain('player_0 puts x on b2.');
    expect(one.heard).toHaveLength(1);
    void other.say('a1');
    expect((await reply).data.observation.text).toContain('player_1 puts o on a1.');
  });

  it('move at once where the game says so', async () => {
    const [one, other] = await pair('rpsls');
    const began = [one, other].map((each) => each.reset({ match_id: 'at once', seed: 1 }));
    const seats = (await Promise.all(began)).map(({ data }) => data.observation.seat);
    expect(seats).toEqual([0, 1]);
    const first = one.say('rock');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(one.heard).toHaveLength(1);
    void other.say('paper');
    expect((await first).data.observation.text).toMatch(/paper/);
  });

  it('play again under the same name', async () => {
    const [one, other] = await pair('kuhn-poker');
    for (const round of [1, 2, 3]) {
      const data = { match_id: 'again', seed: round };
      const totals = await Promise.all([one, other].map((each, at) => each.play(data, `again ${round} ${at}`)));
      expect((totals[0] as number) + (totals[1] as number)).toBe(0);
    }
  });
});

describe('a seat', () => {
  const code = ({ type, data }: Frame) => [type, data.code];

  it('that is taken is refused, and so is a match that is being played', async () => {
    const [one, other] = await pair('tic-tac-toe');
    const third = await client('tic-tac-toe');
    const first = one.reset({ match_id: 'taken', seat: 0 });
    const twice = await other.reset({ match_id: 'taken', seat: 0 });
    expect(code(twice)).toEqual(['error', 'EXECUTION_ERROR']);
    expect(twice.data.message).toBe('seat 0 of match taken is taken');
    void other.reset({ match_id: 'taken', seat: 1 });
    await first;
    const late = await third.reset({ match_id: 'taken' });
    expect(late.data.message).toBe('match taken is being played; its seats are taken');
  });

  const rows: readonly [string, string, object, RegExp][] = [
    ['under another seed', 'kuhn-poker', { seed: 2 }, /has another seed/],
    ['under another configuration', 'kuhn-poker', { config: { players: 3 } }, /has another configuration/],
    ['there is not', 'kuhn-poker', { seat: 2 }, /the seats are 0 to 1/],
    ['beside agents of the server', 'kuhn-poker', { opponents: 'scripted' }, /every seat of a match is a client/],
    ['of a task for one', 'calculator', {}, /has one seat/],
  ];
  it.each(rows)('%s is refused', async (what, environment, args, reason) => {
    const [one, other] = await pair(environment);
    void one.reset({ match_id: what, seed: 1 });
    const { data } = await other.reset({ match_id: what, ...args });
    expect(data.message).toMatch(reason);
  });

  it('of another match is not found by another name, nor in another game', async () => {
    const [one, other] = await pair('kuhn-poker');
    const elsewhere = await client('tic-tac-toe');
    void one.reset({ match_id: 'a' });
    void other.reset({ match_id: 'b' });
    void elsewhere.reset({ match_id: 'a' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([one, other, elsewhere].flatMap(({ heard }) => heard)).toEqual([]);
  });
});

describe('who goes away', () => {
  it('loses, and the other is told', async () => {
    const [one, other] = await pair('tic-tac-toe');
    void other.reset({ match_id: 'gone', seat: 1 });
    await one.reset({ match_id: 'gone', seat: 0 });
    const reply = one.say('b2');
    other.socket.terminate();
    expect((await reply).data).toMatchObject({ done: true, reward: 1, metadata: { how: 'forfeit' } });
  });

  it('when it is not its turn loses as soon as it is', async () => {
    const [one, other] = await pair('tic-tac-toe');
    void other.reset({ match_id: 'early', seat: 1 });
    await one.reset({ match_id: 'early', seat: 0 });
    await other.close();
    expect((await one.say('b2')).data).toMatchObject({ done: true, reward: 1 });
  });

  it('by a reset loses too, and its next match is another', async () => {
    const [one, other] = await pair('tic-tac-toe');
    const began = other.reset({ match_id: 'left', seat: 1 });
    await one.reset({ match_id: 'left', seat: 0 });
    const next = one.reset({ match_id: 'left', seat: 0 });
    expect((await began).data).toMatchObject({ done: true, reward: 1 });
    void other.reset({ match_id: 'left', seat: 1 });
    expect((await next).data.observation).toMatchObject({ seat: 0 });
  });

  it('while others wait leaves its seat to others', async () => {
    const [one, other] = await pair('kuhn-poker');
    void one.reset({ match_id: 'seat left', seat: 0 });
    await one.close();
    const third = await client('kuhn-poker');
    const both = [third.play({ match_id: 'seat left', seat: 0 }, 'x'), other.play({ match_id: 'seat left' }, 'y')];
    const [mine, theirs] = await Promise.all(both);
    expect(mine).toBe(-(theirs as number));
  });

  it('by hanging up an HTTP request leaves its seat to others too', async () => {
    const hangUp = new AbortController();
    const body = JSON.stringify({ match_id: 'hung up', seat: 0, seed: 1 });
    const reset = { method: 'POST', body, signal: hangUp.signal };
    const waiting = fetch(`${server.url}/openenv/kuhn-poker/reset`, reset).catch(() => 'hung up');
    const other = await client('kuhn-poker');
    // NOTE: neither is ever let in, and what is said of the seed tells whether somebody waits.
    const seen = async () => (await other.reset({ match_id: 'hung up', seat: 9, seed: 2 })).data.message;
    while ((await seen())?.includes('has another seed') !== true);
    hangUp.abort();
    expect(await waiting).toBe('hung up');
    while ((await seen())?.includes('there is no seat 9') !== true);
  });

  it('of three leaves a game that goes on', async () => {
    const [one, other] = await pair('kuhn-poker');
    const third = await client('kuhn-poker');
    const data = { match_id: 'three', seed: 1, config: { players: 3 } };
    void third.reset({ ...data, seat: 2 });
    const both = [one.play({ ...data, seat: 0 }, 'p'), other.play({ ...data, seat: 1 }, 'q')];
    third.socket.terminate();
    for (const total of await Promise.all(both)) expect(Number.isFinite(total)).toBe(true);
    expect(JSON.parse(one.heard.at(-1) as string)).toMatchObject({ data: { done: true, metadata: { how: 'rules' } } });
  });

  it('in silence is not waited for without end', async () => {
    const brief = await openDoors({ doors: ['openenv'], environments: ['kuhn-poker'], options: { idleMs: 400 } });
    const alone = await client('kuhn-poker', brief);
    const nobody = await alone.reset({ match_id: 'nobody' });
    expect(nobody.data).toMatchObject({ code: 'EXECUTION_ERROR', message: 'nobody came within 0.2 seconds' });
    const [one, other] = await pair('kuhn-poker', brief);
    const second = other.reset({ match_id: 'silent', seat: 1 });
    await one.reset({ match_id: 'silent', seat: 0 });
    expect((await second).data).toMatchObject({ done: true, reward: 2, metadata: { how: 'forfeit' } });
    await brief.close();
  });
});
