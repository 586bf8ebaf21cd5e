import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJournal, type Unfinished } from '../../replays/journal.js';
import { lines, parseRecord } from '../../replays/read.js';
import { Shard } from '../../replays/shard.js';
import { messageOf, UserError } from '../core/errors.js';
import type { Json } from '../core/json.js';
import { episodeSeed } from '../core/rng.js';

const plan = z.object({
  ludus: z.literal(1),
  environment: z.string().describe('id, or scheme:argument'),
  version: z.string(),
  config: z.record(z.string(), z.unknown() as z.ZodType<Json>),
  /** Agent specs, one a seat. */
  agents: z.array(z.string()),
  seed: z.string(),
  episodes: z.number().int().min(1),
  clock: z.enum(['real', 'fixed']),
  /** Limits, tries and the rule after the last failed try. */
  rules: z.object({
    limits: z
      .object({
        steps: z.number().exactOptional(),
        turnMs: z.number().exactOptional(),
        totalMs: z.number().exactOptional(),
      })
      .exactOptional(),
    tries: z.number().exactOptional(),
    onFailure: z.enum(['forfeit', 'substitute']).exactOptional(),
  }),
});

/** What a rollout is to play. Kept in its folder as `run.json`: resuming goes on with exactly this. */
export type Plan = z.infer<typeof plan>;

/** An episode in progress when its run was stopped: where its journal lies and which episode it is. */
export interface LeftOver {
  readonly index: number;
  readonly journal: string;
}

/** A rollout's folder: the plan, shards of finished records, journals of episodes in progress. */
export class RunFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get exists(): boolean {
    return existsSync(join(this.path, 'run.json'));
  }

  shard(slot: number): string {
    return join(this.path, `shard-${slot}.jsonl`);
  }

  journal(slot: number, lane: number): string {
    return join(this.path, `slot-${slot}-${lane}.journal`);
  }

  write(value: Plan): void {
    mkdirSync(this.path, { recursive: true });
    const file = join(this.path, 'run.json');
    writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  }

  read(): Plan {
    const file = join(this.path, 'run.json');
    try {
      return plan.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      throw new UserError(`${file} is not the plan of a rollout: ${messageOf(error)}`);
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

  /** The indices of the episodes that are safe in the shards. */
  async done(seed: string): Promise<Set<number>> {
    const done = new Set<number>();
    for (const file of this.#files('shard-', '.jsonl')) {
      for await (const { text } of lines(file)) {
        const read = parseRecord(text);
        // NOTE: a line that cannot be read holds no episode; it is played again.
        const index = 'record' in read ? indexOf(seed, read.record.seed) : null;
        if (index !== null) done.add(index);
      }
    }
    return done;
  }

  /**
   * Sets the journals of a stopped run aside, so that new episodes cannot overwrite them, and lists those whose episode
   * is not done: of two journals of one episode the longer one.
   */
  setAside(seed: string, done: ReadonlySet<number>): LeftOver[] {
    for (const file of this.#files('slot-', '.journal')) renameSync(file, this.#freeName());
    const best = new Map<number, { journal: string; steps: number }>();
    for (const journal of this.#files('left-', '.journal')) {
      const unfinished = readJournal(journal);
      const index = unfinished === null ? null : indexOf(seed, unfinished.header.seed);
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

function indexOf(seed: string, episode: string): number | null {
  const index = Number(episode.slice(seed.length + 1));
  return Number.isInteger(index) && index >= 0 && episodeSeed(seed, index) === episode ? index : null;
}
