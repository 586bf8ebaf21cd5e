import { UserError } from '../../../src/core/errors.js';
import { isObject } from '../../../src/core/json.js';
import { stream } from '../../../src/core/rng.js';
import { type TaskFile, type TasksRead, textOf } from '../../../src/core/tasks.js';
import { Shelf } from './shelf.js';
import type { CloningTask } from './task.js';
import { UNSURE } from './words.js';

/** A row of LAB-Bench's SeqQA or CloningScenarios, as its file has it. */
interface Row {
  readonly id: string;
  readonly question: string;
  readonly ideal: string;
  readonly distractors: readonly string[];
  readonly subtask: string;
}

/**
 * Reads SeqQA and CloningScenarios of LAB-Bench: one JSON object a line with `id`, `question`, `ideal`, `distractors` and
 * `subtask`. Runs of five or more letters A, C, G, T become molecules of the store. Sorted by id, the first nine tenths
 * of the rows are `train`, the others `val`; rows whose question speaks of RNA are left out, as Aviary leaves them out.
 * A bad row keeps its number and is reported; the rest is read.
 * SEE: huggingface.co/datasets/futurehouse/lab-bench; J. M. Laurent et al., arXiv 2407.10362; the splits are those of
 * aviary.cloning.
 * @throws UserError for a file that is no text of lines
 */
export function readLabBench(file: TaskFile): TasksRead<CloningTask> {
  if (textOf(file).startsWith('PAR1')) {
    throw new UserError(`${file.name} is a Parquet file; save its rows as JSON, one a line, and give that file`);
  }
  const lines = textOf(file).split(/\r?\n/);
  const rows: Row[] = [];
  const bad: { row: number; reason: string }[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const row = readRow(line, rows);
    if (typeof row === 'string') bad.push({ row: index + 1, reason: row });
    else if (!row.question.includes('RNA')) rows.push(row);
  }
  rows.sort((one, other) => (one.id < other.id ? -1 : 1));
  const train = Math.floor(rows.length * 0.9);
  return { tasks: rows.map((row, index) => taskOf(row, index < train ? 'train' : 'val')), bad };
}

/** A line as a row, or what is wrong with it. */
function readRow(line: string, before: readonly Row[]): Row | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  if (!isObject(value)) return 'not a JSON object';
  const { id, question, ideal, distractors, subtask = 'SeqQA' } = value;
  if (typeof id !== 'string' || id === '' || id.length > 100) return 'no "id" with a text of at most 100 letters';
  if (before.some((row) => row.id === id)) return `the id ${id} was there before`;
  if (typeof question !== 'string' || question === '') return 'no "question" with a text';
  const right = optionOf(ideal);
  if (right === null) return 'no "ideal" with a text or a number';
  if (!Array.isArray(distractors) || distractors.length === 0) return 'no "distractors" with a list';
  const wrong = (distractors as unknown[]).map(optionOf);
  if (wrong.includes(null)) return 'a distractor is neither a text nor a number';
  if (new Set([right, ...wrong]).size <= wrong.length) return 'two of "ideal" and "distractors" are the same';
  if (typeof subtask !== 'string') return '"subtask" is no text';
  return { id, question, ideal: right, distractors: wrong as string[], subtask };
}

function optionOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** `PCR-seq-primers-v1-public` is the kind `PCR-seq-primers`. */
function kindOf(subtask: string): string {
  return subtask.replace(/^SeqQA_/, '').replace(/-v\d+(-public)?$/, '');
}

function taskOf({ id, question, ideal, distractors, subtask }: Row, split: 'train' | 'val'): CloningTask {
  const shelf = new Shelf();
  const written = keyed(question, shelf);
  const unsure = distractors.includes(UNSURE) || ideal === UNSURE ? [] : [UNSURE];
  const options = stream('cloning', id).shuffled([ideal, ...distractors, ...unsure]);
  const gold = { option: options.indexOf(ideal) };
  // NOTE: options of amino acids may hold runs of the letters A, C, G, T that are no DNA.
  const isProtein = /amino acid|AA seq/i.test(question);
  const shown = isProtein ? options : options.map((option) => keyed(option, shelf));
  return {
    id,
    split,
    kind: kindOf(subtask),
    question: written,
    options: shown,
    materials: shelf.materials,
    submit: 'answer',
    gold,
  };
}

/** A text with its sequences on the shelf, and their keys in their stead. */
function keyed(text: string, shelf: Shelf): string {
  const spaced = text.replace(/(?<=[ACGT]{5}),(?=[ACGT]{5})/g, ', ');
  return spaced.replace(/\b[ACGT]{5,}\b/g, (sequence) => shelf.add(sequence));
}
