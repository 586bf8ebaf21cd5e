import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import kuhn from '../../../envs/kuhn-poker/index.js';
import ticTacToe from '../../../envs/tic-tac-toe/index.js';
import { readRecords } from '../../../replays/read.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { verify } from '../../../replays/verify.js';
import { readConfig } from '../../core/config.js';
import type { Environment } from '../../core/environment.js';
import { UserError } from '../../core/errors.js';
import type { Clock } from '../lobby/wire.js';
import { Hall } from '../rooms/hall.js';
import type { MatchStore } from '../rooms/store.js';
import { Files } from './files.js';
import { JournalStore } from './journal-store.js';

const CLOCK: Clock = { turnMs: null, gameMs: null, incrementMs: 0, late: 'substitute', absentMs: null };

function home(): string {
  return mkdtempSync(join(tmpdir(), 'ludus-store-'));
}

function hallOn(store: MatchStore, environments: readonly Environment[] = [ticTacToe, kuhn]): Hall {
  return new Hall({
    environments: new Map(environments.map((one) => [one.spec.id, one])),
    agents: new Map(),
    store,
    events: { patch: () => {}, card: () => {}, left: () => {}, gone: () => {} },
  });
}

/** A match with people in all seats. */
async function seated(hall: Hall, environment: Environment, consent = true): Promise<string> {
  const game = environment.spec.id;
  const made = { clock: CLOCK, consent, standIn: null, agents: {}, unlisted: false };
  const { id, seats } = await hall.create({ ...made, game, config: readConfig(environment.spec) });
  for (const seat of seats.keys()) await hall.join(id, game, { name: `p${seat}`, seat });
  await turnOver();
  return id;
}

/** Plays first options, until the end or so many moves. */
async function play(hall: Hall, id: string, most = Number.POSITIVE_INFINITY): Promise<number> {
  let moves = 0;
  while (moves < most && hall.match(id).over === undefined) {
    for (const seat of hall.match(id).seats.keys()) {
      const { asked, tick } = hall.state(id, seat).G;
      if (asked?.space.kind !== 'choice' || moves >= most) continue;
      expect(await hall.act(id, seat, tick, asked.space.options[0]?.id ?? '')).toMatchObject({ ok: true });
      moves++;
      await turnOver();
    }
  }
  return moves;
}

function turnOver(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

async function recordsOf(folder: string): Promise<EpisodeRecord[]> {
  const found: EpisodeRecord[] = [];
  for await (const line of readRecords(folder)) {
    if ('problem' in line) throw new Error(line.problem);
    found.push(line.record);
  }
  return found;
}

const journals = (folder: string) => readdirSync(join(folder, 'journals'));

test.each([false, true])('a finished match is an ordinary record, and its journal is gone (sync %s)', async (sync) => {
  const folder = home();
  const store = await JournalStore.open(folder, { sync });
  const hall = hallOn(store);
  const id = await seated(hall, ticTacToe);
  expect(journals(folder)).toEqual([`${id}.journal`]);
  await play(hall, id);
  const secret = await seated(hall, kuhn, false);
  await play(hall, secret);
  await hall.close();
  expect(journals(folder)).toEqual([]);
  const [record, ...more] = await recordsOf(join(folder, 'records'));
  expect(more).toEqual([]);
  expect(verify(record as EpisodeRecord, ticTacToe)).toBeNull();
  expect(record).toMatchObject({ id: hall.match(id).over?.record, consent: true });
  expect(record?.started).toMatch(/:00:00Z$/);
  expect(JSON.stringify(record)).not.toContain('"p0"');
  const [kept] = await recordsOf(join(folder, 'records', 'private'));
  expect(kept).toMatchObject({ id: hall.match(secret).over?.record, consent: false });
});

test('a game goes on in another process where it was, and ends in one record', async () => {
  const folder = home();
  const store = await JournalStore.open(folder);
  const before = hallOn(store);
  const id = await seated(before, ticTacToe);
  await play(before, id, 3);
  const view = before.state(id, 0).G;
  const copy = home();
  cpSync(folder, copy, { recursive: true });
  await before.close();
  const after = hallOn(await JournalStore.open(copy));
  expect(await after.resume()).toBe(1);
  await turnOver();
  const { events, moves, view: seen, tick } = after.state(id, 0).G;
  expect({ events, moves, seen }).toEqual({ events: view.events, moves: view.moves, seen: view.view });
  expect(tick).toBeGreaterThan(view.tick);
  await play(after, id);
  await after.close();
  const records = await recordsOf(join(copy, 'records'));
  expect(records).toHaveLength(1);
  expect(verify(records[0] as EpisodeRecord, ticTacToe)).toBeNull();
});

test('a process killed between the record and the end of the journal leaves one record, and the match is over', async () => {
  const folder = home();
  const hall = hallOn(await JournalStore.open(folder));
  const id = await seated(hall, kuhn);
  await play(hall, id, 1);
  const journal = readFileSync(join(folder, 'journals', `${id}.journal`));
  const cards = readFileSync(join(folder, 'matches.jsonl'), 'utf8');
  await play(hall, id);
  await hall.close();
  const all = readFileSync(join(folder, 'matches.jsonl'), 'utf8');
  const place = all.split('\n').find((line) => line.startsWith('{"finished"'));
  for (const [name, text] of [
    ['there', `${cards}${place}\n`],
    ['not there', `${cards}${place}\n`],
  ] as const) {
    const copy = home();
    cpSync(folder, copy, { recursive: true });
    writeFileSync(join(copy, 'matches.jsonl'), text);
    writeFileSync(join(copy, 'journals', `${id}.journal`), journal);
    if (name === 'not there') writeFileSync(join(copy, 'records', 'shard-0.jsonl'), '{"ludus":1,"id":"to');
    const told: string[] = [];
    const again = hallOn(await JournalStore.open(copy, { told: (notice) => told.push(notice) }));
    expect(await again.resume()).toBe(name === 'there' ? 0 : 1);
    expect(told).toHaveLength(name === 'there' ? 0 : 1);
    await turnOver();
    await play(again, id);
    const [shown] = await new Promise<[unknown]>((resolve) => void again.show(id, 0, ({ G }) => resolve([G.over])));
    expect(shown).toMatchObject({ how: 'rules', record: again.match(id).over?.record });
    await again.close();
    expect(await recordsOf(join(copy, 'records'))).toHaveLength(1);
    expect(journals(copy)).toEqual([]);
  }
});

test('torn last lines are cut off and told, and nothing written later is lost behind them', async () => {
  const folder = home();
  const hall = hallOn(await JournalStore.open(folder));
  const id = await seated(hall, ticTacToe);
  await play(hall, id, 2);
  const copy = home();
  cpSync(folder, copy, { recursive: true });
  await hall.close();
  for (const file of ['matches.jsonl', join('journals', `${id}.journal`)]) {
    writeFileSync(join(copy, file), `${readFileSync(join(copy, file), 'utf8')}{"step":{"sea`);
  }
  const told: string[] = [];
  const again = hallOn(await JournalStore.open(copy, { told: (notice) => told.push(notice) }));
  await again.resume();
  expect(told).toHaveLength(2);
  await turnOver();
  await play(again, id);
  await again.close();
  expect(verify((await recordsOf(join(copy, 'records')))[0] as EpisodeRecord, ticTacToe)).toBeNull();
});

test('a thousand matches are written with few files open', async () => {
  const folder = home();
  const files = new Files(16);
  for (let round = 0; round < 3; round++) {
    for (let match = 0; match < 1000; match++) files.append(join(folder, String(match)), `${match} ${round}\n`);
    expect(files.open).toBeLessThanOrEqual(16);
  }
  files.close();
  for (let match = 0; match < 1000; match++) {
    expect(readFileSync(join(folder, String(match)), 'utf8')).toBe(`${match} 0\n${match} 1\n${match} 2\n`);
  }
});

test('a folder belongs to one server', async () => {
  const folder = home();
  const store = await JournalStore.open(folder);
  await expect(JournalStore.open(folder)).rejects.toThrow(UserError);
  await store.close();
  await (await JournalStore.open(folder)).close();
});

test('a match of another version of its game is kept as it is, and said so', async () => {
  const folder = home();
  const hall = hallOn(await JournalStore.open(folder));
  const id = await seated(hall, ticTacToe);
  await play(hall, id, 2);
  await hall.close();
  const journal = readFileSync(join(folder, 'journals', `${id}.journal`), 'utf8');
  const newer = { ...ticTacToe, spec: { ...ticTacToe.spec, version: '99' } };
  const later = hallOn(await JournalStore.open(folder), [newer]);
  expect(await later.resume()).toBe(0);
  expect(later.kept.get(id)).toBe(
    `it was begun with tic-tac-toe ${ticTacToe.spec.version}, and here is tic-tac-toe 99`,
  );
  await later.close();
  expect(readFileSync(join(folder, 'journals', `${id}.journal`), 'utf8')).toBe(journal);
  const right = hallOn(await JournalStore.open(folder));
  expect(await right.resume()).toBe(1);
  await right.close();
});

test.runIf(existsSync('/dev/full'))(
  'on a full disk nobody sees a move that is not kept, and other matches go on',
  async () => {
    const folder = home();
    const store = await JournalStore.open(folder, { open: 1 });
    const patched: string[] = [];
    const hall = new Hall({
      ...{ environments: new Map([['tic-tac-toe', ticTacToe]]), agents: new Map(), store },
      events: {
        patch: (match, _, { operations }) => void patched.push(`${match} ${JSON.stringify(operations)}`),
        card: () => {},
        left: () => {},
        gone: () => {},
      },
    });
    const [full, fine] = [await seated(hall, ticTacToe), await seated(hall, ticTacToe)];
    await play(hall, full, 2);
    const seen = hall.state(full, 1).G;
    const file = join(folder, 'journals', `${full}.journal`);
    const before = readFileSync(file, 'utf8');
    await play(hall, fine, 1);
    rmSync(file);
    symlinkSync('/dev/full', file);
    const { asked, tick } = hall.state(full, 0).G;
    if (asked?.space.kind !== 'choice') throw new Error('a choice is asked');
    const answer = await hall.act(full, 0, tick, asked.space.options[0]?.id ?? '');
    expect(answer).toMatchObject({ error: 'internal', text: expect.stringContaining('cannot go on') });
    expect(patched.filter((one) => one.startsWith(full)).join()).not.toContain('"square":"c1"');
    const { events, over } = hall.state(full, 1).G;
    expect(events).toEqual(seen.events);
    expect(over).toMatchObject({ how: 'crashed', record: null, returns: null });
    expect(hall.match(full).over?.problem).toContain('ENOSPC');
    await play(hall, fine);
    expect(hall.match(fine).over?.record).toMatch(/^\w+$/);
    await hall.close();
    rmSync(file);
    writeFileSync(file, before);
    const again = hallOn(await JournalStore.open(folder));
    expect(await again.resume()).toBe(1);
    await again.close();
  },
);
