import { createInterface, type Interface } from 'node:readline/promises';
import { type Ink, inkFor, widthOf } from './ink.js';

/**
 * The terminal as people at it use it: lines are typed with line editing, history and completion, and words are
 * written to standard error, so that standard output holds results alone. Lines that come faster than questions wait
 * (a file of answers works as well as a keyboard). Ctrl-C and the end of input raise the process's own interrupt:
 * whoever runs the game decides what becomes of it.
 */
export class Terminal {
  readonly ink: Ink = inkFor(process.stderr);
  readonly width = widthOf(process.stderr);
  #reader: Interface | null = null;
  #people = 0;
  #lines: string[] = [];
  #waiting: ((line: string) => void) | null = null;
  #ended = false;
  #words: readonly string[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  /** How many people sit at it now. */
  get people(): number {
    return this.#people;
  }

  join(): void {
    this.#people++;
  }

  /** The last one to leave hands the keyboard back. */
  leave(): void {
    this.#people--;
    if (this.#people > 0) return;
    const reader = this.#reader;
    this.#reader = null;
    reader?.close();
  }

  write(lines: readonly string[]): void {
    if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`);
  }

  /** Runs one conversation at a time, in the order they were asked for. */
  alone<T>(conversation: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(conversation);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** One line. `words` are offered for completion. Rejects with the signal's reason when it is aborted. */
  async line(prompt: string, words: readonly string[], signal: AbortSignal | null): Promise<string> {
    signal?.throwIfAborted();
    const reader = this.#open();
    this.#words = words;
    reader.setPrompt(prompt);
    reader.prompt();
    const waiting = this.#lines.shift();
    const line = waiting ?? (await this.#next(signal));
    if (process.stdin.isTTY !== true) process.stderr.write(`${line}\n`);
    return line.trim();
  }

  #next(signal: AbortSignal | null): Promise<string> {
    return new Promise((resolve, reject) => {
      const stopped = (): void => {
        this.#waiting = null;
        process.stderr.write('\n');
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', stopped, { once: true });
      this.#waiting = (line) => {
        signal?.removeEventListener('abort', stopped);
        this.#waiting = null;
        resolve(line);
      };
      if (this.#ended) interrupt();
    });
  }

  #open(): Interface {
    if (this.#reader !== null) return this.#reader;
    const reader = createInterface({
      input: process.stdin,
      output: process.stderr,
      terminal: process.stdin.isTTY === true && process.stderr.isTTY === true,
      completer: (line: string): [string[], string] => [this.#words.filter((word) => word.startsWith(line)), line],
    });
    reader.on('line', (line) => (this.#waiting === null ? this.#lines.push(line) : this.#waiting(line)));
    reader.on('SIGINT', interrupt);
    reader.on('close', () => {
      if (this.#reader !== reader) return;
      this.#ended = true;
      if (this.#waiting !== null) interrupt();
    });
    this.#reader = reader;
    return reader;
  }
}

/** NOTE: raised within the process: a signal sent from outside comes too late when nothing else keeps it alive. */
function interrupt(): void {
  if (!process.emit('SIGINT', 'SIGINT')) process.exit(130);
}
