import type { JsonObject } from '../../src/core/json.js';
import { bad, good, type Read } from '../../src/core/read.js';
import { stream } from '../../src/core/rng.js';
import { readFloat } from './numbers.js';
import { type Problem, TEMPLATES } from './problems.js';

export const SPLITS = { train: 8000, val: 1000, test: 1000 } as const;
export type Split = keyof typeof SPLITS;

/** One task: `id` is `{split}_{index}`; `config` goes over the environment's defaults. */
export interface Task {
  readonly id: string;
  readonly split: Split;
  readonly config: JsonObject;
}

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

/** A line that is no problem, counted from 1, and why. */
export interface BadLine {
  readonly line: number;
  readonly reason: string;
}

/**
 * Reads GSM8K's own files, one `{"question", "answer"}` a line. The file `train` holds both train and val: every fifth
 * row, the first included, is val; ids count the rows of the file from 0. A bad line keeps its number and is reported;
 * the rest is read.
 * SEE: huggingface.co/datasets/openai/gsm8k ("main"); the splits are those of aviary.gsm8k.
 */
export function readGsm8k(text: string, file: 'train' | 'test'): { tasks: Task[]; bad: BadLine[] } {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const tasks: Task[] = [];
  const broken: BadLine[] = [];
  for (const [row, line] of lines.entries()) {
    const read = readLine(line);
    const split = file === 'test' ? 'test' : row % 5 === 0 ? 'val' : 'train';
    const id = `${split}_${row}`;
    if (read.ok) tasks.push({ id, split, config: { split, problem: { id, ...read.value } } });
    else broken.push({ line: row + 1, reason: read.reason });
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
