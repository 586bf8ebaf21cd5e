import { workerData } from 'node:worker_threads';
import type { Spending } from '../core/agent.js';
import { EpisodeWorker, type Task, type TaskResult } from './batch.js';
import { type Plan, RunFolder } from './plan.js';

/** What a worker thread of a rollout is started with. */
export interface WorkerStart {
  readonly plan: Plan;
  readonly folder: string;
  readonly lanes: number;
  /** What the agents of all threads may use up together. */
  readonly spending: Spending | null;
  /** One shared counter from which each thread takes its number. */
  readonly slots: SharedArrayBuffer;
}

let worker: Promise<EpisodeWorker> | undefined;

/** Plays one task. The environment, the agents and the files of this thread are opened with the first. */
export default async function work(task: Task): Promise<TaskResult> {
  worker ??= open();
  return (await worker).run(task);
}

function open(): Promise<EpisodeWorker> {
  const start = workerData as WorkerStart;
  const slot = Atomics.add(new Int32Array(start.slots), 0, 1);
  return EpisodeWorker.open(start.plan, new RunFolder(start.folder), slot, start);
}
