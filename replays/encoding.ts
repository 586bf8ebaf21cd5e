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
  open: (file) => new LineSink(file),
};

/** NOTE: rows are handed to the system this many characters at a time; by itself each would cost a call of it. */
const BATCH_CHARS = 1 << 18;

class LineSink implements RowSink {
  readonly #fd: number;
  #text = '';

  constructor(file: string) {
    this.#fd = openSync(file, 'w');
  }

  put(row: JsonObject): void {
    this.#text += `${JSON.stringify(row)}\n`;
    if (this.#text.length >= BATCH_CHARS) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#fd);
  }

  #flush(): void {
    const bytes = Buffer.from(this.#text);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at);
    this.#text = '';
  }
}
