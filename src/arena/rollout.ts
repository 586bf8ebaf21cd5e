import type { Piscina } from 'piscina';
import type { Spending } from '../core/agent.js';
import { UserError } from '../core/errors.js';
import type { Task, TaskResult } from './batch.js';
import type { Cut } from './cut.js';
import { holdFolder } from './hold.js';
import { type Plan, RunFolder } from './plan.js';
import type { WorkerStart } from './rollout-worker.js';
import type { LeftOver } from './shards.js';
import { openThreads } from './threads.js';
import { Sum, type Totals } from './totals.js';

export interface RolloutOptions {
  readonly folder: string;
  readonly workers: number;
  /** Episodes each worker has in progress at once: more than 1 helps agents that wait (models, people). */
  readonly concurrency?: number;
  /** What the agents of all workers may use up together, counted from now. */
  readonly spending?: Spending | null;
  /** Called after every task. */
  readonly progress?: (state: RolloutState) => void;
  /** Finishes what is in progress and stops; the rest can be resumed. */
  readonly signal?: AbortSignal;
}

/** How far a rollout is. */
export interface RolloutState extends Totals {
  readonly planned: number;
  /** Episodes done before this process began. */
  readonly before: number;
  /** Why it stopped before all was played, where neither the signal nor an error was the reason. */
  readonly cut: Cut | null;
}

/** NOTE: a task costs about 50 microseconds to hand over, so tiny episodes travel in batches of about this long. */
const TASK_MS = 100;
const LARGEST_TASK = 20_000;

/**
 * Plays the episodes of a plan on worker threads, each with its own shard, and can be called again after a crash: what
 * is done is kept, what was in progress goes on from its journal. Every episode is in the shards exactly once.
 * @throws UserError when the folder is another plan's, or another run is writing it
 */
export async function rollout(plan: Plan, options: RolloutOptions): Promise<RolloutState> {
  const release = await holdFolder(options.folder);
  try {
    return await playIn(new RunFolder(options.folder), plan, options);
  } finally {
    release();
  }
}

async function playIn(folder: RunFolder, plan: Plan, options: RolloutOptions): Promise<RolloutState> {
  refuseOther(folder, plan);
  folder.write(plan);
  folder.repair();
  const done = await folder.done(plan.seed);
  const left = folder.left(plan.seed, done);
  const run = new Run(plan, done, left, options);
  if (run.finished) return run.state();
  const pool = openPool(plan, options);
  const driven = Array.from({ length: options.workers }, () => drive(pool, run, options));
  // NOTE: the pool is closed when every task has ended, since a thread that is ended in the middle of a network's run
  // takes the process with it.
  const ends = await Promise.allSettled(driven);
  await pool.close();
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  if (run.cut === null) folder.tidy();
  return run.state();
}

async function drive(pool: Piscina, run: Run, options: RolloutOptions): Promise<void> {
  for (let task = run.next(); task !== null && options.signal?.aborted !== true; task = run.next()) {
    try {
      run.take((await pool.run(task)) as TaskResult);
    } catch (error) {
      run.stop();
      throw error;
    }
    options.progress?.(run.state());
  }
}

function openPool(plan: Plan, options: RolloutOptions): Piscina {
  const lanes = options.concurrency ?? 1;
  const { folder, spending = null } = options;
  const start: WorkerStart = { plan, folder, lanes, spending, slots: new SharedArrayBuffer(4) };
  return openThreads(new URL('./rollout-worker', import.meta.url), start, options.workers);
}

/** A folder belongs to one plan: going on with another would mix two runs in one set of records. */
function refuseOther(folder: RunFolder, plan: Plan): void {
  if (!folder.exists) return;
  const there = folder.read();
  for (const key of Object.keys({ ...there, ...plan }) as (keyof Plan)[]) {
    if (JSON.stringify(there[key]) === JSON.stringify(plan[key])) continue;
    throw new UserError(
      `${folder.path} holds a rollout with ${key} ${JSON.stringify(there[key])}, not ${JSON.stringify(plan[key])}; resume it as it is, or choose another folder`,
    );
  }
}

/** Hands out tasks and adds up results. */
class Run {
  readonly #plan: Plan;
  readonly #done: ReadonlySet<number>;
  readonly #left: LeftOver[];
  readonly #resumed: ReadonlySet<number>;
  /** NOTE: a task with fewer episodes than a worker has lanes would leave lanes empty. */
  readonly #least: number;
  #cut: Cut | null = null;
  #cursor = 0;
  #size: number;
  readonly #sum = new Sum();

  constructor(
    plan: Plan,
    done: ReadonlySet<number>,
    left: readonly LeftOver[],
    { workers, concurrency = 1 }: RolloutOptions,
  ) {
    this.#plan = plan;
    this.#least = Math.max(1, Math.min(concurrency, Math.ceil((plan.episodes - done.size) / workers)));
    this.#size = this.#least;
    this.#done = done;
    this.#left = [...left];
    this.#resumed = new Set(left.map(({ index }) => index));
  }

  get cut(): Cut | null {
    return this.#cut;
  }

  get finished(): boolean {
    return this.#done.size >= this.#plan.episodes;
  }

  /** Hands out nothing more. */
  stop(): void {
    this.#left.length = 0;
    this.#cursor = this.#plan.episodes;
  }

  next(): Task | null {
    const resume = this.#left.shift();
    if (resume !== undefined) return { resume };
    const indices: number[] = [];
    for (; this.#cursor < this.#plan.episodes && indices.length < this.#size; this.#cursor++) {
      if (!this.#done.has(this.#cursor) && !this.#resumed.has(this.#cursor)) indices.push(this.#cursor);
    }
    return indices.length === 0 ? null : { indices };
  }

  take(result: TaskResult): void {
    this.#sum.add(result);
    if (result.cut !== null) {
      this.#cut ??= result.cut;
      this.stop();
    }
    const perEpisode = result.ms / Math.max(1, result.episodes);
    this.#size = Math.min(LARGEST_TASK, Math.max(this.#least, Math.round(TASK_MS / perEpisode)));
  }

  state(): RolloutState {
    return { planned: this.#plan.episodes, before: this.#done.size, ...this.#sum.totals, cut: this.#cut };
  }
}
