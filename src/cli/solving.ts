import { writePolicy } from '../../policies/folder.js';
import { Evaluator, type Exploited } from '../../policies/grading/evaluator.js';
import { savedTable } from '../../policies/kinds/table.js';
import { arrayOf, type Packed } from '../../policies/pack.js';
import { type Graded, type Stopped, solve } from '../../policies/solve.js';
import type { Checkpoint } from '../../policies/solver.js';
import { profileOf } from '../../policies/table.js';
import { Interrupted } from './exit.js';
import { metricsOf } from './gains.js';
import type { Screen } from './screen.js';
import type { OpenedSolving, SolvePlan } from './solve-plan.js';
import { SolveView } from './solve-view.js';
import { Interruption, type Unfinished } from './unfinished.js';

/** What came of it. */
export interface Solved extends Omit<OpenedSolving, 'solving' | 'ungraded'> {
  readonly stopped: Stopped;
  readonly iterations: number;
  /** Null where the game is too large to be graded. */
  readonly exploited: Exploited | null;
  /** Of solving and grading; null under a fixed clock. */
  readonly seconds: number | null;
  readonly out: string;
}

/** Solves as planned, with checkpoints, and writes the policy. @throws Interrupted when it was stopped */
export async function runSolving(
  opened: OpenedSolving,
  work: Unfinished<SolvePlan>,
  screen: Screen,
  checkpointSeconds: number,
): Promise<Solved> {
  const { plan, solving, tree } = opened;
  // NOTE: the session puts the solver where the last checkpoint left it, before anything looks at it.
  const session = new Session(opened, work);
  const interruption = new Interruption();
  const view = new SolveView(opened, screen);
  const evaluator = tree === null ? null : new Evaluator(tree);
  const stopped = await solve({
    solving,
    until: plan.until,
    iterations: plan.iterations ?? Number.POSITIVE_INFINITY,
    grade: evaluator === null ? null : (strategy) => evaluator.nashConv(profileOf(evaluator.tree, strategy).profile),
    clock: () => performance.now(),
    graded(point, exploited) {
      session.graded(point, exploited);
      view.update(session.curve, solving.iterations);
    },
    async pause() {
      await new Promise((resolve) => setImmediate(resolve));
      view.update(session.curve, solving.iterations);
      if (session.unsaved >= checkpointSeconds) session.save();
      return interruption.asked ? 'stop' : 'on';
    },
  });
  interruption.forget();
  view.end(session.curve, solving.iterations);
  if (stopped === 'stopped') {
    session.save();
    throw new Interrupted(`Stopped after ${solving.iterations} iterations. Go on:  ${work.hint}`);
  }
  return session.finish(stopped);
}

/** What one process knows of the work: the curve so far and when it last saved. */
class Session {
  readonly curve: Graded[] = [];
  readonly #opened: OpenedSolving;
  readonly #work: Unfinished<SolvePlan>;
  readonly #began = performance.now();
  /** Seconds of the processes before. */
  #before = 0;
  #saved = performance.now();
  #exploited: Exploited | null = null;

  constructor(opened: OpenedSolving, work: Unfinished<SolvePlan>) {
    this.#opened = opened;
    this.#work = work;
    const checkpoint = work.checkpoint();
    if (checkpoint !== null) this.#restore(checkpoint);
  }

  get seconds(): number {
    return this.#before + (performance.now() - this.#began) / 1000;
  }

  /** Seconds since the last checkpoint. */
  get unsaved(): number {
    return (performance.now() - this.#saved) / 1000;
  }

  graded(point: Omit<Graded, 'seconds'>, exploited: Exploited): void {
    this.curve.push(this.#opened.plan.clock === 'fixed' ? point : { ...point, seconds: this.seconds });
    this.#exploited = exploited;
  }

  save(): void {
    const { numbers, arrays } = this.#opened.solving.save();
    this.#work.save({ numbers, seconds: this.seconds, curve: this.curve.map((point) => ({ ...point })) }, arrays);
    this.#saved = performance.now();
  }

  finish(stopped: Stopped): Solved {
    const { plan, solving, environment, solver: found, tree } = this.#opened;
    const { out } = this.#work;
    const exploited = this.#exploited;
    const seconds = plan.clock === 'fixed' ? null : this.seconds;
    const { iterations } = solving;
    const about = {
      environment: { id: plan.environment, version: plan.version, config: plan.config },
      algorithm: { id: found.id, options: plan.options, seed: plan.seed, iterations },
      metrics: { road: plan.road, ...metricsOf(exploited), ...(seconds === null ? {} : { seconds }) },
    };
    writePolicy(out, savedTable(solving.strategy(), about, { 'curve.csv': csvOf(this.curve) }));
    this.#work.done();
    return { plan, environment, solver: found, stopped, iterations, exploited, tree, seconds, out };
  }

  #restore(checkpoint: Packed): void {
    const { numbers, seconds, curve } = checkpoint.about;
    const arrays: { [name: string]: Float64Array } = {};
    for (const name of Object.keys(checkpoint.arrays)) {
      arrays[name] = arrayOf(checkpoint, name, Float64Array, this.#work.folder);
    }
    this.#opened.solving.restore({ numbers, arrays } as Checkpoint);
    this.#before = seconds as number;
    this.curve.push(...(curve as unknown as Graded[]));
  }
}

function csvOf(curve: readonly Graded[]): Uint8Array {
  const timed = curve.some(({ seconds }) => seconds !== undefined);
  const rows = curve.map(({ iteration, nashConv, seconds }) =>
    [iteration, nashConv, ...(timed ? [(seconds ?? 0).toFixed(3)] : [])].join(','),
  );
  return new TextEncoder().encode(
    `${['iteration,nash_conv', ...(timed ? ['seconds'] : [])].join(',')}\n${rows.join('\n')}\n`,
  );
}
