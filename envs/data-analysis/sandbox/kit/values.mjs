/** The numbers of a list as they are. @throws TypeError on anything else, naming what would be right */
export function numbersOf(values, who) {
  if (!Array.isArray(values)) throw new TypeError(`${who} takes a list of numbers, not ${kindOf(values)}`);
  if (values.length === 0) throw new TypeError(`${who} takes at least one number, and the list is empty`);
  const at = values.findIndex((value) => typeof value !== 'number' || Number.isNaN(value));
  if (at < 0) return values;
  throw new TypeError(
    `${who}: item ${at} is ${kindOf(values[at])}, not a number; numbers(rows, column) leaves missing cells out`,
  );
}

/** Two lists of numbers of the same length. */
export function pairsOf(xs, ys, who) {
  numbersOf(xs, who);
  numbersOf(ys, who);
  if (xs.length !== ys.length) {
    throw new TypeError(`${who} takes two lists of the same length, not ${xs.length} and ${ys.length}`);
  }
  if (xs.length < 2) throw new TypeError(`${who} takes at least two pairs`);
}

/** A value in a few words, for messages. */
export function kindOf(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return String(value);
  if (typeof value === 'string') return value === '' ? 'an empty text' : `the text "${value.slice(0, 40)}"`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${String(value).slice(0, 40)}`;
}

/** What a column name or a function picks of a row. @throws TypeError where no row has such a column */
export function picker(rows, column, who) {
  if (!Array.isArray(rows)) throw new TypeError(`${who} takes a list of rows first, not ${kindOf(rows)}`);
  if (typeof column === 'function') return column;
  if (rows.length === 0 || rows.some((row) => Object.hasOwn(row, column))) return (row) => row[column];
  throw new TypeError(`${who}: there is no column "${column}"; the columns are: ${Object.keys(rows[0]).join(', ')}`);
}
