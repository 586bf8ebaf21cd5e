import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parseRecord } from '../../replays/read.js';
import type { Agent, AgentFactory, Decision } from '../../src/core/agent.js';
import { Hopeless } from '../../src/core/errors.js';
import type { Move } from '../../src/core/space.js';
import type { Clock } from '../../src/server/lobby/wire.js';
import { JournalStore } from '../../src/server/storage/journal-store.js';
import { FakeTime } from './fake-time.js';
import { Sitter } from './sitting.js';
import { NO_CLOCK, openTables, type Tables, type TablesOptions } from './tables.js';

const GAME = 'tic-tac-toe';
const open: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const acting =
  (act: Agent['act']): AgentFactory =>
  () => ({ manifest: { agent: 'made for a test' }, act });
const first: Agent['act'] = ({ space }) => ({ move: (space.kind === 'choice' ? space.options[0]?.id : '') as Move });
const never: Agent['act'] = () => new Promise<Decision>(() => {});

async function tablesOf({ hall, ...options }: TablesOptions = {}) {
  const time = new FakeTime();
  const tables = await openTables([GAME, 'kuhn-poker'], { ...options, hall: { time, ...hall } });
  open.push(() => tables.close());
  return { tables, time };
}

async function sit(tables: Tables, id: string, seat: number | null, token?: string, game = GAME): Promise<Sitter> {
  const sitter = new Sitter(tables.url, game, id, seat, token);
  open.push(() => sitter.leave());
  expect(await sitter.sync()).toMatchObject({ ok: true });
  return sitter;
}

async function pair(tables: Tables, clock: Partial<Clock>, standIn: string | null = null, game = GAME) {
  const { id, tokens } = await tables.full(game, undefined, { clock: { ...NO_CLOCK, ...clock }, standIn });
  const [zero, one] = [await sit(tables, id, 0, tokens[0], game), await sit(tables, id, 1, tokens[1], game)];
  return { id, tokens, zero, one };
}

async function recordOf(tables: Tables, id: string) {
  await expect.poll(() => tables.hall.match(id).over?.record).toMatch(/^\w+$/);
  const store = tables.store;
  const read = parseRecord((await store.record(id)) as string);
  if ('problem' in read) throw new Error(read.problem);
  return read.record;
}

describe('a person who is away', () => {
  test('is played for after a while, seen by all, named in the record; and gets the seat back in mid-turn', async () => {
    const said: (AbortSignal | null)[] = [];
    const waits: Agent['act'] = (request) => {
      said.push(request.signal);
      return said.length === 1 ? first(request) : never(request);
    };
    const { tables, time } = await tablesOf({ seated: [['waits', acting(waits)]] });
    const { id, tokens, zero, one } = await pair(tables, { absentMs: 1000 }, 'waits');
    zero.leave();
    await expect.poll(() => one.players[0]?.isConnected).toBe(false);
    await time.pass(999);
    expect(one.players[0]?.data.replacedBy).toBeUndefined();
    await time.pass(1);
    await expect.poll(() => one.players[0]?.data.replacedBy).toBe('waits');
    await expect.poll(() => one.view.asked).not.toBeNull();
    await one.first();
    await expect.poll(() => said.length).toBe(2);
    const back = await sit(tables, id, 0, tokens[0]);
    expect(said[1]?.aborted).toBe(true);
    expect(back.view.asked).not.toBeNull();
    await expect.poll(() => one.players[0]?.data.replacedBy).toBeUndefined();
    while (tables.hall.match(id).over === undefined) {
      await expect.poll(() => [back, one].some(({ view }) => view.asked !== null || view.over !== null)).toBe(true);
      if (back.view.asked !== null) expect(await back.first()).toMatchObject({ ok: true });
      else if (one.view.asked !== null) expect(await one.first()).toMatchObject({ ok: true });
    }
    const record = await recordOf(tables, id);
    expect(record.seats[0]).toMatchObject({ person: expect.stringMatching(/^person-/) });
    const own = record.steps.flatMap(({ seats }) => (seats?.[0] === undefined ? [] : [seats[0].by]));
    expect(own[0]).toBe('made for a test');
    expect(own.slice(1).every((by) => by === undefined)).toBe(true);
  });

  test('counts as away from the start of a server that takes the game up again', async () => {
    const home = mkdtempSync(join(tmpdir(), 'ludus-seats-'));
    open.push(() => rmSync(home, { recursive: true }));
    const before = await tablesOf({ store: await JournalStore.open(home), seated: [['first', acting(first)]] });
    const { id, tokens, zero } = await pair(before.tables, { absentMs: 1000, turnMs: 5000 }, 'first');
    await zero.first();
    await before.tables.close();
    open.length = 1;
    const { tables, time } = await tablesOf({
      store: await JournalStore.open(home),
      seated: [['first', acting(first)]],
    });
    expect(await tables.hall.resume()).toBe(1);
    const one = await sit(tables, id, 1, tokens[1]);
    expect(one.view.asked?.leftMs).toBe(5000);
    await time.pass(1000);
    await expect.poll(() => one.players[0]?.data.replacedBy).toBe('first');
    await one.first();
    await expect.poll(() => one.view.asked).not.toBeNull();
  });
});

describe('a clock', () => {
  test('plays by the rule for a turn that ran out of it, with one failure for each try, all at once', async () => {
    const { tables, time } = await tablesOf();
    const { zero, one, id } = await pair(tables, { turnMs: 3000 });
    expect(zero.view.asked?.leftMs).toBe(3000);
    await time.pass(2999);
    expect(one.view.asked).toBeNull();
    await time.pass(1);
    await expect.poll(() => one.view.asked?.leftMs).toBe(3000);
    for (let turn = 0; tables.hall.match(id).over === undefined && turn < 12; turn++) await time.pass(3000);
    const { steps } = await recordOf(tables, id);
    expect(steps[0]?.seats?.[0]).toMatchObject({ substituted: true });
    expect(steps[0]?.seats?.[0]?.tries?.map(({ failure }) => failure)).toEqual(['late', 'late', 'late']);
    expect(steps[0]?.at).toBe(3000);
  });

  test('ends the game where late means forfeit', async () => {
    const { tables, time } = await tablesOf();
    const { zero, id } = await pair(tables, { turnMs: 3000, late: 'forfeit' });
    await time.pass(3000);
    await expect.poll(() => zero.view.over).toMatchObject({ how: 'forfeit', returns: [-1, 1] });
    expect((await recordOf(tables, id)).end.how).toBe('forfeit');
  });

  test('counts the game of each seat, adds its increment, and stops while the other thinks', async () => {
    const { tables, time } = await tablesOf();
    const { zero, one } = await pair(tables, { gameMs: 10_000, incrementMs: 500 });
    await time.pass(4000);
    await zero.first();
    await time.pass(7000);
    await one.first();
    await expect.poll(() => zero.view.asked?.leftMs).toBe(6500);
    await zero.first();
    await expect.poll(() => one.view.asked?.leftMs).toBe(3500);
  });

  test('stands still by consent of everybody at the table, until one of them goes on', async () => {
    const { tables, time } = await tablesOf({ seated: [['first', acting(first)]] });
    const { zero, one, id, tokens } = await pair(tables, { turnMs: 3000, absentMs: 1000 }, 'first');
    await time.pass(1000);
    expect(await zero.pause('pause')).toMatchObject({ ok: true });
    await expect.poll(() => one.players[0]?.data.pausing).toBe(true);
    expect(zero.view.asked?.paused).toBe(false);
    expect(await one.pause('pause')).toMatchObject({ ok: true });
    await expect.poll(() => zero.view.asked).toMatchObject({ paused: true, leftMs: 2000 });
    expect(await zero.first()).toMatchObject({ error: 'not allowed' });
    one.leave();
    await time.pass(60_000);
    expect(zero.players[1]?.data.replacedBy).toBeUndefined();
    expect(zero.view.asked).not.toBeNull();
    expect(await zero.pause('resume')).toMatchObject({ ok: true });
    await expect.poll(() => zero.view.asked).toMatchObject({ paused: false, leftMs: 2000 });
    expect(await zero.first()).toMatchObject({ ok: true });
    expect(zero.players.map(({ data }) => data.pausing)).toEqual([undefined, undefined]);
    expect(await new Sitter(tables.url, GAME, id, 0, 'not the token').pause('pause')).toMatchObject({
      error: 'unauthorized',
    });
    expect(tokens).toHaveLength(2);
  });

  test('of one seat sends no frame to another where things are hidden', async () => {
    const { tables, time } = await tablesOf();
    const { zero, one } = await pair(tables, { turnMs: 3000 }, null, 'kuhn-poker');
    await expect.poll(() => zero.view.asked).not.toBeNull();
    const before = one.frames;
    await time.pass(2999);
    await zero.pause('pause');
    await one.pause('pause');
    await expect.poll(() => zero.view.asked?.paused).toBe(true);
    await one.pause('resume');
    await expect.poll(() => zero.view.asked?.paused).toBe(false);
    expect(one.frames).toBe(before);
  });
});

describe('an agent at the table', () => {
  test.each<[string, AgentFactory]>([
    ['throws', acting(() => Promise.reject(new Error('broken')))],
    ['gives up', acting(() => Promise.reject(new Hopeless('no key')))],
    ['hangs', acting(never)],
    ['hangs as it closes', () => ({ manifest: { agent: 'x' }, act: first, close: () => new Promise(() => {}) })],
    [
      'throws as it closes',
      () => ({ manifest: { agent: 'x' }, act: first, close: () => Promise.reject(new Error('broken')) }),
    ],
    [
      'cannot sit down',
      () => {
        throw new Error('not here');
      },
    ],
  ])('that %s hurts nobody else', async (_what, factory) => {
    const { tables, time } = await tablesOf({ seated: [['bad', factory]], hall: { agentMs: 1000 } });
    const { id, tokens } = await tables.full(GAME, undefined, { agents: { 1: 'bad' } });
    const zero = await sit(tables, id, 0, tokens[0]);
    while (zero.view.over === null) {
      await expect.poll(() => zero.view.asked !== null || zero.view.over !== null).toBe(true);
      if (zero.view.over !== null) break;
      expect(await zero.first()).toMatchObject({ ok: true });
      await time.pass(1000);
    }
    await time.pass(5000);
    expect(zero.view.over?.how).toBe('rules');
    expect((await recordOf(tables, id)).end.how).toBe('rules');
    expect(tables.problems).toEqual([]);
  });

  test.each<[string, Agent['act']]>([
    ['out of time', never],
    ['given up', () => Promise.reject(new Hopeless('no key'))],
  ])('that is %s is asked no more in that turn', async (_what, act) => {
    const asked: number[] = [];
    const bad = acting((request) => {
      asked.push(request.attempt);
      return act(request);
    });
    const { tables, time } = await tablesOf({ seated: [['bad', bad]], hall: { agentMs: 1000 } });
    const { id, tokens } = await tables.full(GAME, undefined, { agents: { 1: 'bad' } });
    const zero = await sit(tables, id, 0, tokens[0]);
    for (const turn of [1, 2]) {
      await expect.poll(() => zero.view.asked).not.toBeNull();
      await zero.first();
      await time.pass(1000);
      await expect.poll(() => zero.view.asked).not.toBeNull();
      expect(asked).toEqual(new Array(turn).fill(1));
    }
  });

  test('keeps to the pace of a table with people, and has no pace without', async () => {
    const { tables, time } = await tablesOf({ seated: [['first', acting(first)]], hall: { paceMs: 700 } });
    const { id, tokens } = await tables.full(GAME, undefined, { agents: { 0: 'first' } });
    const one = await sit(tables, id, 1, tokens[0]);
    await time.pass(699);
    expect(one.view.asked).toBeNull();
    await time.pass(1);
    await expect.poll(() => one.view.asked).not.toBeNull();
    const alone = await tables.full(GAME, undefined, { agents: { 0: 'first', 1: 'first' } });
    expect((await recordOf(tables, alone.id)).end.how).toBe('rules');
  });

  test('is told what its turn has left, by its own budget or the clock', async () => {
    const budgets: (number | null)[] = [];
    const counts: Agent['act'] = (request) => {
      budgets.push(request.budgetMs);
      return first(request);
    };
    const { tables } = await tablesOf({ seated: [['counts', acting(counts)]], hall: { agentMs: 2000 } });
    const agents = { 0: 'counts', 1: 'counts' };
    await recordOf(tables, (await tables.full(GAME, undefined, { agents })).id);
    expect(new Set(budgets.splice(0))).toEqual(new Set([2000]));
    const clock = { ...NO_CLOCK, turnMs: 800 };
    await recordOf(tables, (await tables.full(GAME, undefined, { agents, clock })).id);
    expect(new Set(budgets)).toEqual(new Set([800]));
  });
});

describe('chat', () => {
  test('is there for whoever comes later, spectators too; and no seat can flood it', async () => {
    const { tables, time } = await tablesOf();
    const { zero, one, id } = await pair(tables, {});
    expect(await zero.say('hello')).toMatchObject({ ok: true });
    await expect.poll(() => one.chat.map(({ payload }) => payload)).toEqual(['hello']);
    const spectator = await sit(tables, id, null);
    await expect.poll(() => spectator.chat.map(({ payload }) => payload)).toEqual(['hello']);
    await spectator.sync();
    const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => zero.say('again', `${at}`)));
    expect(answers.filter((answer) => 'error' in answer && answer.error === 'rate')).toHaveLength(5);
    await time.pass(4000);
    expect(await zero.say('later')).toMatchObject({ ok: true });
    expect(spectator.chat.filter(({ payload }) => payload === 'hello')).toHaveLength(1);
  });

  test('waits for the end where it could give things away', async () => {
    const { tables } = await tablesOf();
    const { zero } = await pair(tables, {}, null, 'kuhn-poker');
    expect(await zero.say('I hold the king')).toMatchObject({ error: 'not allowed' });
  });
});
