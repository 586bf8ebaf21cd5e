import { z } from 'zod';
import type { Environment } from '../core/environment.js';
import type { Json } from '../core/json.js';
import { episodeSeed } from '../core/rng.js';
import { type IndexOf, type LeftOver, Shards } from './shards.js';
import { plannedTasks, type TaskResult, taskAt } from './tasks.js';

export { type LeftOver, unfinishedOf } from './shards.js';

const plan = z.object({
  ludus: z.literal(1),
  environment: z.string().describe('id, or scheme:argument'),
  version: z.string(),
  config: z.record(z.string(), z.unknown() as z.ZodType<Json>),
  /** Agent specs, one a seat. */
  agents: z.array(z.string()),
  /** Tasks to play in turn; chance deals them where absent. */
  tasks: plannedTasks.exactOptional(),
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

/** A rollout's folder. */
export class RunFolder extends Shards {
  constructor(path: string) {
    super(path, 'run.json');
  }

  write(value: Plan): void {
    this.writePlan(value);
  }

  read(): Plan {
    return this.readPlan(plan, 'rollout');
  }

  /** The indices of the episodes that are safe in the shards. */
  async done(seed: string): Promise<Set<number>> {
    const done = new Set<number>();
    for await (const { index } of this.finished(indexOf(seed))) done.add(index);
    return done;
  }

  /** What each task came to, in the order of the episodes. */
  async results({ seed, tasks }: Plan, environment: Environment): Promise<TaskResult[]> {
    const results: TaskResult[] = [];
    for await (const { index, record } of this.finished(indexOf(seed))) {
      const task = taskAt(environment, tasks, index);
      const { how, outcome, returns } = record.end;
      if (task !== null) results.push({ episode: index, task: task.id, how, outcome, returns });
    }
    return results.sort((a, b) => a.episode - b.episode);
  }

  /** Sets the journals of a stopped rollout aside and lists those whose episode is not done. */
  left(seed: string, done: ReadonlySet<number>): LeftOver[] {
    return this.setAside(indexOf(seed), done);
  }
}

/** Which episode of a rollout of this seed a record is. */
function indexOf(seed: string): IndexOf {
  return ({ seed: episode }) => {
    const index = Number(episode.slice(seed.length + 1));
    return Number.isInteger(index) && index >= 0 && episodeSeed(seed, index) === episode ? index : null;
  };
}
