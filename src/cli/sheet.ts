import { clean, type Ink, wrap } from '../../agents/terminal/ink.js';

const GAP = 2;
/** NOTE: narrower columns than this break words more often than lines. */
const NARROW = 10;

/**
 * Rows under a head, without borders, in at most `width` characters: columns of figures stand to the right, and where
 * the whole is too wide the widest columns wrap.
 */
export function sheet(
  head: readonly string[],
  rows: readonly (readonly unknown[])[],
  width: number,
  ink: Ink,
): string[] {
  const cells = rows.map((row) => row.map((cell) => clean(String(cell))));
  const widths = shrunk(
    head.map((title, column) => longest([title, ...cells.map((row) => row[column] ?? '')])),
    width,
  );
  const right = head.map((_, column) => cells.length > 0 && cells.every((row) => isFigure(row[column] ?? '')));
  const set = (row: readonly string[]): string[] => setRow(row, widths, right);
  return [...set(head).map((line) => ink('dim', line)), ...cells.flatMap(set)];
}

/** Takes from the widest column until all fit. */
function shrunk(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  const room = width - GAP * widths.length;
  while (widths.reduce((sum, one) => sum + one, 0) > room) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= NARROW) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function setRow(row: readonly string[], widths: readonly number[], right: readonly boolean[]): string[] {
  const cells = widths.map((width, column) => wrap(row[column] ?? '', width));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((width, column) => {
        const text = cells[column]?.[line] ?? '';
        return ' '.repeat(GAP) + (right[column] === true ? text.padStart(width) : text.padEnd(width));
      })
      .join('')
      .trimEnd(),
  );
}

function isFigure(cell: string): boolean {
  return /^[+-]?\d[\d.,]*[KMB]?\+?$|^none$|^$/.test(cell);
}

function longest(cells: readonly string[]): number {
  return Math.max(...cells.flatMap((cell) => cell.split('\n')).map((line) => line.length));
}
