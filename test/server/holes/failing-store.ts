import { MemoryStore } from '../../../src/server/matches/store.js';
import type { Keeper } from '../../../src/server/table/keeper.js';

/** A store whose disk is full as soon as somebody moves. */
export class FailingStore extends MemoryStore {
  override keeper(): Keeper & { readonly lines: string[]; record: null } {
    let failed: Promise<void> | null = null;
    return {
      lines: [],
      record: null,
      append(line) {
        if (line.startsWith('{"step":') && line.includes('"seats":'))
          failed = Promise.reject(new Error('the disk is full'));
        failed?.catch(() => {});
      },
      clear() {},
      finish() {},
      settled: () => failed,
    };
  }
}
