import { rmSync } from 'node:fs';
import { Journal } from '../../replays/journal.js';
import { resumeTable, runRecorded } from '../../replays/session.js';
import { Shard } from '../../replays/shard.js';
import type { AgentFactory, Spending } from '../core/agent.js';
import { Catalogue } from '../core/catalogue.js';
import type { Environment } from '../core/environment.js';
import type { Table } from '../core/play.js';
import { episodeSeed } from '../core/rng.js';
import { type Cut, cutBy } from './cut.js';
import { type LeftOver, type Plan, type RunFolder, unfinishedOf } from './plan.js';
import { configAt } from './tasks.js';
import { Sum, type Totals, totalsOf } from './totals.js';

/** A part of a rollout: episodes by index, or one that was cut off. */
export type Task = { readonly indices: readonly number[] } | { readonly resume: LeftOver };

/** What a task came to. It is cut short by what no further episode could mend: then the rest is not played. */
export type TaskResult = Totals & { readonly ms: number; readonly cut: Cut | null };

/** Plays the tasks of one worker: environment and agents are opened once, records go to the worker's own shard. */
export class EpisodeWorker {
  readonly #plan: Plan;
  readonly #environment: Environment;
  readonly #agents: readonly AgentFactory[];
  readonly #shard: Shard;
  readonly #journals: readonly Shard[];

  private constructor(
    plan: Plan,
    environment: Environment,
    agents: readonly AgentFactory[],
    shard: Shard,
    journals: Shard[],
  ) {
    this.#plan = plan;
    this.#environment = environment;
    this.#agents = agents;
    this.#shard = shard;
    this.#journals = journals;
  }

  /** @param slot number of the worker @param lanes episodes it may have in progress at once */
  static async open(
    plan: Plan,
    folder: RunFolder,
    slot: number,
    { lanes, spending }: { readonly lanes: number; readonly spending: Spending | null },
  ): Promise<EpisodeWorker> {
    const catalogue = new Catalogue(undefined, spending);
    const environment = await catalogue.environment(plan.environment);
    const agents = await Promise.all(plan.agents.map((spec) => catalogue.agent(spec)));
    const journals = Array.from({ length: lanes }, (_, lane) => new Shard(folder.journal(slot, lane)));
    return new EpisodeWorker(plan, environment, agents, new Shard(folder.shard(slot)), journals);
  }

  async run(task: Task): Promise<TaskResult> {
    const began = performance.now();
    const result = new Sum();
    let cut: Cut | null = null;
    try {
      await ('resume' in task ? this.#resume(task.resume, result) : this.#fresh(task.indices, result));
    } catch (thrown) {
      cut = cutBy(thrown);
      if (cut === null) throw thrown;
    }
    return { ...result.totals, ms: performance.now() - began, cut };
  }

  close(): void {
    for (const file of [this.#shard, ...this.#journals]) file.close();
  }

  /** NOTE: a task has ended only when all of it has: whoever ends this thread afterwards must find nothing running. */
  async #fresh(indices: readonly number[], result: Sum): Promise<void> {
    const queue = oneByOne(indices);
    const lanes = this.#journals.map((journal) => this.#lane(queue, new Journal(journal), result));
    for (const end of await Promise.allSettled(lanes)) if (end.status === 'rejected') throw end.reason;
  }

  /** Takes episodes from the queue that all lanes share, until it is empty. */
  async #lane(queue: IterableIterator<number>, journal: Journal, result: Sum): Promise<void> {
    for (const index of queue) {
      const table: Table = {
        environment: this.#environment,
        config: configAt(this.#environment, this.#plan, index),
        seed: episodeSeed(this.#plan.seed, index),
        agents: this.#agents,
        ...this.#plan.rules,
        ...this.#clock(),
      };
      await this.#play(table, journal, result, this.#started());
    }
  }

  async #resume(left: LeftOver, result: Sum): Promise<void> {
    const unfinished = unfinishedOf(left);
    const table = { ...resumeTable(unfinished, this.#environment, this.#agents), ...this.#clock() };
    await this.#play(table, new Journal(this.#journals[0] as Shard), result, unfinished.header.started);
    rmSync(left.journal);
  }

  async #play(table: Table, journal: Journal, result: Sum, started: string | undefined): Promise<void> {
    const game = { table, specs: this.#plan.agents, ...(started === undefined ? {} : { started }) };
    const { line, ending, steps } = await runRecorded(game, journal);
    this.#shard.append(line);
    journal.done();
    result.add(totalsOf(ending, steps));
  }

  #clock(): Pick<Table, 'clock'> {
    return this.#plan.clock === 'fixed' ? {} : { clock: () => performance.now() };
  }

  #started(): string | undefined {
    return this.#plan.clock === 'fixed' ? undefined : new Date().toISOString();
  }
}

/** NOTE: a generator ends for all lanes when one of them throws in its loop, so that nothing more is begun. */
function* oneByOne(indices: readonly number[]): Generator<number> {
  yield* indices;
}
