import type { Config } from './config.js';
import { LONGEST_OUTPUT, MEMORY } from './sandbox/notebook.js';
import type { DataTask } from './task.js';

/** The kit of the sandbox as its users read it: every name it puts there. */
export const KIT: { readonly [group: string]: readonly string[] } = {
  Files: [
    'files() gives their names',
    'text(name) the text of one',
    'csv(name) its rows as objects by column: numbers are numbers, empty cells and NA are null, all else is text',
  ],
  Tables: [
    'table(rows, most = 20) prints rows',
    'numbers(rows, column) gives the numbers in a column (a name or a function of the row), missing ones left out',
    'groupBy(rows, column) an object of lists of rows',
    'join(left, right, column) the pairs of rows with the same value there, as one row each',
    'count(values) an object of how often each occurs',
  ],
  Statistics: [
    'sum, mean, median, min, max, variance, sd (samples, n - 1) of a list of numbers',
    'quantile(values, p) with linear interpolation',
    'ranks(values)',
    'rolling(values, size, summary = mean)',
    'correlation(xs, ys), spearman(xs, ys)',
    'regression(xs, ys) gives { slope, intercept, r2, slopeError, n }',
    "tTest(a, b) gives Welch's { t, df, p }",
    'chiSquare(table of counts) gives { chi2, df, p }',
    'normalCdf(z), tCdf(t, df), chiSquareCdf(x, df)',
    'round(value, digits)',
  ],
};

export const KIT_WORDS = `Besides JavaScript itself cells have: ${Object.values(KIT).flat().join('; ')}. What is declared in one cell is known in later ones; a name declared with const or let can't be declared again, so use var or another name.`;

export function rules({ maxSteps, maxCalls, computing, seconds }: Config): string {
  return [
    'You answer one question about data in CSV files. The answer is a single number.',
    'You have a notebook whose cells are JavaScript. Look at the files, work the answer out in cells, and hand it in with submit_answer, which ends the task: 1 for a right number, 0 for a wrong one. An answer that is not one plain number is refused and costs nothing but the step.',
    'Each edit_cell runs the whole notebook again from the top, in a fresh sandbox. A cell that fails shows its error and the next one runs.',
    `Read the question closely: it says what to do with missing values, units, failed readings and rows that stand twice. Files can't be changed and nothing outside can be reached; there are no timers. Math.random and Date are fixed by the task. One run of the notebook has ${MEMORY} MiB of memory, ${computing} million steps of computing and ${seconds} s; a cell shows at most ${LONGEST_OUTPUT} characters.`,
    `There are ${maxSteps} steps with at most ${maxCalls} calls each.`,
  ].join('\n');
}

/** What the seat is asked. */
export function ask({ question, files, relative, absolute }: DataTask): string {
  const names = Object.keys(files).join(', ');
  const tolerances = [
    ...(relative > 0 ? [`${Number((100 * relative).toPrecision(6))} %`] : []),
    ...(absolute > 0 ? [`${absolute}`] : []),
  ];
  const within = tolerances.length === 0 ? 'exactly as it is' : `within ${tolerances.join(' or ')} of the right one`;
  return `${question}\nFiles: ${names}. The answer is one number and counts ${within}.`;
}
