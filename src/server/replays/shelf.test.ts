import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LineFile, type LineReader } from './lines.js';
import { Shelf } from './shelf.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replays-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const END = { how: 'rules', outcome: null, paid: [], returns: null };

function line(id: string, environment = 'nim', more: object = {}): string {
  const place = { id: environment, version: '1.0.0', config: {} };
  return `${JSON.stringify({ ludus: 1, id, environment: place, seed: '1', seats: [], start: '', steps: [], end: END, ...more })}\n`;
}

const FIRST_WORD: LineReader = {
  head: (text) => (text.includes(' ') ? { id: text.split(' ')[0] as string, group: '' } : undefined),
  whole: (text) => (text === '' ? null : { id: text, group: 'whole' }),
};

describe('where the lines of a file lie', () => {
  test('lines longer than a block, and letters of several bytes, are found again', async () => {
    const path = join(folder, 'a.txt');
    const long = `long ${'ä€😀'.repeat(200_000)}`;
    writeFileSync(path, `one 1\n${long}\ntwo 2\n`);
    const file = new LineFile(path, FIRST_WORD);
    await file.refresh();
    expect(file.count).toBe(3);
    expect(await file.text(1)).toBe(long);
    expect(file.find('two')).toEqual([2]);
    expect(file.find('nobody')).toEqual([]);
  });

  test('only what is new is read, and a last line counts once it is whole', async () => {
    const path = join(folder, 'a.txt');
    writeFileSync(path, 'one 1\ntw');
    const file = new LineFile(path, FIRST_WORD);
    await file.refresh();
    expect(file.count).toBe(1);
    appendFileSync(path, 'o 2\n\nthree\n');
    await Promise.all([file.refresh(), file.refresh()]);
    expect(file.count).toBe(3);
    expect(await file.text(1)).toBe('two 2');
    expect([file.find('three'), file.group(2)]).toEqual([[2], 'whole']);
  });

  test('a file that is another one now is read anew', async () => {
    const path = join(folder, 'a.txt');
    writeFileSync(path, 'one 1\ntwo 2\n');
    const file = new LineFile(path, FIRST_WORD);
    await file.refresh();
    writeFileSync(path, 'three 3\n');
    await file.refresh();
    expect([file.count, file.find('one'), file.find('three')]).toEqual([1, [], [0]]);
    rmSync(path);
    await file.refresh();
    expect(file.count).toBe(0);
  });
});

describe('a shelf of records', () => {
  test('lists the newest first, by environment, and passes over what is no record', async () => {
    writeFileSync(join(folder, 'a.jsonl'), `${line('a1')}broken\n${line('a2', 'chess')}${line('a3')}`);
    writeFileSync(join(folder, 'a.grades.jsonl'), 'no records here\n');
    const shelf = new Shelf([{ path: folder, listed: true }]);
    expect(await ids(shelf.list(null, 0))).toEqual(['a3', 'a2', 'a1']);
    expect(await ids(shelf.list(null, 1))).toEqual(['a2', 'a1']);
    expect(await ids(shelf.list('nim', 0))).toEqual(['a3', 'a1']);
  });

  test('what is not listed is found by its id alone, at once when it is new', async () => {
    writeFileSync(join(folder, 'a.jsonl'), line('a1'));
    const shelf = new Shelf([{ path: folder, listed: false }], () => 0);
    expect(await ids(shelf.list(null, 0))).toEqual([]);
    expect((await shelf.find('a1'))?.record.id).toBe('a1');
    appendFileSync(join(folder, 'a.jsonl'), line('a2'));
    expect((await shelf.find('a2'))?.record.id).toBe('a2');
    expect(await shelf.find('a')).toBeNull();
  });

  test('keys in another order are read as well, and grades beside a file come with its records', async () => {
    const { ludus, id, ...rest } = JSON.parse(line('a1')) as { ludus: number; id: string };
    writeFileSync(join(folder, 'a.jsonl'), `${JSON.stringify({ ...rest, id, ludus })}\n`);
    const grade = {
      ...{ annotations: 1, episode: 'a1', step: 0, seat: 0, kind: 'grade', state: 's', cost: 0, scale: 2 },
      ...{ source: { algorithm: 'cfr', policy: 'p' }, options: ['x'], played: 'x', probabilities: [1], values: [0] },
    };
    writeFileSync(
      join(folder, 'a.grades.jsonl'),
      `${JSON.stringify(grade)}\n${JSON.stringify({ ...grade, episode: 'b' })}\n`,
    );
    const found = await new Shelf([{ path: folder, listed: true }]).find('a1');
    expect(found?.annotations).toEqual([grade]);
  });
});

async function ids(records: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const found: string[] = [];
  for await (const { id } of records) found.push(id);
  return found;
}
