import type { Limits, Notebook, Output } from './notebook.js';
import { runNotebook } from './threads.js';

/** Generous for what ends by itself. */
export const LIMITS: Limits = { steps: 100, seconds: 60 };

/** The outputs of cells in a sandbox of their own. */
export function outputsOf(
  cells: readonly string[],
  { files = {}, seed = 'test', limits = LIMITS }: Partial<Notebook> = {},
): Promise<readonly Output[]> {
  return runNotebook({ cells, files, seed, limits }, new AbortController().signal);
}

/** What the cells show. */
export async function shown(cells: readonly string[], notebook: Partial<Notebook> = {}): Promise<string[]> {
  return (await outputsOf(cells, notebook)).map(({ text }) => text);
}
