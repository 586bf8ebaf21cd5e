import Table from 'cli-table3';
import { clean, type Ink } from '../../agents/terminal/ink.js';

const BARE = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
};
const NONE = {
  ...BARE,
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
/** NOTE: two spaces on the left of each column: the first is the page's margin. */
const STYLE = { 'padding-left': 2, 'padding-right': 0, head: [], border: [] };

/** Rows under a head, without borders; the last column takes what is left of the width and wraps. */
export function sheet(
  head: readonly string[],
  rows: readonly (readonly unknown[])[],
  width: number,
  ink: Ink,
): string[] {
  const cells = rows.map((row) => row.map((cell) => clean(String(cell))));
  const widths = head.map(
    (title, column) => 2 + Math.max(title.length, ...cells.map((row) => longest(row[column] ?? ''))),
  );
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one, 0);
  const last = Math.min(widths.at(-1) ?? 0, Math.max(20, width - before));
  const table = new Table({
    head: head.map((title) => ink('dim', title)),
    colWidths: [...widths.slice(0, -1), last],
    wordWrap: true,
    chars: NONE,
    style: STYLE,
  });
  table.push(...cells);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

function longest(cell: string): number {
  return Math.max(...cell.split('\n').map((line) => line.length));
}
