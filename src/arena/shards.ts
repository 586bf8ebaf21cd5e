import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJournal, type Unfinished } from '../../replays/journal.js';
import { lines, parseRecord } from '../../replays/read.js';
import type { EpisodeRecord, Header } from '../../replays/schema.js';
import { Shard } from '../../replays/shard.js';
import { messageOf, UserError } from '../core/errors.js';

/** An episode in progress when its run was stopped: where its journal lies and which episode it is. */
export interface LeftOver {
  readonly index: number;
  readonly journal: string;
}

/** Which episode of a run a record or journal is of; null when of none. */
export type IndexOf = (head: Header) => number | null;

/** Files of a run of many episodes: its plan, shards of finished records, journals of episodes in progress. */
export class Shards {
  readonly path: string;
  readonly #plan: string;

  /** @param plan name of the file that says what is to be played */
  constructor(path: string, plan: string) {
    this.path = path;
    this.#plan = plan;
  }

  get exists(): boolean {
    return existsSync(join(this.path, this.#plan));
  }

  shard(slot: number): string {
    return join(this.path, `shard-${slot}.jsonl`);
  }

  journal(slot: number, lane: number): string {
    return join(this.path, `slot-${slot}-${lane}.journal`);
  }

  /** Writes the plan, whole or not at all. */
  writePlan(plan: object): void {
    mkdirSync(this.path, { recursive: true });
    const file = join(this.path, this.#plan);
    writeFileSync(`${file}.new`, `${JSON.stringify(plan, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  }

  /** @param noun what the plan is of, for messages @throws UserError when the plan cannot be read */
  readPlan<T>(schema: { parse(value: unknown): T }, noun: string): T {
    const file = join(this.path, this.#plan);
    try {
      return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      throw new UserError(`${file} is not the plan of a ${noun}: ${messageOf(error)}`);
    }
  }

  /** Cuts torn last lines off the shards. Gives the bytes that were cut. */
  repair(): number {
    let torn = 0;
    for (const file of this.#files('shard-', '.jsonl')) {
      const shard = new Shard(file);
      torn += shard.torn;
      shard.close();
    }
    return torn;
  }

  /** The episodes that are safe in the shards, each once, with their records. */
  async *finished(indexOf: IndexOf): AsyncGenerator<{ readonly index: number; readonly record: EpisodeRecord }> {
    const seen = new Set<number>();
    for (const file of this.#files('shard-', '.jsonl')) {
      for await (const { text } of lines(file)) {
        const read = parseRecord(text);
        // NOTE: a line that cannot be read holds no episode; it is played again.
        const index = 'record' in read ? indexOf(read.record) : null;
        if (index === null || seen.has(index) || !('record' in read)) continue;
        seen.add(index);
        yield { index, record: read.record };
      }
    }
  }

  /**
   * Sets the journals of a stopped run aside, so that new episodes cannot overwrite them, and lists those whose episode
   * is not done: of two journals of one episode the longer one.
   */
  setAside(indexOf: IndexOf, done: { has(index: number): boolean }): LeftOver[] {
    for (const file of this.#files('slot-', '.journal')) renameSync(file, this.#freeName());
    const best = new Map<number, { journal: string; steps: number }>();
    for (const journal of this.#files('left-', '.journal')) {
      const unfinished = readJournal(journal);
      const index = unfinished === null ? null : indexOf(unfinished.header);
      const steps = unfinished?.past.steps.length ?? 0;
      const other = index === null ? undefined : best.get(index);
      if (index === null || done.has(index) || (other !== undefined && other.steps >= steps)) rmSync(journal);
      else {
        if (other !== undefined) rmSync(other.journal);
        best.set(index, { journal, steps });
      }
    }
    return [...best].map(([index, { journal }]) => ({ index, journal }));
  }

  /** Removes what only a running rollout needs. */
  tidy(): void {
    for (const file of this.#files('slot-', '.journal')) rmSync(file);
  }

  #freeName(): string {
    for (let n = 0; ; n++) {
      const file = join(this.path, `left-${n}.journal`);
      if (!existsSync(file)) return file;
    }
  }

  #files(start: string, end: string): string[] {
    return readdirSync(this.path)
      .filter((name) => name.startsWith(start) && name.endsWith(end))
      .sort()
      .map((name) => join(this.path, name));
  }
}

/** The unfinished episode of a journal set aside. @throws UserError when it has none */
export function unfinishedOf({ journal }: LeftOver): Unfinished {
  const unfinished = readJournal(journal);
  if (unfinished === null) throw new UserError(`${journal} holds no episode`);
  return unfinished;
}
