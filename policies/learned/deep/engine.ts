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
import type { Game } from '../../solver.js';
import { Average } from './average.js';
import { ContractWalk } from './contract-walk.js';
import { Fitting, type FittingOptions } from './fitting.js';
import type { Settings } from './settings.js';
import { matchRegrets, type Traversal, traverse } from './traverse.js';
import { TreeWalk } from './tree-walk.js';
import type { Walk } from './walk.js';

/** A strategy that a network stands for. */
export type NetworkStrategy = (information: Information) => Float64Array;

/** What somebody else does with a visit of a seat that is not the traversing one. */
type Played = (information: Information, strategy: ArrayLike<number>, iteration: number) => void;

/** What a traversal is, whatever the walk's nodes are. */
interface Field {
  readonly walk: Pick<Walk<never>, 'seats' | 'width' | 'vocabulary' | 'scale'>;
  traverse(seat: number, traversal: Traversal): void;
  /** Null where the game is not compiled. */
  readonly average: Average | null;
}

/**
 * The part that Deep CFR and single Deep CFR have in common: for each seat traversals that sample advantages into a
 * memory, and a network fitted to it from scratch.
 * SEE: Brown, Lerer, Gross, Sandholm, "Deep Counterfactual Regret Minimization", ICML 2019, algorithms 1 and 2.
 */
export class Engine {
  readonly field: Field;
  readonly settings: Settings;
  readonly rng: Rng;
  /** By seat, the network of each iteration. */
  readonly networks: readonly Params[][];
  readonly #fittings: readonly Fitting[];
  readonly #strategies: (NetworkStrategy | null)[];
  readonly #played: Played;

  constructor(game: Game, settings: Settings, rng: Rng, played: Played = () => {}) {
    this.field = settings.road === 'tree' ? treeField(game, rng) : contractField(game, rng);
    this.settings = settings;
    this.rng = rng;
    this.#played = played;
    const seats = Array.from({ length: this.field.walk.seats }, (_, seat) => seat);
    this.networks = seats.map(() => []);
    this.#fittings = seats.map(() => new Fitting(this.fitting(), regretLoss));
    this.#strategies = seats.map(() => null);
  }

  get iterations(): number {
    return this.networks.at(-1)?.length ?? 0;
  }

  get net(): Net<'x', 'y'> {
    return (this.#fittings[0] as Fitting).net;
  }

  /** Sizes of a network over this game. */
  fitting(): FittingOptions {
    const { width, vocabulary } = this.field.walk;
    const { hidden, batch, learningRate, clip, memory } = this.settings;
    return { width, actions: vocabulary.length, hidden, batch, learningRate, clip, memory };
  }

  /** One iteration: each seat in turn samples advantages against the others and is fitted anew. */
  async iterate(): Promise<{ readonly [figure: string]: number }> {
    const iteration = this.iterations + 1;
    const figures: { [figure: string]: number } = {};
    for (const [seat, fitting] of this.#fittings.entries()) {
      this.#sample(seat, fitting, iteration);
      const { params, loss } = await fitting.fit(this.settings.steps, this.rng);
      this.#adopt(seat, params);
      figures[`loss player_${seat}`] = loss;
      figures[`samples player_${seat}`] = fitting.memory.seen;
    }
    const exploitability = this.field.average?.exploited().exploitability;
    return exploitability === undefined ? figures : { exploitability, ...figures };
  }

  /** What it takes to go on: memories, networks and the state of chance. */
  save(): LearningState {
    const files: { [name: string]: Uint8Array } = {};
    for (const [seat, fitting] of this.#fittings.entries()) {
      files[`memory-${seat}`] = fitting.memory.bytes();
      for (const [at, params] of (this.networks[seat] as Params[]).entries()) {
        files[`network-${seat}-${at}`] = toOnnx(fitting.net, params);
      }
    }
    const seen = this.#fittings.map(({ memory }) => memory.seen);
    return { numbers: { iterations: this.iterations, rng: this.rng.state(), seen }, files };
  }

  restore({ numbers, files }: LearningState): void {
    const { iterations, rng, seen } = numbers as unknown as Saved;
    this.rng.restore(rng);
    for (const [seat, fitting] of this.#fittings.entries()) {
      fitting.memory.restore(fileOf(files, `memory-${seat}`), seen[seat] as number);
      for (let at = 0; at < iterations; at++) this.#adopt(seat, readParams(fileOf(files, `network-${seat}-${at}`)));
    }
  }

  #sample(seat: number, fitting: Fitting, iteration: number): void {
    // NOTE: strategies are fixed while a seat samples, so each information is worked out once.
    const known = new WeakMap<Information, ArrayLike<number>>();
    const traversal: Traversal = {
      strategy: (actor, information) => {
        let strategy = known.get(information);
        if (strategy === undefined) {
          strategy = this.#strategies[actor]?.(information) ?? even(information.actions.length);
          known.set(information, strategy);
        }
        return strategy;
      },
      advantage: (_, information, advantages) => fitting.remember(information, advantages, iteration, this.rng),
      played: (_, information, strategy) => this.#played(information, strategy, iteration),
    };
    for (let i = 0; i < this.settings.traversals; i++) this.field.traverse(seat, traversal);
  }

  /** Takes a seat's newest network into play. */
  #adopt(seat: number, params: Params): void {
    const networks = this.networks[seat] as Params[];
    networks.push(params);
    const strategy = strategyOfAdvantages(this.net, params);
    this.#strategies[seat] = strategy;
    this.field.average?.add(seat, strategy, networks.length);
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

type Saved = { readonly iterations: number; readonly rng: RngState; readonly seen: readonly number[] } & JsonObject;

function treeField(game: Game, rng: Rng): Field {
  const walk = new TreeWalk(game);
  return { walk, traverse: (seat, traversal) => traverse(walk, seat, rng, traversal), average: new Average(walk) };
}

function contractField({ environment, config }: Game, rng: Rng): Field {
  const walk = new ContractWalk(environment, config);
  return { walk, traverse: (seat, traversal) => traverse(walk, seat, rng, traversal), average: null };
}

function even(options: number): Float64Array {
  return new Float64Array(options).fill(1 / options);
}
