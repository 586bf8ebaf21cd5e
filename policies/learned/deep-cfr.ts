/**
 * Deep CFR: advantages of each seat in a memory and a network fitted to it, and one more network fitted to the
 * strategies that were played, which is the policy.
 * SEE: Brown, Lerer, Gross, Sandholm, "Deep Counterfactual Regret Minimization", ICML 2019, arXiv 1811.00164.
 */
import { z } from 'zod';
import { readFields } from '../../src/core/config.js';
import { Rng } from '../../src/core/rng.js';
import { toOnnx } from '../../src/nn/export.js';
import { strategyLoss } from '../../src/nn/losses.js';
import type { Learner, Learning, LearningState } from '../learner.js';
import type { SavedPolicy } from '../saved.js';
import type { Game } from '../solver.js';
import { trainedPolicy } from '../trained.js';
import { type Engine, fileOf, fittingOf } from './deep/engine.js';
import { externalEngine } from './deep/external.js';
import { Fitting } from './deep/fitting.js';
import { LEDUC, SMALL, settings } from './deep/settings.js';

const options = settings.extend({
  strategySteps: z
    .int()
    .min(0)
    .default(5000)
    .describe('steps of training of the average-strategy network, when a policy is asked for'),
});
type Options = z.output<typeof options>;

const learner: Learner = {
  id: 'deep-cfr',
  title: 'Deep CFR',
  paper: 'Brown, Lerer, Gross, Sandholm, ICML 2019',
  options: options as unknown as Learner['options'],
  presets: { leduc: LEDUC, small: { ...SMALL, options: { ...SMALL.options, strategySteps: 1000 } } },
  async open(game, given, rng): Promise<Learning> {
    return new DeepCfr(game, readFields(options, given, 'option') as unknown as Options, rng);
  },
};

export default learner;

class DeepCfr implements Learning {
  readonly #game: Game;
  readonly #options: Options;
  readonly #engine: Engine;
  readonly #average: Fitting;

  constructor(game: Game, options: Options, rng: Engine['rng']) {
    this.#game = game;
    this.#options = options;
    this.#engine = externalEngine(game, options, rng, (information, strategy, iteration) =>
      this.#average.remember(information, strategy, iteration, rng),
    );
    this.#average = new Fitting(fittingOf(this.#engine.shape, options), strategyLoss);
  }

  get iterations(): number {
    return this.#engine.iterations;
  }

  async iterate(): Promise<{ readonly [figure: string]: number }> {
    const { exploitability, ...figures } = await this.#engine.iterate();
    const exact = exploitability === undefined ? {} : { 'exploitability of the networks': exploitability };
    return { ...exact, ...figures, 'samples of strategy': this.#average.memory.seen };
  }

  /** NOTE: fitted with draws of a copy, so that asking for a policy leaves the training as it is. */
  async policy(): Promise<SavedPolicy> {
    const { params, loss } = await this.#average.fit(this.#options.strategySteps, new Rng(this.#engine.rng.state()));
    const { seats, width, vocabulary } = this.#engine.shape;
    return trainedPolicy(this.#game, {
      kind: 'network',
      learner: learner.id,
      options: this.#options,
      iterations: this.iterations,
      metrics: { 'loss of strategy': loss },
      details: { seats, length: width, actions: vocabulary, output: 'logits' },
      files: { 'policy.onnx': toOnnx(this.#average.net, params) },
    });
  }

  async save(): Promise<LearningState> {
    const { numbers, files } = await this.#engine.save();
    const { memory } = this.#average;
    return {
      numbers: { ...numbers, strategies: memory.seen },
      files: { ...files, strategies: memory.bytes() },
    };
  }

  async restore(state: LearningState): Promise<void> {
    await this.#engine.restore(state);
    this.#average.memory.restore(fileOf(state.files, 'strategies'), state.numbers.strategies as number);
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}
