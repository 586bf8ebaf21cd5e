import type { Keeper } from '../../table/keeper.js';
import type { Batch } from '../batches.js';
import type { Work, Writer } from './work.js';

/** What a keeper writes into. */
export interface Desk {
  /** What goes with the next flush. */
  work(): Work;
  join(): Batch;
  isPrivate(match: string): boolean;
}

/** The journal of one match as rows. Once a flush of it failed, nothing more is written. */
export class PostgresKeeper implements Keeper, Writer {
  readonly match: string;
  readonly #desk: Desk;
  #next: number;
  #batch: Batch | null = null;
  #failed: Promise<void> | null = null;

  /** @param next the number of its next line. NOTE: numbers are never used again, or a late retry could mix two games */
  constructor(match: string, next: number, desk: Desk) {
    this.match = match;
    this.#next = next;
    this.#desk = desk;
  }

  get failed(): boolean {
    return this.#failed !== null;
  }

  fail(error: unknown): void {
    this.#failed ??= Promise.reject(error);
    this.#failed.catch(() => {});
  }

  append(line: string): void {
    this.#write((work) => work.line(this, this.#next++, line.slice(0, -1)));
  }

  clear(): void {
    this.#write((work) => work.clear(this, this.#next));
  }

  finish(record: string): void {
    const isPrivate = this.#desk.isPrivate(this.match);
    this.#write((work) => work.finish(this, { line: record.slice(0, -1), isPrivate }));
    this.clear();
  }

  settled(): Promise<void> | null {
    if (this.#failed !== null) return this.#failed;
    const batch = this.#batch;
    if (batch === null || batch.isSafe) return null;
    // NOTE: a batch can be safe without this match's lines, where an earlier one with lines of it was not.
    return batch.safe.then(() => this.#failed ?? undefined);
  }

  #write(what: (work: Work) => void): void {
    if (this.#failed !== null) return;
    what(this.#desk.work());
    this.#batch = this.#desk.join();
  }
}
