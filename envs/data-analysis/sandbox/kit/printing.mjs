const MOST_ROWS = 20;
const MOST_ITEMS = 50;
const MOST_DEPTH = 4;

/** A value as a cell shows it: texts as they are, lists of rows as a table, all else much as JavaScript writes it. */
export function display(value) {
  if (typeof value === 'string') return value;
  return isRows(value) ? tableOf(value) : inspect(value);
}

/** What went wrong in a cell, and where. */
export function explain(error) {
  if (!(error instanceof Error)) return `Uncaught ${inspect(error)}`;
  const places = String(error.stack ?? '').match(/cell \d+:\d+/g) ?? [];
  const where = places.length === 0 ? '' : ` (${places[0].replace(':', ', line ')})`;
  return `${error.name}: ${error.message}${where}`;
}

function isRows(value) {
  return Array.isArray(value) && value.length > 0 && value.every((row) => isPlain(row) && Object.keys(row).length > 0);
}

function isPlain(value) {
  if (typeof value !== 'object' || value === null) return false;
  const kind = Object.getPrototypeOf(value);
  return kind === null || kind === Object.prototype;
}

/** Rows as a text table, the first ones where there are many. */
export function tableOf(rows, most = MOST_ROWS) {
  const shown = rows.slice(0, most);
  const names = [...new Set(shown.flatMap((row) => Object.keys(row)))];
  const cells = [names, ...shown.map((row) => names.map((name) => cellOf(row[name])))];
  const widths = names.map((_, at) => cells.reduce((widest, row) => Math.max(widest, row[at].length), 0));
  const lines = cells.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]))
      .join('  ')
      .trimEnd(),
  );
  return rows.length > most ? `${lines.join('\n')}\n(${rows.length - most} more rows)` : lines.join('\n');
}

function cellOf(value) {
  if (value === undefined || value === null) return String(value ?? '');
  return typeof value === 'object' ? inspect(value, MOST_DEPTH - 1) : String(value);
}

/** A value much as JavaScript writes it, cut where it is deep or long. */
export function inspect(value, depth = 0) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[function ${value.name || 'without a name'}]`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (Object.prototype.toString.call(value) === '[object Date]')
    return Number.isNaN(value.getTime()) ? 'an invalid date' : value.toISOString();
  return holder(value, depth);
}

function holder(value, depth) {
  if (value instanceof Map) return `Map ${holder([...value], depth)}`;
  if (value instanceof Set) return `Set ${holder([...value], depth)}`;
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  if (depth >= MOST_DEPTH) return isList ? '[...]' : '{...}';
  const keys = isList ? null : Object.keys(value);
  const size = isList ? value.length : keys.length;
  const item = (at) => (isList ? inspect(value[at], depth + 1) : `${keys[at]}: ${inspect(value[keys[at]], depth + 1)}`);
  const items = Array.from({ length: Math.min(size, MOST_ITEMS) }, (_, at) => item(at));
  if (size > MOST_ITEMS) items.push(`... ${size - MOST_ITEMS} more`);
  if (isList) return `[${items.join(', ')}]`;
  return items.length === 0 ? '{}' : `{ ${items.join(', ')} }`;
}
