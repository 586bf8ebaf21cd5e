import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { TaskResult } from '../../src/arena/tasks.js';
import { ludusIn } from '../command-line.js';

const folder = mkdtempSync(join(tmpdir(), 'ludus-tasks-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** GSM8K's own format: a question, and a worked solution that ends with the answer. */
const ROWS = [
  { question: 'How much is 3 + 4?', answer: '3 and 4 are 7\n#### 7' },
  { question: 'No answer' },
  { question: 'How much is 5 * 4?', answer: '#### 20' },
];
writeFileSync(join(folder, 'test.jsonl'), ROWS.map((row) => `${JSON.stringify(row)}\n`).join(''));
writeFileSync(join(folder, 'bad-test.jsonl'), '{}\n');

interface Result {
  readonly episodes: number;
  readonly before: number;
  readonly bad: readonly object[];
  readonly tasks: readonly TaskResult[];
}

async function rollout(line: string): Promise<Result> {
  const { code, out, err } = await ludusIn(folder, `rollout ${line} --workers 2 --seed 1 --clock fixed --json`);
  expect([code, err.replace(/^Not played.*\n/, '')]).toEqual([0, '']);
  return JSON.parse(out) as Result;
}

describe('a rollout of tasks', () => {
  it('plays each task of a file once, in order, and reports the rows that are none', { timeout: 60_000 }, async () => {
    const { tasks, bad } = await rollout('calculator --tasks test.jsonl --agents scripted --out file');
    expect(tasks.map(({ task, returns }) => [task, returns])).toEqual([
      ['test_0', [0]],
      ['test_2', [0]],
    ]);
    expect(bad).toEqual([{ row: 2, reason: 'no "answer" with a text' }]);
  });

  it('plays each task of a split once, and goes on where it was stopped', { timeout: 90_000 }, async () => {
    const line = 'calculator --split val --each --agents scripted --out split';
    await ludusIn(folder, `rollout ${line} -n 300 --workers 2 --seed 1 --clock fixed`, { interruptAt: '%' });
    const { tasks, before, episodes } = JSON.parse(
      (await ludusIn(folder, 'rollout --resume split --json')).out,
    ) as Result;
    expect(before + episodes).toBe(300);
    expect(tasks.map(({ episode, task }) => [episode, task])).toEqual(
      Array.from({ length: 300 }, (_, at) => [at, `val_${at}`]),
    );
    expect(tasks.every(({ returns }) => returns?.[0] === 1)).toBe(true);
  });

  it('begins again with the first task when there are more episodes than tasks', { timeout: 60_000 }, async () => {
    const { tasks } = await rollout('calculator --tasks test.jsonl -n 5 --out again');
    expect(tasks.map(({ task }) => task)).toEqual(['test_0', 'test_2', 'test_0', 'test_2', 'test_0']);
  });

  const WRONG: readonly [string, string][] = [
    ['calculator --split tset --each', 'did you mean test?'],
    ['calculator --split test -n 1', '--split goes with --each'],
    ['calculator --tasks test.jsonl --each', 'give one of the two'],
    ['kuhn-poker --each', 'kuhn-poker has no numbered tasks'],
    ['kuhn-poker --tasks test.jsonl', 'kuhn-poker reads no file of tasks'],
    ['calculator --tasks gone.jsonl', 'gone.jsonl cannot be read'],
    ['calculator --tasks bad-test.jsonl', 'holds no task that can be read: row 1: '],
    ['calculator --tasks test.jsonl --config task=3', 'task test_0: '],
  ];
  it.each(WRONG)('%s is refused in words', { timeout: 60_000 }, async (line, reason) => {
    const { code, err } = await ludusIn(folder, `rollout ${line} --out wrong`);
    expect(code).toBe(2);
    expect(err).toContain(reason);
  });
});

describe('the number of tasks', () => {
  it('is listed and described', { timeout: 60_000 }, async () => {
    const sizes = { train: 8000, val: 1000, test: 1000 };
    const { out } = await ludusIn(folder, 'list --json');
    const { environments } = JSON.parse(out) as { environments: { id: string; tasks: object | null }[] };
    expect(environments.find(({ id }) => id === 'calculator')?.tasks).toEqual(sizes);
    expect(environments.find(({ id }) => id === 'kuhn-poker')?.tasks).toBeNull();
    expect((await ludusIn(folder, 'list')).out).toContain('Tasks: train 8000, val 1000, test 1000');
    expect(JSON.parse((await ludusIn(folder, 'describe calculator --json')).out)).toMatchObject({ tasks: sizes });
  });
});
