import { UserError } from '../../../src/core/errors.js';
import type { JsonObject } from '../../../src/core/json.js';
import type { Rng, RngState } from '../../../src/core/rng.js';
import { readParams, toOnnx } from '../../../src/nn/export.js';
import { regretLoss } from '../../../src/nn/losses.js';
import type { Net } from '../../../src/nn/net.js';
import type { Params } from '../../../src/nn/params.js';
import { plainMlp } from '../../../src/nn/plain.js';
import type { Information } from '../../encoding.js';
import type { LearningState } from '../../learner.js';
import { matchRegrets } from '../../regrets.js';
import { Average } from './average.js';
import { Fitting, type FittingOptions } from './fitting.js';
import type { Settings } from './settings.js';
import { TreeWalk } from './tree-walk.js';
import type { Walk } from './walk.js';

/** A strategy that a network stands for. */
export type NetworkStrategy = (information: Information) => Float64Array;

/** What a sampler is given to work with. Strategies are those of the iteration. */
export interface Play {
  readonly iteration: number;
  strategy(seat: number, information: Information): ArrayLike<number>;
  /** Keeps sampled advantages of the options, in units of the walk's scale, for the sampling seat's network. */
  remember(information: Information, advantages: ArrayLike<number>, weight: number): void;
}

/** How advantages of a seat are sampled in an iteration; what is kept between iterations is its own. */
export interface Sampler {
  sample(seat: number, play: Play): Promise<{ readonly [figure: string]: number }>;
  save?(): Promise<LearningState>;
  restore?(state: LearningState): Promise<void>;
  close?(): Promise<void>;
}

/** What the networks of a game are made for. */
export type Shape = Pick<Walk<never>, 'seats' | 'width' | 'vocabulary' | 'scale'>;

/**
 * What learners of advantages have in common: each seat samples advantages into a memory, and a network is fitted to it
 * from scratch, whose positive advantages are the seat's next strategy.
 * SEE: Brown, Lerer, Gross, Sandholm, "Deep Counterfactual Regret Minimization", ICML 2019, algorithm 1.
 */
export class Engine {
  readonly shape: Shape;
  readonly settings: Settings;
  readonly rng: Rng;
  /** The exact average of the networks' strategies; null where the game is not compiled. */
  readonly average: Average | null;
  /** By seat, the network of each iteration. */
  readonly networks: readonly Params[][];
  readonly #sampler: Sampler;
  readonly #fittings: readonly Fitting[];
  readonly #strategies: (NetworkStrategy | null)[];

  constructor(walk: Shape | TreeWalk, settings: Settings, rng: Rng, sampler: Sampler) {
    this.shape = walk;
    this.average = walk instanceof TreeWalk ? new Average(walk) : null;
    this.settings = settings;
    this.rng = rng;
    this.#sampler = sampler;
    const seats = Array.from({ length: walk.seats }, (_, seat) => seat);
    this.networks = seats.map(() => []);
    this.#fittings = seats.map(() => new Fitting(fittingOf(walk, settings), regretLoss));
    this.#strategies = seats.map(() => null);
  }

  get iterations(): number {
    return this.networks.at(-1)?.length ?? 0;
  }

  get net(): Net<'x', 'y'> {
    return (this.#fittings[0] as Fitting).net;
  }

  /** One iteration: each seat in turn samples advantages against the others and is fitted anew. */
  async iterate(): Promise<{ readonly [figure: string]: number }> {
    const iteration = this.iterations + 1;
    const figures: { [figure: string]: number } = {};
    for (const [seat, fitting] of this.#fittings.entries()) {
      const sampled = await this.#sampler.sample(seat, this.#play(fitting, iteration));
      for (const [name, figure] of Object.entries(sampled)) figures[`${name} player_${seat}`] = figure;
      const { params, loss } = await fitting.fit(this.settings.steps, this.rng);
      this.#adopt(seat, params);
      figures[`loss player_${seat}`] = loss;
      figures[`samples player_${seat}`] = fitting.memory.seen;
    }
    const exploitability = this.average?.exploited().exploitability;
    return exploitability === undefined ? figures : { exploitability, ...figures };
  }

  /** What it takes to go on: memories, networks and the state of chance. */
  async save(): Promise<LearningState> {
    const files: { [name: string]: Uint8Array } = {};
    for (const [seat, fitting] of this.#fittings.entries()) {
      files[`memory-${seat}`] = fitting.memory.bytes();
      for (const [at, params] of (this.networks[seat] as Params[]).entries()) {
        files[`network-${seat}-${at}`] = toOnnx(fitting.net, params);
      }
    }
    const seen = this.#fittings.map(({ memory }) => memory.seen);
    const own = (await this.#sampler.save?.()) ?? { numbers: {}, files: {} };
    const numbers = { iterations: this.iterations, rng: this.rng.state(), seen, sampler: own.numbers };
    return { numbers, files: { ...files, ...own.files } };
  }

  async restore({ numbers, files }: LearningState): Promise<void> {
    const { iterations, rng, seen, sampler } = numbers as unknown as Saved;
    this.rng.restore(rng);
    await this.#sampler.restore?.({ numbers: sampler, files });
    for (const [seat, fitting] of this.#fittings.entries()) {
      fitting.memory.restore(fileOf(files, `memory-${seat}`), seen[seat] as number);
      for (let at = 0; at < iterations; at++) this.#adopt(seat, readParams(fileOf(files, `network-${seat}-${at}`)));
    }
  }

  async close(): Promise<void> {
    await this.#sampler.close?.();
  }

  #play(fitting: Fitting, iteration: number): Play {
    // NOTE: strategies are fixed while a seat samples, so each information is worked out once.
    const known = new WeakMap<Information, ArrayLike<number>>();
    return {
      iteration,
      strategy: (seat, information) => {
        let strategy = known.get(information);
        if (strategy === undefined) {
          strategy = this.#strategies[seat]?.(information) ?? even(information.actions.length);
          known.set(information, strategy);
        }
        return strategy;
      },
      remember: (information, advantages, weight) => fitting.remember(information, advantages, weight, this.rng),
    };
  }

  /** Takes a seat's newest network into play. */
  #adopt(seat: number, params: Params): void {
    const networks = this.networks[seat] as Params[];
    networks.push(params);
    const strategy = strategyOfAdvantages(this.net, params);
    this.#strategies[seat] = strategy;
    this.average?.add(seat, strategy, networks.length);
  }
}

/** Regret matching on what a network of advantages predicts. */
export function strategyOfAdvantages(net: Net<'x', 'y'>, params: Params): NetworkStrategy {
  const predict = plainMlp(net, params);
  return ({ features, actions }) => {
    const advantages = predict(features);
    return matchRegrets(actions.map((action) => advantages[action] as number));
  };
}

/** A file of a saved state. @throws UserError when it is missing */
export function fileOf(files: LearningState['files'], name: string): Uint8Array {
  const bytes = files[name];
  if (bytes === undefined) throw new UserError(`the saved training lacks "${name}"`);
  return bytes;
}

type Saved = {
  readonly iterations: number;
  readonly rng: RngState;
  readonly seen: readonly number[];
  readonly sampler: JsonObject;
};

/** Sizes of a network over a game, and how it is fitted. */
export function fittingOf({ width, vocabulary }: Shape, settings: Settings): FittingOptions {
  const { hidden, batch, learningRate, clip, memory } = settings;
  return { width, actions: vocabulary.length, hidden, batch, learningRate, clip, memory };
}

function even(options: number): Float64Array {
  return new Float64Array(options).fill(1 / options);
}
