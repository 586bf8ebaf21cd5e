import { z } from 'zod';
import { UserError } from '../../src/core/errors.js';
import { type Job, taskTool } from '../../src/core/task/contract.js';
import { isRight, readAnswer } from './answers.js';
import type { Config } from './config.js';
import { KIT_WORDS } from './language.js';
import { afterRun, edited, requestOf, type World, written } from './notebook.js';
import type { DataTask } from './task.js';

type Work = Job<DataTask, World, Config>;

const MOST_CELLS = 40;
const LONGEST_CELL = 20_000;

const cellArgs = z.object({
  contents: z.string().max(LONGEST_CELL).describe('JavaScript of the cell'),
  idx: z
    .number()
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('number of the cell to replace, from 0; left out, a new cell is added at the end'),
});

/** Cells for random play. */
const TRIED = ['files()', 'csv(files()[0])', 'const rows = csv(files()[0]);\nrows.length', 'Math.random()', 'x +'];

function cellsOf({ world }: Work, { contents, idx }: z.output<typeof cellArgs>): string[] {
  const count = world.cells.length;
  if (idx === null && count >= MOST_CELLS) {
    throw new UserError(`there are ${MOST_CELLS} cells, which is the most; replace one of them by idx`);
  }
  if (idx !== null && idx >= count) {
    const there = count === 0 ? 'the notebook is empty' : `the cells are 0 to ${count - 1}`;
    throw new UserError(`there is no cell ${idx}: ${there}; leave idx out to add a cell at the end`);
  }
  return edited(world, contents, idx);
}

const editCell = taskTool<DataTask, World, Config, typeof cellArgs>({
  description: `Adds a cell of JavaScript to the notebook, or replaces one, and runs the whole notebook again from the top. Answers with all cells and what they show: what console.log prints, then the value of the last expression. ${KIT_WORDS}`,
  args: cellArgs,
  sample: (rng) => ({ contents: rng.pick(TRIED), ...(rng.below(3) === 0 ? { idx: rng.below(3) } : {}) }),
  run: (job, args) => ({ ask: requestOf(job.task, job.config, cellsOf(job, args)) }),
  answered(job, args, answer) {
    const world = afterRun(cellsOf(job, args), answer);
    return { world, text: written(world) };
  },
});

const listWorkdir = taskTool<DataTask, World, Config, z.ZodObject>({
  description: 'Lists the files that cells can read with csv(name) or text(name), each with its length.',
  args: z.object({}),
  sample: () => ({}),
  run({ task }) {
    const files = Object.entries(task.files);
    return { text: files.map(([name, text]) => `${name} (${text.length} characters)`).join('\n') || 'no files' };
  },
});

const answerArgs = z.object({
  answer: z
    .union([z.number(), z.string().max(1000)])
    .describe('the number asked for, at full precision: 12.3456; no unit, no list, no range'),
});

const submitAnswer = taskTool<DataTask, World, Config, typeof answerArgs>({
  description: 'Hands in the answer, one number, and ends the task.',
  args: answerArgs,
  sample: (rng) => ({ answer: rng.below(10_000) / 100 }),
  run({ task }, { answer }) {
    const read = readAnswer(answer);
    if (!read.ok) throw new UserError(read.reason);
    const right = isRight(task, read.value);
    const outcome = right ? 'right answer' : 'wrong answer';
    return { text: right ? 'Right.' : 'Wrong.', end: { outcome, rewards: { answer: right ? 1 : 0 } } };
  },
});

export const tools = { list_workdir: listWorkdir, submit_answer: submitAnswer, edit_cell: editCell };
