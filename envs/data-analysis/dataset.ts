import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { messageOf, UserError } from '../../src/core/errors.js';
import { isObject, type Json, type JsonObject, preview } from '../../src/core/json.js';
import { type BadRow, type TaskFile, type TasksRead, textOf } from '../../src/core/tasks.js';
import { readAnswer } from './answers.js';
import { type DataTask, dataTask } from './task.js';

/** What a row is allowed by which to miss the right answer where it says nothing of it. */
const USUAL = 0.002;

/** Gives the text of a file that a row names; undefined where there is none. */
type Beside = (name: string) => string | undefined;

/**
 * Tasks of a JSONL file whose rows are `{ id, question, answer, files, split?, relative?, absolute? }`, with the texts of
 * the files in them: `{ "a.csv": "x,y\n1,2\n" }`. Rows that only name their files are packed by `packFolder`.
 */
export function readTasks(file: TaskFile): TasksRead<DataTask> {
  return read(textOf(file), (row) => taskOf(row, () => undefined));
}

/**
 * The tasks of a folder as the text of one JSONL file, which `readTasks` reads.
 * A folder holds either `.jsonl` files whose rows name files beside them (`"files": ["a.csv"]`), or DABench as it is
 * published: da-dev-questions.jsonl, da-dev-labels.jsonl and da-dev-tables/.
 * @param bad told of each row that is no task: of DABench all whose answer is not a single number
 * @throws UserError where the folder holds neither
 */
export function packFolder(folder: string, bad: (row: BadRow) => void = () => {}): string {
  const { tasks, bad: rows } = existsSync(join(folder, QUESTIONS)) ? dabench(folder) : plain(folder);
  rows.forEach(bad);
  return tasks.map((task) => `${JSON.stringify(task)}\n`).join('');
}

const QUESTIONS = 'da-dev-questions.jsonl';
const LABELS = 'da-dev-labels.jsonl';
const TABLES = 'da-dev-tables';

function plain(folder: string): TasksRead<DataTask> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  if (names.length === 0) throw new UserError(`${folder} holds no .jsonl file of tasks`);
  const beside: Beside = (name) => textIn(folder, name);
  const found = names.map((name) => read(readFileSync(join(folder, name), 'utf8'), (row) => taskOf(row, beside)));
  return { tasks: found.flatMap(({ tasks }) => tasks), bad: found.flatMap(({ bad }) => bad) };
}

/**
 * DABench's development set.
 * SEE: X. Hu et al., "InfiAgent-DABench", ICML 2024 (arXiv 2401.05507); format and comparison of numbers (less than 1e-6
 * apart) as in examples/DA-Agent of InfiAgent/InfiAgent.
 */
function dabench(folder: string): TasksRead<DataTask> {
  const labels = new Map<Json, Json>();
  const labelled = read(readFileSync(join(folder, LABELS), 'utf8'), (row) => labels.set(row.id ?? null, row));
  if (labelled.bad.length > 0)
    throw new UserError(`${LABELS}, row ${labelled.bad[0]?.row}: ${labelled.bad[0]?.reason}`);
  const beside: Beside = (name) => textIn(join(folder, TABLES), name);
  return read(readFileSync(join(folder, QUESTIONS), 'utf8'), (row) => {
    const { id = null, question, constraints, format, file_name } = row;
    const answer = oneNumber(labels.get(id));
    const asked = [question, constraints, format, 'Hand in the number alone.'].filter((part) => part !== undefined);
    const task = { id: `dabench_${String(id)}`, split: 'dabench', question: asked.join('\n'), answer, absolute: 1e-6 };
    return taskOf({ ...task, files: [file_name ?? null] }, beside);
  });
}

function oneNumber(label: Json | undefined): number {
  const answers = isObject(label) && Array.isArray(label.common_answers) ? label.common_answers : [];
  if (answers.length !== 1) throw new UserError(`it has ${answers.length} answers, and a task takes one number`);
  return numberOf(Array.isArray(answers[0]) ? (answers[0][1] ?? null) : null);
}

function numberOf(value: Json | undefined): number {
  const number = typeof value === 'number' || typeof value === 'string' ? readAnswer(value) : null;
  if (number?.ok) return number.value;
  throw new UserError(`"answer" takes one number, got ${preview(value)}`);
}

function taskOf(row: JsonObject, beside: Beside): DataTask {
  const hasTolerance = row.relative !== undefined || row.absolute !== undefined;
  const files = Array.isArray(row.files) ? textsOf(row.files, beside) : row.files;
  const given = { split: 'given', ...(hasTolerance ? {} : { relative: USUAL }), ...row };
  const parsed = dataTask.safeParse({ ...given, id: String(row.id ?? ''), answer: numberOf(row.answer), files });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(`"${issue?.path.join('.')}": ${issue?.message}`);
}

function textsOf(names: readonly Json[], beside: Beside): { [name: string]: string } {
  return Object.fromEntries(
    names.map((name) => {
      const text = typeof name === 'string' ? beside(name) : undefined;
      if (text !== undefined) return [name, text];
      throw new UserError(`the file ${preview(name)} is not there; "files" takes the texts by name`);
    }),
  );
}

/** NOTE: names stand in files from elsewhere, and may lead out of the folder. */
function textIn(folder: string, name: string): string | undefined {
  const path = resolve(folder, name);
  const isInside = !relative(resolve(folder), path).startsWith('..');
  return isInside && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** What is made of each row of a JSONL text; rows are counted from 1, blank ones left out. */
function read<T>(text: string, make: (row: JsonObject) => T): TasksRead<T> {
  const tasks: T[] = [];
  const bad: BadRow[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      const row: unknown = JSON.parse(line);
      if (!isObject(row)) throw new UserError(`a row is an object, not ${preview(row)}`);
      tasks.push(make(row));
    } catch (error) {
      bad.push({ row: at + 1, reason: messageOf(error) });
    }
  }
  return { tasks, bad };
}
