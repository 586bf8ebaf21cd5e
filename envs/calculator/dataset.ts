import { UserError } from '../../src/core/errors.js';
import { bad, good, type Read } from '../../src/core/read.js';
import { stream } from '../../src/core/rng.js';
import {
  type BadRow,
  type ConfiguredTask,
  type TaskFile,
  type Tasks,
  type TasksRead,
  textOf,
} from '../../src/core/tasks.js';
import { readFloat } from './numbers.js';
import { type Problem, TEMPLATES } from './problems.js';

export const SPLITS = { train: 8000, val: 1000, test: 1000 } as const;
export type Split = keyof typeof SPLITS;

type Task = ConfiguredTask;

/** NOTE: chance, the view and the grading all ask for the same problem; making it once keeps each of them plain. */
const made = new Map<string, Problem>();

/** The embedded problem of a task id; the same on every machine, for it is drawn from a stream named after the id. */
export function problemOf(id: string): Problem {
  let problem = made.get(id);
  if (problem === undefined) {
    const rng = stream('calculator', id);
    problem = rng.pick(TEMPLATES)(rng);
    made.set(id, problem);
  }
  return problem;
}

/** Every embedded task of a split. */
export function embedded(split: Split): Task[] {
  return Array.from({ length: SPLITS[split] }, (_, task) => ({
    id: `${split}_${task}`,
    split,
    config: { split, task },
  }));
}

/**
 * Reads GSM8K's own files, one `{"question", "answer"}` a line. The file `train` holds both train and val: every fifth
 * row, the first included, is val; ids count the rows of the file from 0. A bad line keeps its number and is reported;
 * the rest is read.
 * SEE: huggingface.co/datasets/openai/gsm8k ("main"); the splits are those of aviary.gsm8k.
 */
export function readGsm8k(text: string, file: 'train' | 'test'): TasksRead<Task> {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const tasks: Task[] = [];
  const broken: BadRow[] = [];
  for (const [row, line] of lines.entries()) {
    const read = readLine(line);
    const split = file === 'test' ? 'test' : row % 5 === 0 ? 'val' : 'train';
    const id = `${split}_${row}`;
    if (read.ok) tasks.push({ id, split, config: { split, problem: { id, ...read.value } } });
    else broken.push({ row: row + 1, reason: read.reason });
  }
  return { tasks, bad: broken };
}

function readLine(line: string): Read<Problem> {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    return bad('unparsable', 'not JSON');
  }
  const { question, answer } = (row ?? {}) as { question?: unknown; answer?: unknown };
  if (typeof question !== 'string' || question === '') return bad('unparsable', 'no "question" with a text');
  if (typeof answer !== 'string') return bad('unparsable', 'no "answer" with a text');
  const gold = goldOf(answer);
  return gold.ok ? good({ question, answer: gold.value }) : gold;
}

/** The number that follows `#### ` at the end of a worked solution; commas in it are dropped. */
function goldOf(answer: string): Read<number> {
  const written = answer.split('#### ')[1];
  if (written === undefined) return bad('unparsable', 'the answer has no "#### " before its number');
  const gold = readFloat(written.replaceAll(',', ''));
  if (gold.ok && Number.isFinite(gold.value)) return gold;
  return bad('unparsable', `"${written.trim().slice(0, 40)}" after "#### " is not a number`);
}

/** The embedded problems by number, and GSM8K's own files, which are named after their part. */
export const tasks: Tasks = {
  sizes: SPLITS,
  at(split, index) {
    const size = Object.hasOwn(SPLITS, split) ? SPLITS[split as Split] : 0;
    if (!(Number.isInteger(index) && index >= 0 && index < size))
      throw new RangeError(`there is no task ${index} in the split ${split} of ${size}`);
    return { id: `${split}_${index}`, split, config: { split, task: index } };
  },
  read: (file) => readGsm8k(textOf(file), partOf(file)),
};

function partOf({ name }: TaskFile): 'train' | 'test' {
  const part = /train|test/i.exec(name)?.[0].toLowerCase();
  if (part === undefined) throw new UserError(`${name}: the file of GSM8K is named after its part, train or test`);
  return part as 'train' | 'test';
}
