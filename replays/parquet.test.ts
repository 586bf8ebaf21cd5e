import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../src/core/json.js';
import { type Columns, parquet } from './parquet.js';

const COLUMNS: Columns = {
  name: 'string',
  good: 'boolean',
  count: 'int64',
  score: 'double',
  words: { list: 'string' },
  messages: { list: { struct: { role: 'string', content: 'string', ids: { list: 'int64' } } } },
  place: { struct: { seed: 'string', at: 'int64' } },
};
const ROWS: readonly JsonObject[] = [
  {
    name: 'naïve 夜 👩‍👩‍👧',
    good: true,
    count: 9_007_199_254_740_991,
    score: -0.5,
    words: ['a', '', 'b'],
    messages: [
      { role: 'user', content: 'hi\r\n', ids: [1, 2] },
      { role: 'assistant', content: null, ids: [] },
    ],
    place: { seed: '7/1', at: 0 },
  },
  { name: null, good: false, count: 0, score: 1, words: [], messages: [], place: { seed: null, at: 3 } },
  { name: '', good: null, count: null, score: null, words: null, messages: null, place: null },
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ludus-parquet-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, rows: Iterable<JsonObject>): ArrayBuffer {
  const file = join(folder, name);
  const sink = parquet(COLUMNS).open(file);
  for (const row of rows) sink.put(row);
  sink.close();
  return new Uint8Array(readFileSync(file)).buffer;
}

/** Rows as they were put: the reader gives whole numbers as bigints, and lists and structs that are null as nothing. */
async function read(file: ArrayBuffer): Promise<unknown> {
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : (value ?? null));
  const rows = (await parquetReadObjects({ file })) as Record<string, unknown>[];
  const whole = rows.map((row) => Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, row[name] ?? null])));
  return JSON.parse(JSON.stringify(whole, plain));
}

describe('parquet', () => {
  it('gives back every row, with nulls, empty lists and all of Unicode', async () => {
    expect(await read(written('rows.parquet', ROWS))).toEqual(ROWS);
  });

  it('states the types of its columns also when there are no rows', () => {
    const { schema, num_rows } = parquetMetadata(written('none.parquet', []));
    expect(num_rows).toBe(0n);
    const leaf = (name: string) => schema.find((element) => element.name === name);
    expect(leaf('count')).toMatchObject({ type: 'INT64', repetition_type: 'OPTIONAL' });
    expect(leaf('content')).toMatchObject({ type: 'BYTE_ARRAY', converted_type: 'UTF8' });
    expect(leaf('messages')).toMatchObject({ converted_type: 'LIST', num_children: 1 });
  });

  it('writes groups as it goes, so that memory does not grow with the rows', async () => {
    const many = Array.from({ length: 2_500 }, (_, count) => ({ name: `row ${count}`, count }));
    const file = written('many.parquet', many);
    expect(parquetMetadata(file).row_groups.map((group) => group.num_rows)).toEqual([1000n, 1000n, 500n]);
    expect(((await read(file)) as JsonObject[]).map((row) => row.count)).toEqual(many.map(({ count }) => count));
  });

  it('refuses a column it does not declare', () => {
    const sink = parquet({ name: 'string' }).open(join(folder, 'stray.parquet'));
    expect(() => sink.put({ name: 'a', nmae: 'b' })).toThrow('"nmae"');
    sink.close();
  });
});
