import { picker } from './values.mjs';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The rows of a CSV text as objects. Numbers are numbers, empty cells and NA are null, all else is text.
 * SEE: RFC 4180 for quotes.
 */
export function parseCsv(text) {
  const [head = [], ...rows] = records(text.replace(/^\uFEFF/, ''));
  return rows.map((cells) => Object.fromEntries(head.map((name, at) => [name.trim(), cellOf(cells[at] ?? '')])));
}

function cellOf(written) {
  const text = written.trim();
  if (text === '' || text === 'NA') return null;
  return NUMBER.test(text) ? Number(text) : text;
}

/** Lists of cells, one a record; blank lines are left out. */
function records(text) {
  const found = [];
  let cells = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  while (cell.lastIndex < text.length) {
    const from = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) throw new SyntaxError(`the file is no CSV at ${JSON.stringify(text.slice(from, from + 30))}`);
    cells.push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'));
    if (match[3] === ',' && cell.lastIndex < text.length) continue;
    if (match[3] === ',') cells.push('');
    if (cells.length > 1 || cells[0] !== '') found.push(cells);
    cells = [];
  }
  return found;
}

/** The numbers in a column, or that a function gives for each row; missing and not numeric ones are left out. */
export function numbers(rows, column) {
  return rows.map(picker(rows, column, 'numbers')).filter((value) => Number.isFinite(value));
}

/** The rows by the value of a column, or of a function: an object of lists. */
export function groupBy(rows, column) {
  const pick = picker(rows, column, 'groupBy');
  const groups = Object.create(null);
  for (const row of rows) {
    const name = String(pick(row));
    groups[name] ??= [];
    groups[name].push(row);
  }
  return groups;
}

/** How often each value occurs: an object of numbers. */
export function count(values) {
  const counts = Object.create(null);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** Every pair of a left and a right row with the same value in a column, as one row; the left one's columns win. */
export function join(left, right, column) {
  const pick = picker(left, column, 'join');
  picker(right, column, 'join');
  const partners = groupBy(right, column);
  return left.flatMap((row) => (partners[String(pick(row))] ?? []).map((partner) => ({ ...partner, ...row })));
}

/** What a function gives for each run of `size` neighbours: one value fewer than size less than there are values. */
export function rolling(values, size, summary) {
  if (!(Number.isInteger(size) && size >= 1)) throw new RangeError(`rolling takes a whole size from 1, not ${size}`);
  return values.slice(size - 1).map((_, from) => summary(values.slice(from, from + size)));
}
