import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import type { BadRow } from '../../src/core/tasks.js';
import { packFolder, readTasks } from './dataset.js';
import environment from './index.js';

const file = (rows: readonly unknown[]) => ({
  name: 'tasks.jsonl',
  bytes: new TextEncoder().encode(rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n')),
});
const ROW = { id: 'a', question: 'What is n?', answer: 5, files: { 'a.csv': 'n\n5\n' } };

describe('a file of tasks', () => {
  it('is read row by row, with what rows leave out', () => {
    const { tasks, bad } = readTasks(
      file([ROW, '', { ...ROW, id: 7, answer: '-1e3', split: 'mine', absolute: 0.5 }, { ...ROW, files: {} }]),
    );
    expect(bad).toEqual([]);
    expect(tasks).toEqual([
      { ...ROW, split: 'given', relative: 0.002, absolute: 0 },
      { ...ROW, id: '7', answer: -1000, split: 'mine', relative: 0, absolute: 0.5 },
      { ...ROW, files: {}, split: 'given', relative: 0.002, absolute: 0 },
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /JSON/],
    ['no object', '[1]', /a row is an object, not \[1\]/],
    ['no question', { ...ROW, question: undefined }, /"question"/],
    ['an answer in words', { ...ROW, answer: 'many' }, /"answer" takes one number, got "many"/],
    ['two answers', { ...ROW, answer: [1, 2] }, /"answer" takes one number, got \[1,2\]/],
    ['files by name', { ...ROW, files: ['a.csv'] }, /the file "a\.csv" is not there; "files" takes the texts by name/],
    ['a field too many', { ...ROW, hint: 'x' }, /hint/],
    ['no id', { ...ROW, id: undefined }, /"id"/],
  ])('reports a row with %s by its number and keeps the rest', (_, row, reason) => {
    const { tasks, bad } = readTasks(file([ROW, row, ROW]));
    expect(tasks).toHaveLength(2);
    expect(bad).toEqual([{ row: 2, reason: expect.stringMatching(reason) }]);
  });

  it('makes configurations that are played', async () => {
    const read = await environment.tasks?.read?.(file([ROW]));
    const [task] = read?.tasks ?? [];
    expect(task).toMatchObject({ id: 'a', split: 'given' });
    const config = readConfig(environment.spec, { set: { ...task?.config } });
    expect(environment.turn(environment.start(config))).toEqual({ kind: 'chance', outcomes: [['a', 1]] });
  });
});

describe('a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'data-analysis-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function holds(name: string, files: { readonly [path: string]: string }): string {
    const home = join(folder, name);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(home, path, '..'), { recursive: true });
      writeFileSync(join(home, path), text);
    }
    return home;
  }

  function packed(home: string) {
    const bad: BadRow[] = [];
    const text = packFolder(home, (row) => bad.push(row));
    return { ...readTasks({ name: 'packed.jsonl', bytes: new TextEncoder().encode(text) }), bad };
  }

  it('with files beside its rows becomes a file that is read', () => {
    const rows = [
      { ...ROW, files: ['a.csv', 'sub/b.csv'] },
      { ...ROW, id: 'lost', files: ['c.csv'] },
      { ...ROW, id: 'out', files: ['../outside.csv'] },
    ];
    const home = holds('plain', {
      'tasks.jsonl': rows.map((row) => JSON.stringify(row)).join('\n'),
      'a.csv': 'n\n5\n',
      'sub/b.csv': 'm\n6\n',
      '../outside.csv': 'n\n7\n',
    });
    const { tasks, bad } = packed(home);
    expect(tasks.map(({ id, files }) => [id, files])).toEqual([['a', { 'a.csv': 'n\n5\n', 'sub/b.csv': 'm\n6\n' }]]);
    expect(bad.map(({ row }) => row)).toEqual([2, 3]);
  });

  // SEE: examples/DA-Agent of InfiAgent/InfiAgent for the fields; the rows are our own.
  it('of DABench gives the questions whose answer is one number', () => {
    const question = (id: number, name: string) => ({
      id,
      question: `What is ${name}?`,
      concepts: ['Summary Statistics'],
      constraints: 'Round to two decimal places.',
      format: `@${name}[value] where "value" is a number.`,
      file_name: 'my table.csv',
      level: 'easy',
    });
    const label = (id: number, ...answers: [string, string][]) => ({ id, common_answers: answers });
    const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    const home = holds('dabench', {
      'da-dev-questions.jsonl': lines([
        question(0, 'mean'),
        question(5, 'both'),
        question(9, 'kind'),
        question(11, 'last'),
      ]),
      'da-dev-labels.jsonl': lines([
        label(0, ['mean', '34.65']),
        label(5, ['mean', '1'], ['sd', '2']),
        label(9, ['kind', 'linear']),
        label(11, ['last', '-0.04']),
      ]),
      'da-dev-tables/my table.csv': 'n\n34.654\n',
    });
    const { tasks, bad } = packed(home);
    expect(tasks).toEqual([
      {
        id: 'dabench_0',
        split: 'dabench',
        question:
          'What is mean?\nRound to two decimal places.\n@mean[value] where "value" is a number.\nHand in the number alone.',
        files: { 'my table.csv': 'n\n34.654\n' },
        answer: 34.65,
        relative: 0,
        absolute: 1e-6,
      },
      expect.objectContaining({ id: 'dabench_11', answer: -0.04 }),
    ]);
    expect(bad).toEqual([
      { row: 2, reason: 'it has 2 answers, and a task takes one number' },
      { row: 3, reason: '"answer" takes one number, got "linear"' },
    ]);
  });

  it('with neither is refused', () => {
    expect(() => packFolder(holds('empty', { 'a.csv': '' }))).toThrow(/holds no \.jsonl file of tasks/);
  });
});
