import { closeSync, openSync, writeSync } from 'node:fs';
import type { JsonObject } from '../src/core/json.js';

/** How rows of training data become the bytes of a file. */
export interface Encoding {
  /** How its files end, dot included. */
  readonly ending: string;
  /** Begins a file, over an older one. It is a whole file once it is closed, with no rows too. */
  open(file: string): RowSink;
}

/** Takes rows one after another, in flat memory. */
export interface RowSink {
  put(row: JsonObject): void;
  close(): void;
}

/** One row a line, as JSON. */
export const jsonLines: Encoding = {
  ending: '.jsonl',
  open(file) {
    const fd = openSync(file, 'w');
    return { put: (row) => writeSync(fd, `${JSON.stringify(row)}\n`), close: () => closeSync(fd) };
  },
};
