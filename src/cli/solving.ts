import { z } from 'zod';
import { writePolicy } from '../../policies/folder.js';
import { solver } from '../../policies/found.js';
import { Evaluator, type Exploited } from '../../policies/grading/evaluator.js';
import { savedTable } from '../../policies/kinds/table.js';
import { arrayOf, type Packed } from '../../policies/pack.js';
import { type Graded, type Stopped, solve } from '../../policies/solve.js';
import type { Checkpoint, Game, Road, Solver, Solving } from '../../policies/solver.js';
import { profileOf } from '../../policies/table.js';
import type { GameTree } from '../../policies/tree/game-tree.js';
import type { Environment } from '../core/environment.js';
import { messageOf, suggestion, UserError } from '../core/errors.js';
import type { Json } from '../core/json.js';
import { stream } from '../core/rng.js';
import { Interrupted } from './exit.js';
import { metricsOf } from './gains.js';
import type { Screen } from './screen.js';
import { SolveView } from './solve-view.js';
import { Interruption, type Unfinished } from './unfinished.js';

const object = z.record(z.string(), z.unknown() as z.ZodType<Json>);

export const solvePlan = z.strictObject({
  ludus: z.literal(1),
  /** Id, or scheme:argument. */
  environment: z.string(),
  version: z.string(),
  config: object,
  algorithm: z.string(),
  road: z.string(),
  options: object,
  seed: z.string(),
  /** NashConv to reach, in returns. */
  until: z.number(),
  /** The most iterations; null for no limit. */
  iterations: z.number().nullable(),
  /** The most histories to compile; null for the usual limit. */
  histories: z.number().nullable(),
  clock: z.enum(['real', 'fixed']),
});

/** What `ludus solve` is to do. Kept with the work in progress, so that resuming does exactly this. */
export type SolvePlan = z.infer<typeof solvePlan>;

/** What came of it. */
export interface Solved {
  readonly plan: SolvePlan;
  readonly environment: Environment;
  readonly solver: Solver;
  readonly stopped: Stopped;
  readonly iterations: number;
  /** Null where the game is too large to be graded. */
  readonly exploited: Exploited | null;
  readonly tree: GameTree | null;
  /** Of solving and grading; null under a fixed clock. */
  readonly seconds: number | null;
  readonly out: string;
}

/** Opens what a plan names, before anything is written. @throws UserError that says what is wrong with it */
export async function openSolving(plan: SolvePlan, game: Game): Promise<OpenedSolving> {
  const { environment } = game;
  if (environment.spec.version !== plan.version) {
    throw new UserError(
      `this was begun on ${plan.environment} ${plan.version}, and here is ${environment.spec.version}: start again`,
    );
  }
  const found = await solver(plan.algorithm);
  const road = roadOf(found, plan.road);
  const solving = open(found, road, game, plan);
  return { plan, environment, solver: found, solving, ...gradable(game, plan) };
}

export interface OpenedSolving extends Pick<Solved, 'plan' | 'environment' | 'solver' | 'tree'> {
  readonly solving: Solving;
  /** Why there is no tree. */
  readonly ungraded: string | null;
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

/** A road of a solver by name. @throws UserError with those there are */
export function roadOf({ id, roads }: Solver, name: string): Road {
  const road = Object.hasOwn(roads, name) ? roads[name] : undefined;
  if (road === undefined) throw new UserError(`${id} has no road "${name}"; ${suggestion(name, Object.keys(roads))}`);
  return road;
}

/** NOTE: a road that refuses a game says why; which other roads there are helps then. */
function open(found: Solver, road: Road, game: Game, plan: SolvePlan): Solving {
  try {
    return road.open(game, plan.options, stream(plan.seed, 'solver'));
  } catch (error) {
    const others = Object.entries(found.roads).filter(([name]) => name !== plan.road);
    if (!(error instanceof UserError) || others.length === 0) throw error;
    const listed = others.map(([name, { says }]) => `  --road ${name}: ${says}`);
    throw new UserError(`${error.message}\nOther roads of ${found.id}:\n${listed.join('\n')}`, { cause: error });
  }
}

/** The tree to grade on; where the game is too large for one, solving needs another reason to stop. */
function gradable(game: Game, plan: SolvePlan): { tree: GameTree | null; ungraded: string | null } {
  try {
    return { tree: game.tree(), ungraded: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (plan.iterations !== null) return { tree: null, ungraded: messageOf(error) };
    throw new UserError(`NashConv cannot be computed here, so say when to stop with --iterations: ${error.message}`);
  }
}
