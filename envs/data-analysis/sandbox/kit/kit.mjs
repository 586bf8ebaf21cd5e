import * as distributions from './distributions.mjs';
import { display, explain, tableOf } from './printing.mjs';
import * as statistics from './statistics.mjs';
import { count, groupBy, join, numbers, parseCsv, rolling } from './tables.mjs';

const { normalCdf, tCdf, chiSquareCdf } = distributions;

/**
 * Puts the kit into the sandbox, where a cell may take any of its names for something else.
 * @param print takes a text to show @param read gives the text of a file, undefined where there is none
 * @param names of the files there are
 */
export function install(print, read, names) {
  const log = (...values) => print(values.map(display).join(' '));
  const table = (rows, most) => print(tableOf(rows, most));
  const text = (name) => {
    const found = read(String(name));
    if (found !== undefined) return found;
    throw new ReferenceError(`there is no file "${name}"; the files are: ${names.join(', ')}`);
  };
  const csv = (name) => parseCsv(text(name));
  const own = { text, csv, table, files: () => [...names], numbers, groupBy, count, join };
  const windows = { rolling: (values, size, summary = statistics.mean) => rolling(values, size, summary) };
  const console = { log, info: log, warn: log, error: log, debug: log, table };
  Object.assign(globalThis, own, statistics, windows, { normalCdf, tCdf, chiSquareCdf, console });
}

export { display, explain };
