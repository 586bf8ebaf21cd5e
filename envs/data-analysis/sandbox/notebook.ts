/** Cells to be run from the first to the last in a sandbox of their own, and what they may read and use up. */
export type Notebook = {
  readonly cells: readonly string[];
  /** Texts of files by name. */
  readonly files: { readonly [name: string]: string };
  /** Sets the clock and with it the chance of the sandbox: the same notebook gives the same bytes. */
  readonly seed: string;
  readonly limits: Limits;
};

/** What one run of a notebook may use up. */
export type Limits = {
  /** Millions of steps of the interpreter, all cells together. */
  readonly steps: number;
  /** Seconds by the clock, for what no count of steps stops. */
  readonly seconds: number;
};

/** What a cell showed, cut to its length; `failed` where it ended in an error or was not run. */
export type Output = { readonly text: string; readonly failed: boolean };

/** Memory of one sandbox in MiB, stack and heap together: of the WebAssembly it runs in, which can't grow beyond. */
export const MEMORY = 64;
/** The most characters shown of what a cell prints and gives. */
export const LONGEST_OUTPUT = 3000;
/** The most characters of what went wrong in a cell, shown besides. */
export const LONGEST_ERROR = 600;
