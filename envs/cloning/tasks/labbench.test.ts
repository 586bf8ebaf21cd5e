import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.js';
import { grade } from './grade.js';
import { readLabBench } from './labbench.js';
import { cloningTask } from './task.js';
import { ask, UNSURE } from './words.js';

const [LEFT, RIGHT, OTHER] = ['ATGGCTAAGCTTGGATCCAA', 'TTACCGGGTACCTCGATCGT', 'ATGCCCAAATTTGGGCCCAA'];

/** Rows in the form of the data set's files; the questions are our own. */
const ROW = {
  id: '0b5a6f6e-0000-4000-8000-000000000001',
  question: `Which primer pair copies ${LEFT}ACGTACGTAC?`,
  ideal: `${LEFT},${RIGHT}`,
  distractors: [`${OTHER},${RIGHT}`, `${LEFT}, ${OTHER}`, `${OTHER}, ${OTHER}`],
  canary: 'a line that asks not to be trained on',
  subtask: 'PCR-seq-primers-v1-public',
};

function read(...rows: unknown[]) {
  const text = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
  return readLabBench({ name: 'SeqQA.jsonl', bytes: new TextEncoder().encode(text) });
}

describe('a file of LAB-Bench', () => {
  it('becomes tasks, their sequences molecules of the store', () => {
    const { tasks, bad } = read(ROW);
    const [task] = tasks;
    if (task === undefined) throw new Error('no task');
    expect(bad).toEqual([]);
    expect(cloningTask.parse(task)).toEqual(task);
    expect([task.id, task.kind, task.submit]).toEqual([ROW.id, 'PCR-seq-primers', 'answer']);
    expect(task.materials.map(({ sequence }) => sequence).sort()).toEqual(
      [LEFT, OTHER, RIGHT, `${LEFT}ACGTACGTAC`].sort(),
    );
    expect(ask(task)).not.toMatch(/[ACGT]{5}/);
    expect(task.options).toContain(UNSURE);
  });

  it('is graded by the ideal, under the keys its sequences got', () => {
    const [task] = read(ROW).tasks;
    if (task === undefined) throw new Error('no task');
    const key = (sequence: string) => task.materials.find((one) => one.sequence === sequence)?.key;
    expect(grade(task, { answer: `${key(LEFT)}, ${key(RIGHT)}` }).correct).toBe(true);
    expect(grade(task, { answer: `${key(OTHER)}, ${key(RIGHT)}` }).correct).toBe(false);
    expect(grade(task, { answer: UNSURE }).correct).toBe(false);
  });

  it('splits its rows in the order of their ids, nine tenths to train on; rows on RNA are left out', () => {
    const ids = Array.from({ length: 20 }, (_, index) => `id-${String(19 - index).padStart(2, '0')}`);
    const rows = ids.map((id) => ({ ...ROW, id }));
    const { tasks } = read(...rows, { ...ROW, id: 'rna', question: 'Which of these RNA sequences?' });
    expect(tasks.map(({ id }) => id)).toEqual([...ids].sort());
    expect(tasks.filter(({ split }) => split === 'val').map(({ id }) => id)).toEqual(['id-18', 'id-19']);
  });

  it('keeps proteins as they are, and takes numbers as ideals', () => {
    const protein = {
      ...ROW,
      question: `What is the AA sequence of the longest ORF in '${LEFT}'?`,
      ideal: 'MACTGAC',
      distractors: ['MACTGAA', 'MKK'],
    };
    expect(read(protein).tasks[0]?.options).toEqual(expect.arrayContaining(['MACTGAC', 'MACTGAA', 'MKK']));
    const counted = read({ ...ROW, ideal: 47, distractors: [24, 49, '48'] }).tasks[0];
    expect(counted?.options).toEqual(expect.arrayContaining(['47', '24', '49', '48']));
  });

  it.each([
    ['{"id": 1', 'not JSON'],
    ['[]', 'not a JSON object'],
    [{ ...ROW, id: undefined }, 'no "id" with a text of at most 100 letters'],
    [{ ...ROW, question: '' }, 'no "question" with a text'],
    [{ ...ROW, ideal: null }, 'no "ideal" with a text or a number'],
    [{ ...ROW, distractors: [] }, 'no "distractors" with a list'],
    [{ ...ROW, distractors: [{}] }, 'a distractor is neither a text nor a number'],
    [{ ...ROW, distractors: [ROW.ideal] }, 'two of "ideal" and "distractors" are the same'],
  ])('reports the bad row %j and reads the rest', (row, reason) => {
    const { tasks, bad } = read({ ...ROW, id: 'first' }, row, { ...ROW, id: 'last' });
    expect(bad).toEqual([{ row: 2, reason }]);
    expect(tasks.map(({ id }) => id)).toEqual(['first', 'last']);
  });

  it('reports an id that comes twice, and refuses a file of another kind', () => {
    expect(read(ROW, ROW).bad).toEqual([{ row: 2, reason: `the id ${ROW.id} was there before` }]);
    expect(() => read('PAR1 and so on')).toThrow(UserError);
  });
});
