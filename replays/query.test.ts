import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import calculator from '../envs/calculator/index.js';
import ticTacToe from '../envs/tic-tac-toe/index.js';
import type { Json } from '../src/core/json.js';
import { query } from './query.js';
import type { EpisodeRecord, RecordedCall } from './schema.js';
import { caller, speaker, spokenRecord } from './speaker.testing.js';
import { decisionsOf } from './steps.js';

const stumbling = speaker({ memory: 'full', ids: true, stumbles: [0] });
/** NOTE: as many as need more memory than that when steps are unnested with their whole record. */
const MANY = 1000;
let folder: string;
let records: readonly EpisodeRecord[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ludus-query-'));
  records = [
    await spokenRecord(ticTacToe, [stumbling, stumbling], 7),
    await spokenRecord(ticTacToe, [stumbling, stumbling], 8),
    await spokenRecord(calculator, [caller], 7),
  ];
  for (const [shard, record] of records.entries()) {
    appendFileSync(join(folder, `shard-${shard % 2}.jsonl`), `${JSON.stringify(record)}\n`);
  }
  appendFileSync(join(folder, 'shard-1.jsonl'), JSON.stringify(records[0]).slice(0, 200));
  writeFileSync(join(folder, 'a.grades.jsonl'), '{"annotations":1}\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function ask(sql: string): Promise<{ columns: readonly string[]; rows: Json[] }> {
  const answers = await query(sql, [folder], '512MB');
  const rows: Json[] = [];
  for await (const row of answers.rows) rows.push(row as Json);
  answers.close();
  return { columns: answers.columns, rows };
}

it('reads all shards of a folder, a torn last line passed over', async () => {
  const { rows } = await ask('select environment, count(*), sum(steps) from episodes group by all order by all');
  const steps = (id: string) =>
    records.filter(({ environment }) => environment.id === id).reduce((sum, one) => sum + one.steps.length, 0);
  expect(rows).toEqual([
    ['calculator', 1, steps('calculator')],
    ['tic-tac-toe', 2, steps('tic-tac-toe')],
  ]);
});

it('has a row a seat with its return, and a row a decision', async () => {
  const { rows } = await ask(
    "select episode, seat, agent, return from seats where environment = 'tic-tac-toe' order by all",
  );
  const own = records
    .slice(0, 2)
    .flatMap(({ id, end }) => [0, 1].map((seat) => [id, seat, 'speaker', end.returns?.[seat]]));
  expect(rows).toEqual(own.sort((a, b) => (String(a) < String(b) ? -1 : 1)));
  const decisions = records.reduce((sum, record) => sum + decisionsOf(record), 0);
  expect((await ask('select count(*) from steps where seat is not null')).rows).toEqual([[decisions]]);
  expect((await ask('select move, failures from steps where failed_tries > 0 limit 1')).rows[0]).toEqual([
    expect.stringMatching(/^[abc][123]$/),
    ['illegal'],
  ]);
});

/** Calls of all records, failed tries among them. */
function callsMade(): RecordedCall[] {
  return records.flatMap(callsOf);
}

function callsOf({ steps }: EpisodeRecord): RecordedCall[] {
  return steps.flatMap(({ seats = {} }) =>
    Object.values(seats).flatMap(({ calls = [], tries = [] }) => [
      ...tries.flatMap((tried) => tried.calls ?? []),
      ...calls,
    ]),
  );
}

function tokensOf(calls: readonly RecordedCall[], kind: 'promptTokens' | 'completionTokens'): number {
  return calls.reduce((sum, { usage }) => sum + Number(usage?.[kind]), 0);
}

it('has a row a call, failed tries among them, with what they cost', async () => {
  const made = callsMade();
  expect((await ask('select count(*), sum(prompt_tokens), max("try") from calls')).rows).toEqual([
    [made.length, tokensOf(made, 'promptTokens'), 2],
  ]);
  const withIds = made.filter(({ tokens }) => tokens !== null).length;
  expect((await ask('select has_ids, count(*) from calls group by all order by all')).rows).toEqual([
    [false, made.length - withIds],
    [true, withIds],
  ]);
});

it('reads many records full of tokens in little memory', async () => {
  const file = join(folder, '..', `${basename(folder)}-many.jsonl`);
  writeFileSync(file, `${JSON.stringify(records[0])}\n`.repeat(MANY));
  const answers = await query('select count(*), sum(completion_tokens) from calls', [file], '512MB');
  const rows: Json[] = [];
  for await (const row of answers.rows) rows.push(row as Json);
  answers.close();
  rmSync(file);
  const written = callsOf(records[0] as EpisodeRecord);
  expect(rows).toEqual([[MANY * written.length, MANY * tokensOf(written, 'completionTokens')]]);
});

it('says what is wrong with a query, and which views there are', async () => {
  await expect(ask('selct 1')).rejects.toThrow(/near "selct"[\s\S]*episodes, seats, steps and calls/);
  await expect(ask('select agnet from seats')).rejects.toThrow('"agent"');
  await expect(query('from episodes', [join(folder, 'none')])).rejects.toThrow('there is no file or folder');
});

describe('the page on queries', () => {
  const page = readFileSync(new URL('../docs/query.md', import.meta.url), 'utf8');
  const shown = new Map(
    [...page.matchAll(/^(.+):\n\n```sh\nludus query "(.*)"\n```$/gm)].map(([, title, sql]) => [title, sql as string]),
  );
  /** A column of the answers, added up. */
  const sumOf = (rows: readonly Json[], column: number) =>
    rows.reduce((sum: number, row) => sum + Number((row as readonly Json[])[column]), 0);
  const answer = async (title: string) => (await ask(shown.get(title) ?? `the page shows no query "${title}"`)).rows;

  it('shows no query that is not run here', () => expect([...shown.keys()]).toEqual(Object.keys(SANE)));

  const SANE: { readonly [title: string]: (rows: Json[]) => void } = {
    'How episodes end': (rows) => expect(sumOf(rows, 2)).toBe(records.length),
    'Mean return of each agent by seat': (rows) => {
      expect(sumOf(rows, 2)).toBe(records.reduce((sum, { seats }) => sum + seats.length, 0));
      const [first, second] = rows.filter((row) => (row as Json[])[0] === 'speaker') as [Json[], Json[]];
      expect(Number(first[3]) + Number(second[3])).toBe(0);
    },
    'How often answers fail, and in what way': (rows) => {
      const failed = records.flatMap(({ steps }) =>
        steps.flatMap(({ seats = {} }) => Object.values(seats).flatMap(({ tries = [] }) => tries)),
      );
      expect(rows).toEqual([['speaker', 'illegal', failed.length]]);
    },
    'Tokens and price of each model': (rows) => {
      const made = callsMade();
      const sums = [tokensOf(made, 'promptTokens'), tokensOf(made, 'completionTokens')];
      expect(rows).toEqual([['letters-1', made.length, ...sums, null]]);
    },
    'The moves played most': (rows) => {
      const times = rows.map((row) => Number((row as Json[])[2]));
      expect(times).toEqual([...times].sort((a, b) => b - a));
      expect(rows.length).toBeLessThanOrEqual(20);
      expect(sumOf(rows, 2)).toBe(records.reduce((sum, record) => sum + decisionsOf(record), 0));
    },
  };

  it.each(Object.entries(SANE))('%s', async (title, sane) => {
    const rows = await answer(title);
    expect(rows.length).toBeGreaterThan(0);
    sane(rows);
  });

  it('names columns that there are', async () => {
    const views = [...page.matchAll(/^\| `(\w+)` .*\| ([^|]*)\|$/gm)];
    expect(views.map(([, view]) => view)).toEqual(['episodes', 'seats', 'steps', 'calls']);
    for (const [, view, worth] of views) {
      const columns = (await ask(`describe ${view}`)).rows.map((row) => (row as Json[])[0]);
      const named = [...(worth as string).matchAll(/`(\w+)`/g)].map(([, name]) => name);
      expect(columns).toEqual(expect.arrayContaining(named));
    }
    const players = await ask("select config ->> 'players' from episodes where environment = 'tic-tac-toe'");
    expect(players.rows).toHaveLength(2);
  });
});
