/** Where a room writes what must not be lost: its journal line by line, and its record at the end. */
export interface Keeper {
  /** Appends one line to the match's journal, newline included. */
  append(line: string): void;
  /** Empties the journal. */
  clear(): void;
  /** Takes the finished record, one line with its newline. Only when that is safe is the journal let go. */
  finish(record: string): void;
  /**
   * Null when all that was written is safe from the end of this process; else a promise of that moment, which rejects
   * when something could not be written. Nobody is shown anything before.
   */
  settled(): Promise<void> | null;
}

/** Keeps nothing beyond this process. */
export class Memory implements Keeper {
  readonly lines: string[] = [];
  record: string | null = null;

  append(line: string): void {
    this.lines.push(line);
  }

  clear(): void {
    this.lines.length = 0;
  }

  finish(record: string): void {
    this.record = record;
    this.clear();
  }

  settled(): null {
    return null;
  }
}
