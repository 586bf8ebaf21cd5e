import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import calculator from '../envs/calculator/index.js';
import ticTacToe from '../envs/tic-tac-toe/index.js';
import type { Json } from '../src/core/json.js';
import { query } from './query.js';
import type { EpisodeRecord } from './schema.js';
import { caller, speaker, spokenRecord } from './speaker.testing.js';
import { decisionsOf } from './steps.js';

const stumbling = speaker({ memory: 'full', ids: true, stumbles: [0] });
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

it('has a row a call, failed tries among them, with what they cost', async () => {
  const made = records.flatMap((record) =>
    record.steps.flatMap((step) =>
      Object.values(step.seats ?? {}).flatMap(({ calls = [], tries = [] }) => [
        ...tries.flatMap((tried) => tried.calls ?? []),
        ...calls,
      ]),
    ),
  );
  const tokens = made.reduce((sum, { usage }) => sum + Number(usage?.promptTokens), 0);
  expect((await ask('select count(*), sum(prompt_tokens), max("try") from calls')).rows).toEqual([
    [made.length, tokens, 2],
  ]);
});

it('says what is wrong with a query, and which views there are', async () => {
  await expect(ask('selct 1')).rejects.toThrow(/near "selct"[\s\S]*episodes, seats, steps and calls/);
  await expect(ask('select agnet from seats')).rejects.toThrow('"agent"');
  await expect(query('from episodes', [join(folder, 'none')])).rejects.toThrow('there is no file or folder');
});
