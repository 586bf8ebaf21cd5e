import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ANNOTATIONS,
  annotationLine,
  type Grade,
  gradesBeside,
  gradesFileOf,
  parseAnnotation,
  readAnnotations,
} from './annotations.js';
import { Annotator } from './annotator.js';
import { readRecords, recordFiles } from './read.js';

const GRADE: Grade = {
  annotations: ANNOTATIONS,
  kind: 'grade',
  episode: 'e1',
  step: 3,
  seat: 1,
  source: { algorithm: 'by hand', exploitability: 0, policy: 'none' },
  state: '1:abc',
  options: ['call', 'fold'],
  played: 'fold',
  probabilities: [1, 0],
  values: [2, -1],
  cost: 3,
  scale: 4,
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ludus-annotations-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function write(file: string, ...grades: readonly Grade[]): Promise<void> {
  const annotator = await Annotator.open(file);
  annotator.add(grades);
  await annotator.close();
}

describe('a line', () => {
  it('is read as it was written', () => {
    expect(parseAnnotation(annotationLine(GRADE))).toEqual({ annotation: GRADE });
    const moved: Grade = { ...GRADE, substituted: true };
    expect(parseAnnotation(annotationLine(moved))).toEqual({ annotation: moved });
  });

  it.each([
    ['{"annot', 'not JSON'],
    ['{"ludus":1}', 'not an annotation: it says no `annotations`'],
    ['null', 'not an annotation'],
    [JSON.stringify({ ...GRADE, annotations: 2 }), 'annotation format 2; this version reads up to 1'],
    [JSON.stringify({ ...GRADE, kind: 'praise' }), 'kind'],
    [JSON.stringify({ ...GRADE, cost: -1 }), 'cost'],
    [JSON.stringify({ ...GRADE, values: [1] }), 'options, probabilities and values are as many'],
    [JSON.stringify({ ...GRADE, played: 'raise' }), 'what was played is one of the options'],
  ])('%s is refused', (text, reason) => {
    expect((parseAnnotation(text) as { problem: string }).problem).toContain(reason);
  });
});

describe('a file', () => {
  it('keeps what it says of other episodes, and replaces what it says of the same', async () => {
    const file = join(folder, 'kept.grades.jsonl');
    await write(file, GRADE, { ...GRADE, episode: 'e2' });
    await write(file, { ...GRADE, episode: 'e2', cost: 1 });
    const found = await readAnnotations(file);
    expect(found.map((one) => [one.episode, one.kind === 'grade' ? one.cost : null])).toEqual([
      ['e2', 1],
      ['e1', 3],
    ]);
  });

  it('stays as it was when writing is given up', async () => {
    const file = join(folder, 'abandoned.grades.jsonl');
    await write(file, GRADE);
    const before = readFileSync(file, 'utf8');
    const annotator = await Annotator.open(file);
    annotator.add([{ ...GRADE, cost: 2 }]);
    annotator.abandon();
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('is never written over something else', async () => {
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'my notes\n');
    await expect(Annotator.open(file)).rejects.toThrow('holds no annotations; name another file');
  });

  it('names the line that is wrong', async () => {
    const file = join(folder, 'wrong.grades.jsonl');
    writeFileSync(file, `${annotationLine(GRADE)}\n{"annotations":1,"kind":"grade"}\n`);
    await expect(readAnnotations(file)).rejects.toThrow(/wrong\.grades\.jsonl:3: not an annotation: .*episode/);
    await expect(readAnnotations(join(folder, 'none'))).rejects.toThrow('ludus grade makes one');
  });
});

it('files of grades lie beside records and are not taken for some', async () => {
  const own = mkdtempSync(join(folder, 'records-'));
  const records = join(own, 'seed-7.jsonl');
  writeFileSync(records, '');
  expect(gradesBeside(own)).toEqual([]);
  await write(gradesFileOf(records), GRADE);
  expect(gradesBeside(own)).toEqual([join(own, 'seed-7.grades.jsonl')]);
  expect(recordFiles(own)).toEqual([records]);
  const read = [];
  for await (const line of readRecords(own)) read.push(line);
  expect(read).toEqual([]);
});
