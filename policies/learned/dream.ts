/**
 * DREAM: advantages sampled along single lines of play, which games too wide for external sampling need, with a learned
 * baseline against the variance. The average strategy is that of single Deep CFR.
 * SEE: Steinberger, Lerer, Brown, "DREAM: Deep Regret minimization with Advantage baselines and Model-free learning",
 * arXiv 2006.10410, 2020.
 */
import { z } from 'zod';
import { readFields } from '../../src/core/config.js';
import type { Rng } from '../../src/core/rng.js';
import type { Learner, Learning, LearningState } from '../learner.js';
import { Baseline } from './deep/baseline.js';
import { ContractWalk } from './deep/contract-walk.js';
import { Engine, fileOf, type Play, type Sampler } from './deep/engine.js';
import { mixtureLearning } from './deep/mixture.js';
import { sampleLine } from './deep/outcome.js';
import { settings } from './deep/settings.js';
import { TreeWalk } from './deep/tree-walk.js';
import type { Walk } from './deep/walk.js';

const options = settings.extend({
  exploration: z.number().min(0.01).max(1).default(0.5).describe('how often the sampling seat tries any option'),
  baselineSteps: z.int().min(0).default(500).describe('steps of training of a baseline in each iteration'),
  baselineMemory: z.int().min(1).default(50_000).describe('steps of play a baseline remembers'),
});
type Options = z.output<typeof options>;

const learner: Learner = {
  id: 'dream',
  title: 'DREAM',
  paper: 'Steinberger, Lerer, Brown, arXiv 2006.10410, 2020',
  options: options as unknown as Learner['options'],
  presets: {
    small: {
      says: 'games the size of Kuhn poker, in seconds',
      options: { traversals: 1000, hidden: [32, 32], batch: 256, memory: 100_000, steps: 150, baselineSteps: 150 },
    },
  },
  async open(game, given, rng): Promise<Learning> {
    const read = readFields(options, given, 'option') as unknown as Options;
    const origin = { id: learner.id, game, options: given };
    if (read.road === 'tree') return mixtureLearning(engineOn(new TreeWalk(game), read, rng), origin);
    return mixtureLearning(engineOn(new ContractWalk(game.environment, game.config), read, rng), origin);
  },
};

export default learner;

function engineOn<N>(walk: Walk<N>, read: Options, rng: Rng): Engine {
  return new Engine(walk, read, rng, new LineSampler(walk, read, rng));
}

/** Samples lines of play for a seat and trains its baseline on them. */
class LineSampler<N> implements Sampler {
  readonly #walk: Walk<N>;
  readonly #options: Options;
  readonly #rng: Rng;
  readonly #baselines: readonly Baseline<N>[];

  constructor(walk: Walk<N>, read: Options, rng: Rng) {
    const { hidden, batch, learningRate, clip, baselineMemory: memory } = read;
    this.#walk = walk;
    this.#options = read;
    this.#rng = rng;
    this.#baselines = Array.from(
      { length: walk.seats },
      () => new Baseline(walk, { hidden, batch, learningRate, clip, memory }, rng),
    );
  }

  async sample(seat: number, { iteration, strategy, remember }: Play): Promise<{ readonly [figure: string]: number }> {
    const { exploration, traversals, baselineSteps } = this.#options;
    const baseline = this.#baselines[seat] as Baseline<N>;
    for (let i = 0; i < traversals; i++) {
      sampleLine(this.#walk, seat, this.#rng, {
        exploration,
        strategy,
        baseline: (node, information) => baseline.values(node, information),
        // NOTE: a seat's own sampling leads to its states more often in some iterations than in others, which must not count.
        advantage: (information, advantages, reach) => remember(information, advantages, iteration / reach),
        line: (decisions, returned) => baseline.add(decisions, returned),
      });
    }
    return { 'loss of baseline': await baseline.fit(baselineSteps, this.#rng) };
  }

  async save(): Promise<LearningState> {
    const saved = await Promise.all(this.#baselines.map((baseline) => baseline.save()));
    const files = saved.flatMap(({ rows, training }, seat) => [
      [`baseline-rows-${seat}`, rows] as const,
      [`baseline-${seat}`, training] as const,
    ]);
    return { numbers: { added: saved.map(({ added }) => added) }, files: Object.fromEntries(files) };
  }

  async restore({ numbers, files }: LearningState): Promise<void> {
    for (const [seat, baseline] of this.#baselines.entries()) {
      const added = (numbers.added as readonly number[])[seat] as number;
      const rows = fileOf(files, `baseline-rows-${seat}`);
      await baseline.restore({ added, rows, training: fileOf(files, `baseline-${seat}`) });
    }
  }

  async close(): Promise<void> {
    for (const baseline of this.#baselines) await baseline.close();
  }
}
