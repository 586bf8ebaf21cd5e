import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import calculator from '../../envs/calculator/index.js';
import kuhn from '../../envs/kuhn-poker/index.js';
import { type ExportTask, exportRecords, type Manifest } from '../../replays/exporting/exporter.js';
import { Said } from '../../replays/exporting/said.js';
import { USUAL } from '../../replays/format.js';
import { format } from '../../replays/formats.js';
import { relabelled } from '../../replays/relabel.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment, Moves } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { randomEpisode } from '../../src/laws/history.js';
import { recordOf } from './played.js';

/** Failed episodes become those of the goal they did reach, by really playing their moves again there. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ludus-relabelled-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Call = readonly [name: string, args: Json];
const calc = (expr: string): Call => ['calculator', { expr }];
const submit = (answer: Json): Call => ['submit_answer', { answer }];

function solved(seed: string, ...steps: readonly (readonly Call[])[]): EpisodeRecord {
  const moves: Moves[] = [{ chance: 'train_7' }];
  for (const calls of steps)
    moves.push({ seats: { 0: calls.map(([name, args], at) => ({ id: `c${at}`, name, args })) } });
  const config = readConfig(calculator.spec, { set: { task: 7 } });
  return recordOf({ environment: calculator, config, moves, seed, spoken: true });
}

const failed = solved('failed', [calc('6 * 7')], [calc('42 - 2')], [submit('42')]);

interface Row {
  readonly [column: string]: unknown;
  readonly prompt: readonly { readonly role: string; readonly content: string }[];
}

async function exported(records: readonly EpisodeRecord[], asking: Partial<ExportTask> = {}) {
  const file = join(folder, 'records.jsonl');
  const out = join(folder, 'rows.jsonl');
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const manifest = await exportRecords({
    ...{ format: await format('ludus'), records: file, annotations: { files: [], said: await Said.open([]) }, out },
    ...{ options: USUAL, filters: { relabel: true }, split: null, limit: Number.POSITIVE_INFINITY, tool: 'ludus test' },
    environment: async (id) => [calculator, kuhn].find(({ spec }) => spec.id === id) as Environment,
    ...asking,
  });
  return { manifest, rows: rowsIn(asking.split === undefined ? [out] : sidesIn(asking.out ?? '')) };
}

const sidesIn = (out: string) => ['train.jsonl', 'validation.jsonl'].map((side) => join(out, side));

function rowsIn(files: readonly string[]): Row[] {
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(0, -1));
  return lines.map((line) => JSON.parse(line) as Row);
}

describe('a failed episode', () => {
  it('becomes the task of the expression whose value it handed in', () => {
    const made = relabelled(failed, calculator) as EpisodeRecord;
    expect(made.environment.config.problem).toEqual({
      id: 'expression',
      question: 'What is the value of 6 * 7?',
      answer: 42,
    });
    expect(made.parent).toEqual({ id: failed.id, step: 0 });
    expect(made.end).toMatchObject({ how: 'rules', outcome: 'right answer', returns: [1] });
    const moves = (record: EpisodeRecord) => record.steps.slice(1).map(({ seats }) => seats?.[0]?.move);
    expect(moves(made)).toEqual(moves(failed));
    expect(JSON.stringify(made)).not.toContain('Play to win');
  });

  it('is one more row for each turn, with the observations and rewards of a true replay', async () => {
    const { rows, manifest } = await exported([failed]);
    expect(rows.map(({ relabelled, relabelled_from: from }) => [relabelled, from])).toEqual([
      ...Array.from({ length: 3 }, () => [false, '']),
      ...Array.from({ length: 3 }, () => [true, failed.id]),
    ]);
    const [, , , ...again] = rows;
    const asked = 'Problem expression: What is the value of 6 * 7?\n\nSteps left: 10.';
    expect(again.map(({ prompt }) => prompt.slice(1).map(({ content }) => content))).toEqual([
      [asked],
      [asked, '', '42', 'Steps left: 9.'],
      [asked, '', '42', 'Steps left: 9.', '', '40', 'Steps left: 8.'],
    ]);
    expect(again.map(({ reward, return_to_go: toGo }) => [reward, toGo])).toEqual([
      [0, 1],
      [0, 1],
      [1, 1],
    ]);
    expect(manifest.records).toMatchObject({ read: 2, exported: 2 });
    expect(manifest.relabelled).toEqual({ made: 1, leftOut: {} });
  });

  it('stays what it was where nothing is asked for', async () => {
    const { rows, manifest } = await exported([failed], { filters: {} });
    expect(rows).toHaveLength(3);
    expect(rows[0]).not.toHaveProperty('relabelled');
    expect(manifest).not.toHaveProperty('relabelled');
  });
});

function dealt(): Json {
  const episode = new Episode(calculator, failed.environment.config as JsonObject);
  episode.apply({ chance: 'train_7' });
  return episode.state;
}

it('what reached its own goal, no goal, or one that its moves do not pay, is counted and left', async () => {
  const gold = calculator.view(dealt(), 'all') as { answer: number };
  const records = [
    solved('right', [submit(gold.answer)]),
    solved('guessed', [submit('5')]),
    solved('broken', [calc('6 * 7')], [calc('1 / 0')]),
    solved('spoilt', [calc('6 * 7')], [submit('42'), submit('no number'), submit('no'), submit('none')]),
  ];
  const { manifest } = await exported(records);
  expect(manifest.relabelled).toEqual({
    made: 0,
    leftOut: { 'it reached its own goal': 1, 'it reached no other goal': 2, 'its moves do not reach it': 1 },
  });
});

it('winners alone are the relabelled ones and those that won by themselves', async () => {
  const { rows } = await exported([failed], { filters: { relabel: true, winners: true } });
  expect(rows.map(({ relabelled }) => relabelled)).toEqual([true, true, true]);
  const best = await exported([failed], { filters: { relabel: true, bestOfGroup: true } });
  expect(best.rows).toHaveLength(6);
});

it('a split keeps it where the failed one went', async () => {
  const records = Array.from({ length: 12 }, (_, at) => solved(`split ${at}`, [calc(`${at} + 1`)], [submit(at + 1)]));
  const out = join(folder, 'split');
  await exported(records, { split: 0.5, out });
  const [train, validation] = sidesIn(out).map((file) => rowsIn([file])) as [Row[], Row[]];
  const parents = (rows: Row[]) => rows.map((row) => (row.relabelled === true ? row.relabelled_from : row.episode));
  const trained = new Set(parents(train));
  expect(parents(validation).filter((id) => trained.has(id))).toEqual([]);
  expect(train.some((row) => row.relabelled) && validation.some((row) => row.relabelled)).toBe(true);
});

describe('episodes that cannot be looked back on are refused plainly', () => {
  const refusal = (
    environment: Environment,
    config: { [field: string]: Json } = {},
  ): Promise<{ manifest: Manifest }> => {
    const whole = readConfig(environment.spec, { set: config });
    const { moves } = randomEpisode(environment, whole, 'refused');
    return exported([recordOf({ environment, config: whole, moves })]);
  };

  it('several seats', async () => {
    await expect(refusal(kuhn)).rejects.toThrow(/one seat: in kuhn-poker player_1 would have played otherwise/);
  });

  it('an environment that does not say how', async () => {
    const silent: Environment = { ...calculator };
    delete (silent as { hindsight?: unknown }).hindsight;
    await expect(exported([failed], { environment: async () => silent })).rejects.toThrow(/calculator does not/);
  });
});
