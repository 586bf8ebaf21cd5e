import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import { annotationLine, type Judgement } from '../../replays/annotations.js';
import { type ExportTask, exportRecords, type Manifest } from '../../replays/exporting/exporter.js';
import { Fingerprints } from '../../replays/exporting/fingerprints.js';
import { Said } from '../../replays/exporting/said.js';
import { sideOf } from '../../replays/exporting/split.js';
import { USUAL } from '../../replays/format.js';
import { format } from '../../replays/formats.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import type { Moves } from '../../src/core/environment.js';
import type { Ending } from '../../src/core/play.js';
import { randomEpisode } from '../../src/laws/history.js';
import { plainGrades, recordOf } from './played.js';

const CONFIG = { players: 2 };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ludus-exports-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, records: readonly object[]): string {
  const file = join(folder, name);
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return file;
}

interface Asking extends Partial<Omit<ExportTask, 'format' | 'annotations'>> {
  readonly files?: readonly string[];
}

async function exported(id: string, records: string, { files = [], ...asking }: Asking = {}): Promise<Manifest> {
  const said = await Said.open(files);
  const task: ExportTask = {
    format: await format(id),
    records,
    annotations: { files, said },
    out: join(folder, 'rows.jsonl'),
    options: USUAL,
    filters: {},
    split: null,
    limit: Number.POSITIVE_INFINITY,
    tool: 'ludus test',
    environment: async () => kuhn,
    ...asking,
  };
  try {
    return await exportRecords(task);
  } finally {
    said.close();
  }
}

type Written = { readonly [column: string]: unknown };

function rowsIn(name = 'rows.jsonl'): Written[] {
  const lines = readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Written);
}

const DEAL: readonly Moves[] = [{ chance: 'J' }, { chance: 'K' }];
const FOLDED: readonly Moves[] = [...DEAL, { seats: { 0: 'bet' } }, { seats: { 1: 'fold' } }];
const CALLED: readonly Moves[] = [...DEAL, { seats: { 0: 'bet' } }, { seats: { 1: 'call' } }];

function kuhnRecord(moves: readonly Moves[], seed = '7', end: Partial<Ending> = {}): EpisodeRecord {
  return recordOf({ environment: kuhn, config: CONFIG, moves, seed, end, spoken: true, agents: ['a', 'b'] });
}

function randomRecords(count: number): EpisodeRecord[] {
  return Array.from({ length: count }, (_, at) =>
    recordOf({ environment: kuhn, config: CONFIG, moves: randomEpisode(kuhn, CONFIG, `s${at}`).moves, seed: `s${at}` }),
  );
}

const crash = {
  how: 'forfeit',
  outcome: null,
  returns: [2, -2],
  forfeits: { 1: [{ failure: 'crashed', reason: 'down' }] },
};
const silence = {
  how: 'forfeit',
  outcome: null,
  returns: [2, -2],
  forfeits: { 1: [{ failure: 'unparsable', reason: '?' }] },
};

describe('what goes out', () => {
  it('is every own turn once, and all that is not is counted with its reason', async () => {
    const records = write('mixed.jsonl', [
      kuhnRecord(FOLDED),
      kuhnRecord(FOLDED),
      kuhnRecord(CALLED, '8'),
      kuhnRecord(FOLDED.slice(0, 3), '9'),
      kuhnRecord(FOLDED.slice(0, 3), '10', crash as unknown as Partial<Ending>),
      kuhnRecord(FOLDED.slice(0, 3), '11', silence as unknown as Partial<Ending>),
      { ...kuhnRecord(FOLDED, '12'), environment: { ...kuhnRecord(FOLDED).environment, version: '0.0.1' } },
    ]);
    const { records: read, turns, rows } = await exported('trl-sft', records);
    expect(read.leftOut).toEqual({
      'the same episode again': 1,
      'ended by the loop (steps)': 1,
      'forfeited by a crash': 1,
      'cannot be read or replayed': 1,
    });
    expect(read.refused.join()).toContain('0.0.1');
    expect(turns.read).toBe(turns.given + Object.values(turns.leftOut).reduce((sum, one) => sum + one, 0));
    expect(rows).toEqual({
      made: 5,
      written: 3,
      files: { 'rows.jsonl': 3 },
      leftOut: { 'the same prompt and action again': 2 },
    });
    expect(rowsIn()).toHaveLength(3);
  });

  it('bears raw rewards: what a turn brought, and what was still to come; a forfeit falls to the last turn', async () => {
    const bold: readonly Moves[] = [
      ...DEAL,
      { seats: { 0: 'check' } },
      { seats: { 1: 'bet' } },
      { seats: { 0: 'call' } },
    ];
    await exported('tokens', write('rewards.jsonl', [kuhnRecord(bold)]));
    expect(rowsIn().map(({ seat, reward, return_to_go: toGo }) => [seat, reward, toGo])).toEqual([
      [0, 0, -2],
      [1, 2, 2],
      [0, -2, -2],
    ]);
    const given = kuhnRecord(FOLDED.slice(0, 3), '11', silence as unknown as Partial<Ending>);
    await exported('tokens', write('forfeit.jsonl', [given]));
    expect(rowsIn().map(({ seat, reward, return_to_go: toGo }) => [seat, reward, toGo])).toEqual([[0, 2, 2]]);
  });

  it('masks exactly what the model wrote', async () => {
    await exported('tokens', write('masks.jsonl', [kuhnRecord(FOLDED)]));
    for (const row of rowsIn() as {
      prompt_ids: number[];
      completion_ids: number[];
      mask: number[];
      logprobs: number[];
    }[]) {
      expect(String.fromCodePoint(...row.completion_ids)).toMatch(/^<answer>(bet|fold)<\/answer>$/);
      expect(row.mask).toEqual([...row.prompt_ids.map(() => 0), ...row.completion_ids.map(() => 1)]);
      expect(row.logprobs).toHaveLength(row.completion_ids.length);
    }
  });

  it('holds no half characters, and seeds as they were', async () => {
    const record = kuhnRecord(FOLDED, '9007199254740993');
    const messages = record.messages?.map((message) => ({
      ...message,
      content: `\ud83d${message.content as string}\r\n`,
    }));
    await exported('ludus', write('lone.jsonl', [{ ...record, messages }]));
    const text = readFileSync(join(folder, 'rows.jsonl'), 'utf8');
    expect(text).not.toMatch(/\\ud83d/i);
    expect(text).toContain('\ufffd');
    const [row] = rowsIn() as { seed: string; prompt: { content: string }[] }[];
    expect(row?.seed).toBe('9007199254740993');
    expect(row?.prompt[0]?.content).toBe('\ufffdPlay to win.\r\n');
  });
});

describe('ids that are missing', () => {
  it('are refused, and nothing is written', async () => {
    const records = write('silent.jsonl', [
      recordOf({ environment: kuhn, config: CONFIG, moves: FOLDED, spoken: true }),
    ]);
    const [line = ''] = readFileSync(records, 'utf8').split('\n');
    const bare = write('bare.jsonl', [JSON.parse(line.replaceAll(/"tokens":\{[^}]*\}/g, '"tokens":null')) as object]);
    const out = join(folder, 'never.jsonl');
    await expect(exported('tokens', bare, { out })).rejects.toThrow(/step 2, player_0: the record holds no token ids/);
    expect(readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([]);
    expect((await exported('tokens', records)).rows.written).toBe(2);
  });
});

describe('filters', () => {
  it('take agents, seats, winners and a limit', async () => {
    const records = write('filters.jsonl', [kuhnRecord(FOLDED), kuhnRecord(CALLED, '8')]);
    const seats = async (filters: ExportTask['filters'], limit = 10) => {
      await exported('ludus', records, { filters, limit });
      return rowsIn().map(({ episode, seat }) => [episode, seat]);
    };
    const [first, second] = [kuhnRecord(FOLDED).id, kuhnRecord(CALLED, '8').id];
    expect(await seats({ agents: ['b'] })).toEqual([
      [first, 1],
      [second, 1],
    ]);
    expect(await seats({ seats: [0] })).toEqual([
      [first, 0],
      [second, 0],
    ]);
    expect(await seats({ winners: true })).toEqual([
      [first, 0],
      [second, 1],
    ]);
    expect(await seats({}, 3)).toHaveLength(3);
  });

  it('find the best of a group, and groups that are neither hopeless nor solved', async () => {
    const easy = kuhnRecord(CALLED, 'easy');
    const records = write('groups.jsonl', [kuhnRecord(FOLDED), kuhnRecord(CALLED), easy]);
    const rows = async (filters: ExportTask['filters']) => {
      const manifest = await exported('ludus', records, { filters });
      return { manifest, rows: rowsIn().map(({ seed, seat, sample_index: index }) => [seed, seat, index]) };
    };
    const { manifest, rows: best } = await rows({ bestOfGroup: true });
    expect(best).toEqual([
      ['7', 0, 0],
      ['7', 1, 1],
      ['easy', 0, 0],
      ['easy', 1, 0],
    ]);
    expect(manifest.groups).toEqual({ groups: 4, single: 2, allEqual: 0, noSignal: 0.5 });
    const { rows: band } = await rows({ passBand: [0.4, 0.6] });
    expect(band.map(([seed]) => seed)).toEqual(['7', '7', '7', '7']);
  });

  it('outliving a forfeit is no win', async () => {
    const records = write('outlived.jsonl', [
      kuhnRecord(FOLDED.slice(0, 3), '11', silence as unknown as Partial<Ending>),
    ]);
    expect((await exported('trl-sft', records, { filters: { winners: true } })).turns.leftOut).toEqual({
      'not won': 1,
    });
  });
});

describe('labels', () => {
  it('come from grades, else judgements, else the outcome, and the row says from which', async () => {
    const record = kuhnRecord(FOLDED);
    const records = write('labels.jsonl', [record]);
    const judgement: Judgement = {
      ...{ annotations: 1, kind: 'judgement', episode: record.id, step: 3, seat: 1, good: false, better: 'call' },
      source: { model: 'judge-1', rubric: 'r' },
    };
    const [grade] = plainGrades(record, kuhn);
    const files = [join(folder, 'labels.said.jsonl')];
    writeFileSync(files[0] as string, [grade, judgement].map((one) => annotationLine(one as Judgement)).join(''));
    await exported('trl-kto', records, { files });
    expect(rowsIn().map(({ label, source }) => [label, source])).toEqual([
      [false, 'grade: first none'],
      [false, 'judgement: judge-1'],
    ]);
    await exported('trl-dpo', records, { files });
    expect(rowsIn().map(({ chosen, rejected }) => [chosen, rejected])).toEqual([
      [
        [{ role: 'assistant', content: '<answer>check</answer>' }],
        [{ role: 'assistant', content: '<answer>bet</answer>' }],
      ],
      [
        [{ role: 'assistant', content: '<answer>call</answer>' }],
        [{ role: 'assistant', content: '<answer>fold</answer>' }],
      ],
    ]);
    const { labels } = await exported('trl-kto', records, { files, options: { ...USUAL, labels: 'outcome' } });
    expect(rowsIn().map(({ label, source }) => [label, source])).toEqual([
      [true, 'outcome'],
      [false, 'outcome'],
    ]);
    expect(labels).toEqual({ true: 1, false: 1 });
  });
});

describe('a split', () => {
  it('keeps a game whole on one side, and no position or prompt on both', async () => {
    const all = randomRecords(16);
    const records = write('many.jsonl', all);
    const out = join(folder, 'split');
    const manifest = await exported('ludus', records, { out, split: 0.3 });
    const [train, validation] = ['split/train.jsonl', 'split/validation.jsonl'].map(rowsIn) as [Written[], Written[]];
    expect(manifest.rows.files).toEqual({ 'train.jsonl': train.length, 'validation.jsonl': validation.length });
    expect(validation.length).toBeGreaterThan(0);
    const values = (rows: Written[], column: string) => new Set(rows.map((row) => JSON.stringify(row[column])));
    for (const column of ['episode', 'position', 'prompt']) {
      const seen = values(train, column);
      expect([...values(validation, column)].filter((value) => seen.has(value))).toEqual([]);
    }
    const left = manifest.rows.leftOut['position or prompt also in train'] ?? 0;
    expect(train.length + validation.length + left).toBe(manifest.rows.made);
    expect(readdirSync(out).sort()).toEqual(['manifest.json', 'train.jsonl', 'validation.jsonl']);
  });

  it('sends forks where their game went', () => {
    for (const record of randomRecords(40)) {
      const fork = { ...record, seed: `${record.seed}~3`, parent: { id: record.id, step: 3 } };
      expect(sideOf(fork, 0.5)).toBe(sideOf(record, 0.5));
    }
  });
});

it('an export that breaks off leaves the older one as it was', async () => {
  const records = write('older.jsonl', [kuhnRecord(FOLDED)]);
  await exported('trl-sft', records);
  const before = readFileSync(join(folder, 'rows.jsonl'), 'utf8');
  const broken = exported('trl-sft', records, { environment: () => Promise.reject(new Error('lost')) });
  await expect(broken).rejects.toThrow('lost');
  expect(readFileSync(join(folder, 'rows.jsonl'), 'utf8')).toBe(before);
  expect(existsSync(join(folder, 'rows.jsonl.new'))).toBe(false);
});

it('many texts are told apart by their fingerprints, and met again under their numbers', () => {
  const texts = new Fingerprints();
  let wrong = 0;
  for (let at = 0; at < 200_000; at++) if (texts.add(`text ${at}`) !== at) wrong++;
  expect(wrong).toBe(0);
  expect([texts.size, texts.add('text 77'), texts.has('text 200000'), texts.isNew('new')]).toEqual([
    200_000,
    77,
    false,
    true,
  ]);
});
