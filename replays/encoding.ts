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

/** NOTE: rows are handed to the system this many bytes at a time; by itself each would cost a call of it. */
const BATCH = 1 << 20;
/** The most bytes of UTF-8 that a character of JavaScript takes. */
const WIDEST = 3;

class LineSink implements RowSink {
  readonly #fd: number;
  readonly #batch = Buffer.allocUnsafe(BATCH);
  #filled = 0;

  constructor(file: string) {
    this.#fd = openSync(file, 'w');
  }

  put(row: JsonObject): void {
    const line = `${JSON.stringify(row)}\n`;
    if (this.#filled + WIDEST * line.length > BATCH) this.#flush();
    if (WIDEST * line.length > BATCH) this.#write(Buffer.from(line));
    else this.#filled += this.#batch.write(line, this.#filled);
  }

  close(): void {
    this.#flush();
    closeSync(this.#fd);
  }

  #flush(): void {
    this.#write(this.#batch.subarray(0, this.#filled));
    this.#filled = 0;
  }

  #write(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at);
  }
}
