import type { Piscina } from 'piscina';
import type { Spending } from '../../core/agent.js';
import { openThreads } from '../threads.js';
import type { TournamentPlan } from './plan.js';
import type { PlayedGame } from './played.js';
import type { GameToPlay, WorkerStart } from './worker.js';

/** NOTE: a task costs about 50 microseconds to hand over, so short games travel in batches of about this long. */
const TASK_MS = 100;
/** NOTE: their results come back together, so that no more than this many are under way unseen. */
const LARGEST_TASK = 500;
/** Number of the first thread's files; those of lower numbers are the main thread's. */
const FIRST_SLOT = 1;

export interface ThreadOptions {
  readonly folder: string;
  readonly workers: number;
  readonly spending?: Spending | null;
  readonly played: (game: PlayedGame) => void;
  /** Hands out nothing more; what is in progress is finished. */
  readonly signal: AbortSignal;
}

/** Plays games that compute in this process on worker threads. */
export async function playOnThreads(
  plan: TournamentPlan,
  games: readonly GameToPlay[],
  options: ThreadOptions,
): Promise<void> {
  if (games.length === 0 || options.signal.aborted) return;
  const workers = Math.min(options.workers, games.length);
  const slots = new SharedArrayBuffer(4);
  new Int32Array(slots)[0] = FIRST_SLOT;
  const start: WorkerStart = { plan, folder: options.folder, spending: options.spending ?? null, slots };
  const pool = openThreads(new URL('./worker', import.meta.url), start, workers);
  const batches = new Batches(games, workers);
  // NOTE: the pool is closed when every task has ended, since a thread that is ended in the middle of a network's run
  // takes the process with it.
  const ends = await Promise.allSettled(Array.from({ length: workers }, () => drive(pool, batches, options)));
  await pool.close();
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

async function drive(pool: Piscina, batches: Batches, { played, signal }: ThreadOptions): Promise<void> {
  for (let batch = batches.next(); batch.length > 0 && !signal.aborted; batch = batches.next()) {
    const began = performance.now();
    try {
      for (const game of (await pool.run(batch)) as PlayedGame[]) played(game);
    } catch (error) {
      batches.stop();
      throw error;
    }
    batches.took(batch.length, performance.now() - began);
  }
}

/** Hands games out, as many at once as last about the time of a task. */
class Batches {
  readonly #games: readonly GameToPlay[];
  readonly #workers: number;
  #cursor = 0;
  #size = 1;

  constructor(games: readonly GameToPlay[], workers: number) {
    this.#games = games;
    this.#workers = workers;
  }

  next(): readonly GameToPlay[] {
    const share = Math.ceil((this.#games.length - this.#cursor) / this.#workers);
    const batch = this.#games.slice(this.#cursor, this.#cursor + Math.min(this.#size, share));
    this.#cursor += batch.length;
    return batch;
  }

  took(games: number, ms: number): void {
    // NOTE: the first task includes the start of its thread, so sizes grow step by step.
    const wanted = Math.round((TASK_MS * games) / Math.max(ms, 0.01));
    this.#size = Math.max(1, Math.min(LARGEST_TASK, wanted, 4 * this.#size));
  }

  stop(): void {
    this.#cursor = this.#games.length;
  }
}
