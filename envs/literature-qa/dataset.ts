import { z } from 'zod';
import { messageOf, UserError } from '../../src/core/errors.js';
import { bad, good, type Read } from '../../src/core/read.js';
import { issuesOf } from '../../src/core/space.js';
import { type BadRow, type TaskFile, type TasksRead, textOf } from '../../src/core/tasks.js';
import { given, type LiteratureTask, UNSURE } from './task.js';

/** The fields of a row that are used; the others (canary, tag, version, is_opensource, subtask) are passed over. */
const row = z.object({
  id: z.string().trim().min(1),
  question: z.string().trim().min(1),
  ideal: z.string().trim().min(1),
  distractors: z.array(z.string().trim().min(1)).min(1),
  sources: z.union([z.array(z.string()), z.string()]).nullish(),
  papers: z.array(z.unknown()).optional(),
});

/** Rows 0, 5, 10, ... are for validation, the rest to train on, as the rows of other sets without splits of their own. */
const VAL_EVERY = 5;

/**
 * Reads LitQA2 as LAB-Bench publishes it, one JSON object a line or one JSON list: `id`, `question`, `ideal`,
 * `distractors`, `sources` (DOIs). The papers themselves are not part of it: they are those of the reader's folder,
 * unless a row has `papers` of ours. The unsure option is added to each question. The name of a file that holds `test`
 * makes its rows `test`.
 * SEE: J. M. Laurent et al., "LAB-Bench", arXiv 2407.10362; huggingface.co/datasets/futurehouse/lab-bench (LitQA2).
 * @throws UserError when the file is neither JSON lines nor a JSON list
 */
export function readLitQa(file: TaskFile): TasksRead<LiteratureTask> {
  const rows = rowsOf(file);
  const tasks: LiteratureTask[] = [];
  const broken: BadRow[] = [];
  const isTest = /test/i.test(file.name);
  for (const [at, read] of rows.entries()) {
    const split = isTest ? 'test' : at % VAL_EVERY === 0 ? 'val' : 'train';
    const task = read.ok ? taskOf(read.value, split) : read;
    if (task.ok) tasks.push(task.value);
    else broken.push({ row: at + 1, reason: task.reason });
  }
  return { tasks, bad: broken };
}

function rowsOf(file: TaskFile): Read<unknown>[] {
  const text = textOf(file).replace(/^\uFEFF/, '');
  if (text.startsWith('PAR1'))
    throw new UserError(`${file.name} is a Parquet file; save its rows as JSON lines, one object a line`);
  if (text.trimStart().startsWith('[')) return listIn(text, file.name).map((value) => good(value));
  const lines = text.split(/\r?\n/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  if (lines.length === 0) throw new UserError(`${file.name} is empty`);
  return lines.map(lineIn);
}

function listIn(text: string, name: string): unknown[] {
  try {
    return JSON.parse(text) as unknown[];
  } catch (thrown) {
    throw new UserError(`${name} begins like a JSON list and is none: ${messageOf(thrown)}`);
  }
}

function lineIn(line: string): Read<unknown> {
  try {
    return good(JSON.parse(line));
  } catch {
    return bad('unparsable', 'not JSON');
  }
}

function taskOf(value: unknown, split: string): Read<LiteratureTask> {
  const read = row.safeParse(value);
  if (!read.success) return bad('unparsable', issuesOf(read.error, value));
  const { id, question, ideal, distractors, sources, papers } = read.data;
  const stated = typeof sources === 'string' ? [sources] : (sources ?? []);
  const kind = 'litqa2';
  const wrong = distractors.filter((option) => option !== UNSURE);
  const task = given.safeParse({ id, split, kind, question, ideal, distractors: wrong, sources: stated, papers });
  return task.success ? good(task.data) : bad('unparsable', issuesOf(task.error, value));
}
