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
import { hallOn, play, seated, turnOver } from '../../../test/server/storage/playing.js';
import { Hall } from '../matches/hall.js';
import { Files } from './files.js';
import { JournalStore } from './journal-store.js';

function home(): string {
  return mkdtempSync(join(tmpdir(), 'ludus-store-'));
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
  expect(record).toMatchObject({ id: hall.match(id).over?.record, consent: [true, true] });
  expect(record?.started).toMatch(/:00:00Z$/);
  expect(JSON.stringify(record)).not.toContain('"p0"');
  const [kept] = await recordsOf(join(folder, 'records', 'private'));
  expect(kept).toMatchObject({ id: hall.match(secret).over?.record, consent: [false, false] });
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
