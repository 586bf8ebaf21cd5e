import { z } from 'zod';
import { profileOfPolicy } from '../../policies/exploit.js';
import { writePolicy } from '../../policies/folder.js';
import { learner } from '../../policies/found.js';
import { Evaluator, type Exploited } from '../../policies/grading/evaluator.js';
import type { Learner, Learning } from '../../policies/learner.js';
import { openPolicy } from '../../policies/open.js';
import { arrayOf, type Packed } from '../../policies/pack.js';
import type { Game } from '../../policies/solver.js';
import { supplies } from '../arena/supplies.js';
import { Catalogue } from '../core/catalogue.js';
import { UserError } from '../core/errors.js';
import type { Json, JsonObject } from '../core/json.js';
import { stream } from '../core/rng.js';
import { Interrupted } from './exit.js';
import { metricsOf } from './gains.js';
import { span } from './progress.js';
import type { Screen } from './screen.js';
import { Interruption, type Unfinished } from './unfinished.js';

const object = z.record(z.string(), z.unknown() as z.ZodType<Json>);

export const trainPlan = z.strictObject({
  ludus: z.literal(1),
  /** Id, or scheme:argument. */
  environment: z.string(),
  version: z.string(),
  config: object,
  learner: z.string(),
  options: object,
  seed: z.string(),
  iterations: z.number(),
  clock: z.enum(['real', 'fixed']),
});

/** What `ludus train` is to do. Kept with the work in progress, so that resuming does exactly this. */
export type TrainPlan = z.infer<typeof trainPlan>;

export interface OpenedTraining {
  readonly plan: TrainPlan;
  readonly learner: Learner;
  readonly learning: Learning;
  readonly game: Game;
}

export interface TrainSettings {
  /** Seconds between checkpoints, which are made between iterations. */
  readonly checkpoint: number;
  /** Measure the policy exactly at the end; the game must be small enough for its tree. */
  readonly exploit: boolean;
}

/** What came of it. */
export interface Trained {
  readonly plan: TrainPlan;
  readonly learner: Learner;
  readonly metrics: JsonObject;
  readonly exploited: Exploited | null;
  /** Null under a fixed clock. */
  readonly seconds: number | null;
  readonly out: string;
}

/** The figures of one iteration. */
type Figures = { readonly [figure: string]: number };

/** @throws UserError that says what is wrong with the plan, or why the learner does not take the game */
export async function openTraining(plan: TrainPlan, game: Game): Promise<OpenedTraining> {
  const { version } = game.environment.spec;
  if (version !== plan.version) {
    throw new UserError(`this was begun on ${plan.environment} ${plan.version}, and here is ${version}: start again`);
  }
  const found = await learner(plan.learner);
  const learning = await found.open(game, plan.options, stream(plan.seed, 'learner'), supplies(new Catalogue()));
  return { plan, learner: found, learning, game };
}

/** Trains as planned, with checkpoints, and writes the policy. @throws Interrupted when it was stopped */
export async function runTraining(
  opened: OpenedTraining,
  work: Unfinished<TrainPlan>,
  screen: Screen,
  settings: TrainSettings,
): Promise<Trained> {
  const { learning, plan } = opened;
  const interruption = new Interruption();
  const session = new Session(opened, work, screen);
  try {
    await session.restore();
    while (learning.iterations < plan.iterations) {
      session.show(await learning.iterate());
      await new Promise((resolve) => setImmediate(resolve));
      if (interruption.asked) {
        await session.save();
        throw new Interrupted(`Stopped after ${learning.iterations} iterations. Go on:  ${work.hint}`);
      }
      if (session.unsaved >= settings.checkpoint) await session.save();
    }
    screen.end();
    return await session.finish(settings.exploit);
  } finally {
    interruption.forget();
    await learning.close();
  }
}

class Session {
  readonly #opened: OpenedTraining;
  readonly #work: Unfinished<TrainPlan>;
  readonly #screen: Screen;
  readonly #began = performance.now();
  /** Seconds, and iterations, of the processes before. */
  #before = 0;
  #done = 0;
  #saved = performance.now();
  #figures: Figures = {};

  constructor(opened: OpenedTraining, work: Unfinished<TrainPlan>, screen: Screen) {
    this.#opened = opened;
    this.#work = work;
    this.#screen = screen;
    screen.say(`${opened.plan.environment}  ${opened.learner.title}  ${opened.plan.iterations} iterations`);
  }

  /** Seconds since the last checkpoint. */
  get unsaved(): number {
    return (performance.now() - this.#saved) / 1000;
  }

  async restore(): Promise<void> {
    const checkpoint = this.#work.checkpoint();
    if (checkpoint === null) return;
    const { numbers, seconds, figures } = checkpoint.about as {
      numbers: JsonObject;
      seconds: number;
      figures: Figures;
    };
    const { learning } = this.#opened;
    await learning.restore({ numbers, files: filesOf(checkpoint, this.#work.folder) });
    this.#before = seconds;
    this.#figures = figures;
    this.#done = learning.iterations;
  }

  show(figures: Figures): void {
    this.#figures = figures;
    const line = (): string => this.#line();
    const last = this.#opened.learning.iterations >= this.#opened.plan.iterations;
    this.#screen.show(() => this.#block(), line, last);
  }

  async save(): Promise<void> {
    const { numbers, files } = await this.#opened.learning.save();
    this.#work.save({ numbers, seconds: this.#seconds, figures: this.#figures }, files);
    this.#saved = performance.now();
  }

  /** NOTE: the policy is written before it is measured, because a tree too large to compile must not cost the training. */
  async finish(exploit: boolean): Promise<Trained> {
    const { learning, plan, learner: found, game } = this.#opened;
    const { out } = this.#work;
    const { manifest, files } = await learning.policy();
    const seconds = plan.clock === 'fixed' ? null : this.#seconds;
    const written = (figures: JsonObject): JsonObject => {
      const metrics = { ...this.#figures, ...manifest.metrics, ...figures, ...(seconds === null ? {} : { seconds }) };
      const algorithm = { ...manifest.algorithm, seed: plan.seed };
      writePolicy(out, { manifest: { ...manifest, algorithm, metrics }, files });
      return metrics;
    };
    let metrics = written({});
    this.#work.done();
    const exploited = exploit ? await measured(out, game) : null;
    if (exploited !== null) metrics = written(metricsOf(exploited));
    return { plan, learner: found, metrics, exploited, seconds, out };
  }

  get #seconds(): number {
    return this.#before + (performance.now() - this.#began) / 1000;
  }

  #block(): string[] {
    const names = Object.keys(this.#figures).map((name) => name.length);
    const width = names.reduce((most, length) => Math.max(most, length), 0);
    const rows = Object.entries(this.#figures).map(([name, value]) => `  ${name.padEnd(width)}  ${short(value)}`);
    return [...rows, this.#progress()];
  }

  #line(): string {
    const figures = Object.entries(this.#figures).map(([name, value]) => `${name} ${short(value)}`);
    return [this.#progress(), ...figures].join('  ');
  }

  #progress(): string {
    const { learning, plan } = this.#opened;
    const { iterations } = learning;
    const each = (performance.now() - this.#began) / 1000 / Math.max(1, iterations - this.#done);
    const left = (plan.iterations - iterations) * each;
    return `iteration ${iterations}/${plan.iterations}${left > 0 ? `  about ${span(left)} left` : ''}`;
  }
}

/** A policy just written, measured exactly. */
async function measured(out: string, game: Game): Promise<Exploited> {
  const { profile } = await profileOfPolicy(game.tree(), game.environment, game.config, await openPolicy(out));
  return new Evaluator(game.tree()).nashConv(profile);
}

function filesOf(checkpoint: Packed, from: string): { [name: string]: Uint8Array } {
  const files: { [name: string]: Uint8Array } = {};
  for (const name of Object.keys(checkpoint.arrays)) files[name] = arrayOf(checkpoint, name, Uint8Array, from);
  return files;
}

function short(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en') : String(Number(value.toPrecision(4)));
}
