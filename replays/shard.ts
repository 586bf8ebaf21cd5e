import { closeSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** An append-only file of lines. A torn last line, left by a process that was killed, is cut off when it is opened. */
export class Shard {
  readonly file: string;
  /** Bytes of a torn last line that were cut off at opening; 0 when the file was whole. */
  readonly torn: number;
  readonly #fd: number;

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.file = file;
    this.#fd = openSync(file, 'a+');
    const { size } = fstatSync(this.#fd);
    const whole = endOfLastLine(this.#fd, size);
    this.torn = size - whole;
    if (this.torn > 0) ftruncateSync(this.#fd, whole);
  }

  /** Appends one line, newline included. It is with the system when this returns: killing the process loses nothing. */
  append(line: string): void {
    writeSync(this.#fd, line);
  }

  /** Empties the file: for journals, whose episode is safe in its shard. */
  clear(): void {
    ftruncateSync(this.#fd, 0);
  }

  /** Waits until the disk has it, and closes. */
  close(): void {
    fsyncSync(this.#fd);
    closeSync(this.#fd);
  }
}

/** Where the last whole line ends: just behind the last newline, 0 when there is none. */
function endOfLastLine(fd: number, size: number): number {
  const block = Buffer.alloc(65_536);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - block.length);
    const read = readSync(fd, block, 0, end - start, start);
    const at = block.subarray(0, read).lastIndexOf(10);
    if (at >= 0) return start + at + 1;
    end = start;
  }
  return 0;
}
