import { isObject, type Json } from '../../src/core/json.js';
import type { Rng } from '../../src/core/rng.js';
import type { Config } from './config.js';
import type { Notebook, Output } from './sandbox/notebook.js';
import type { DataTask } from './task.js';

/** A cell of the notebook and what its last run showed. */
export type Cell = { readonly contents: string; readonly output: string; readonly failed: boolean };

/** What the tools work on. */
export type World = { readonly cells: readonly Cell[] };

/** The cells' contents with one replaced, or one more at the end where `idx` is null. */
export function edited({ cells }: World, contents: string, idx: number | null): string[] {
  const before = cells.map((cell) => cell.contents);
  return idx === null ? [...before, contents] : before.with(idx, contents);
}

/** What the sandbox is asked. NOTE: seeded by the task, so that the same cells show the same. */
export function requestOf({ id, files }: DataTask, { computing, seconds }: Config, cells: readonly string[]): Notebook {
  return { cells, files, seed: id, limits: { steps: computing, seconds } };
}

/** The notebook after a run. An answer that is no list of outputs is the reason why nothing was run. */
export function afterRun(contents: readonly string[], answer: Json): World {
  const outputs = isObject(answer) && Array.isArray(answer.outputs) ? (answer.outputs as readonly Output[]) : null;
  const reason = isObject(answer) && typeof answer.error === 'string' ? answer.error : 'the sandbox gave no answer';
  const notRun: Output = { text: `not run: ${reason}`, failed: true };
  return {
    cells: contents.map((text, at) => {
      const { text: output, failed } = outputs === null ? notRun : (outputs[at] ?? notRun);
      return { contents: text, output, failed };
    }),
  };
}

/** The whole notebook in words. */
export function written({ cells }: World): string {
  return cells
    .map(({ contents, output }, at) => `Cell ${at}:\n${contents}\nOutput of cell ${at}:\n${output || '(nothing)'}`)
    .join('\n\n');
}

/** Outputs as a sandbox might answer, for random play. */
export function sampledOutputs({ cells }: Notebook, rng: Rng): Json {
  const outputs = cells.map((): Output => {
    return rng.below(4) === 0
      ? { text: 'TypeError: not a function (cell 0, line 1)', failed: true }
      : { text: String(rng.below(10_000) / 100), failed: false };
  });
  return { outputs };
}
