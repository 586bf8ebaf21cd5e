export const WIDTH = 7;
export const HEIGHT = 6;
export const MARKS = ['x', 'o'] as const;

/** The seven columns from left to right, each its discs from the bottom up: `x` of seat 0, `o` of seat 1. */
export type Columns = readonly string[];

/**
 * `last` is the column (0 to 6) of the disc dropped last, null before the first. It is no convenience: a board does not
 * tell it, and with it a win can be found by looking around one disc.
 */
export type State = { readonly columns: Columns; readonly last: number | null };
export type View = State & { readonly you: string | null };

/** The option of each column, left to right. */
export const DROPS: readonly string[] = Array.from({ length: WIDTH }, (_, column) => `column ${column + 1}`);

export const EMPTY: Columns = DROPS.map(() => '');

/** Whose turn it is: seat 0 on an even number of discs. */
export function toMove(columns: Columns): 0 | 1 {
  let discs = 0;
  for (const column of columns) discs += column.length;
  return (discs & 1) === 0 ? 0 : 1;
}

/** The columns after a disc of `mark` in a column that is not full. */
export function drop(columns: Columns, column: number, mark: string): Columns {
  const next = [...columns];
  next[column] += mark;
  return next;
}

/** Whether the top disc of a column is part of four in a row. */
export function connects(columns: Columns, column: number): boolean {
  const discs = columns[column] as string;
  const row = discs.length - 1;
  const mark = discs.charCodeAt(row);
  if (run(columns, column, row, 0, -1, mark) >= 3) return true;
  for (let rise = -1; rise <= 1; rise++) {
    if (run(columns, column, row, 1, rise, mark) + run(columns, column, row, -1, -rise, mark) >= 3) return true;
  }
  return false;
}

/** Discs of one mark in an unbroken line from a square, the square itself not counted. */
function run(columns: Columns, column: number, row: number, across: number, rise: number, mark: number): number {
  let count = 0;
  for (let x = column + across, y = row + rise; count < 3 && y >= 0; x += across, y += rise) {
    const discs = columns[x];
    if (discs === undefined || discs.charCodeAt(y) !== mark) break;
    count++;
  }
  return count;
}
