import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import calculator from '../../envs/calculator/index.js';
import ticTacToe from '../../envs/tic-tac-toe/index.js';
import { jsonLines } from '../../replays/encoding.js';
import { type ExportedEpisode, USUAL } from '../../replays/format.js';
import { formats } from '../../replays/formats.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { caller, speaker, spokenRecord } from '../../replays/speaker.testing.js';
import { turnsOf } from '../../replays/turns.js';
import type { Environment } from '../../src/core/environment.js';
import { plainGrades } from '../exports/played.js';
import { missing, runPython } from './python.js';

const player = speaker({ memory: 'full', ids: true });
const folder = mkdtempSync(join(tmpdir(), 'ludus-exports-'));
afterAll(() => rmSync(folder, { recursive: true }));

const rows: { [file: string]: number } = {};
let games: readonly EpisodeRecord[] = [];

/** Formats that need ids or labels which the tool records do not have are made of the board games alone. */
const WITHOUT_TOOLS = ['tokens', 'verifiers'];

beforeAll(async () => {
  games = [await spokenRecord(ticTacToe, [player, player], 7), await spokenRecord(ticTacToe, [player, player], 8)];
  const boards = games.map((record) => episodeOf(record, ticTacToe));
  const tools = episodeOf(await spokenRecord(calculator, [caller], 7), calculator);
  for (const format of await formats()) {
    const { ending, open } = format.encoding ?? jsonLines;
    const file = `${format.id}${ending}`;
    const sink = open(join(folder, file));
    rows[file] = 0;
    for (const episode of WITHOUT_TOOLS.includes(format.id) ? boards : [...boards, tools]) {
      for (const { data } of format.rows(episode, USUAL)) {
        sink.put(data);
        rows[file]++;
      }
    }
    sink.close();
    for (const [name, content] of Object.entries(format.beside?.([file]) ?? {})) {
      writeFileSync(join(folder, name), JSON.stringify(content));
    }
  }
});

function episodeOf(record: EpisodeRecord, environment: Environment): ExportedEpisode {
  const seats = record.seats.map(({ agent }, seat) => ({
    ...{ seat, agent, chosen: true, group: `g${seat}`, sampleIndex: 0, passed: seat === 0 },
    return: record.end.returns?.[seat] ?? 0,
  }));
  const annotations = plainGrades(record, environment);
  return { record, environment, turns: turnsOf(record, environment), seats, annotations };
}

function check<T>(name: string): T {
  const files = Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))]));
  const filled = Object.keys(rows).filter((file) => (rows[file] ?? 0) > 0);
  return runPython<T>('read_exports.py', { check: name, files: filled }, files);
}

function linesOf<T>(file: string): T[] {
  const text = readFileSync(join(folder, file), 'utf8').trim();
  return text.split('\n').map((line) => JSON.parse(line) as T);
}

type Said = readonly { readonly role: string; readonly content: string }[];

describe.skipIf(missing('rows for TRL', 'trl', 'datasets', 'transformers', 'jinja2').length > 0)('TRL', () => {
  it('takes every row for a conversation, and renders nothing but own words into completions', () => {
    const said = check<Trl>('trl');
    expect(said.conversational.every(Boolean)).toBe(true);
    const own = linesOf<{ completion: Said }>('trl-sft.jsonl');
    expect(said.completions).toEqual(own.map(({ completion }) => `${completion[0]?.content}<|im_end|>\n`));
    expect(said.extracted.every(Boolean)).toBe(true);
    expect(said.unpaired).toBe(2 * said.pairs);
    expect(said.pairs).toBeGreaterThan(0);
  });
});

interface Trl {
  readonly conversational: boolean[];
  readonly completions: string[];
  readonly extracted: boolean[];
  readonly unpaired: number;
  readonly pairs: number;
}

describe.skipIf(missing('loading of exports', 'datasets').length > 0)('datasets', () => {
  it('loads every file with all of its rows', () => {
    const filled = Object.fromEntries(Object.entries(rows).filter(([, count]) => count > 0));
    expect(check('loaded')).toEqual(filled);
    expect(Object.keys(filled)).toEqual(Object.keys(rows));
  });
});

describe.skipIf(missing('Parquet', 'pandas', 'pyarrow').length > 0)('pandas and pyarrow', () => {
  it('read the types that were stated and the rows that were written', () => {
    const found = check<{ [file: string]: { types: { [column: string]: string }; rows: number; first: object } }>(
      'parquet',
    );
    for (const [file, { rows: read }] of Object.entries(found)) expect(read, file).toBe(rows[file]);
    expect(found['verl-rl.parquet']?.types).toMatchObject({
      data_source: 'string',
      prompt: 'list<element: struct<role: string, content: string>>',
      reward_model: 'struct<style: string, ground_truth: string>',
    });
    expect(found['verl-sft.parquet']?.types.messages).toBe('list<element: struct<role: string, content: string>>');
    expect(found['verl-sft-tools.parquet']?.types.messages).toContain('arguments: string');
    const [first] = linesOf<{ prompt: Said }>('trl-prompts.jsonl');
    expect(found['verl-rl.parquet']?.first).toMatchObject({ prompt: first?.prompt });
  });
});

describe.skipIf(missing('ATIF', 'nvidia-nat-atif').length > 0)('nat.atif', () => {
  it('takes every trajectory, and none with a fault', () => {
    expect(check('atif')).toEqual({ valid: rows['atif.jsonl'], faults: 3, taken: 0 });
  });
});

describe.skipIf(missing('episodes', 'verifiers').length > 0)('verifiers', () => {
  it('reads every episode, with our returns as rewards and the written tokens as trained', () => {
    const returns = games.flatMap(({ end }) => end.returns ?? []);
    const calls = games.flatMap(({ steps }) => steps.flatMap(({ seats }) => Object.values(seats ?? {})));
    const written = calls
      .flatMap((one) => one.calls ?? [])
      .reduce((sum, { tokens }) => sum + (tokens?.completion.length ?? 0), 0);
    expect(check('verifiers')).toEqual({ episodes: games.length, rewards: returns, sampled: written, aligned: true });
  });
});

describe.skipIf(missing("LLaMA-Factory's rules").length > 0)("LLaMA-Factory's two rules", () => {
  it('leave every row', () => {
    const count = rows['sharegpt.jsonl'];
    expect(check('llama_factory')).toEqual({ rows: count, kept: count, files: ['sharegpt.jsonl'] });
  });
});
