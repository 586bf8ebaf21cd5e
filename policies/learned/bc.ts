/**
 * Behaviour cloning: a network learns to choose as somebody chose in records, given what they saw.
 * SEE: Pomerleau, "Efficient training of artificial neural networks for autonomous navigation", Neural Computation 3, 1991;
 * Bain, Sammut, "A framework for behavioural cloning", 1995.
 */
import { readFields } from '../../src/core/config.js';
import { UserError } from '../../src/core/errors.js';
import type { Rng, RngState } from '../../src/core/rng.js';
import { toOnnx } from '../../src/nn/export.js';
import { cloningLoss } from '../../src/nn/losses.js';
import { mlp } from '../../src/nn/mlp.js';
import { initParams, type Params } from '../../src/nn/params.js';
import { type Trainer, trainer } from '../../src/nn/train.js';
import { BatchedNetwork } from '../batched.js';
import { type Encoder, encoderOf } from '../encoding.js';
import type { Learner, Learning, LearningState } from '../learner.js';
import { probabilitiesOf } from '../networks.js';
import type { SavedPolicy } from '../saved.js';
import type { Game } from '../solver.js';
import { trainedPolicy } from '../trained.js';
import { type Choice, choicesOf } from './bc/choices.js';
import { type Settings, settings } from './bc/settings.js';
import { fileOf } from './deep/engine.js';

type Figures = { readonly [figure: string]: number };

const learner: Learner = {
  id: 'bc',
  title: 'Behaviour cloning',
  paper: 'Pomerleau, Neural Computation 3, 1991',
  options: settings as unknown as Learner['options'],
  presets: {
    small: {
      says: 'games the size of Kuhn poker, in seconds',
      options: { batch: 128, learningRate: 3e-3, hidden: [32, 32] },
    },
  },
  async open(game, given, rng, supplies): Promise<Learning> {
    const read = readFields(settings, given, 'option') as unknown as Settings;
    if (read.records === '') throw new UserError('say which records to learn from with the option records');
    if (supplies === undefined) throw new UserError('the learner must be handed a way to read records');
    const encoder = encoderOf(game.environment, game.config);
    const episodes = await choicesOf(game, encoder, read, supplies.records(read.records));
    return new Cloning(game, read, encoder, episodes, rng);
  },
};

export default learner;

class Cloning implements Learning {
  iterations = 0;
  readonly #game: Game;
  readonly #settings: Settings;
  readonly #rng: Rng;
  readonly #encoder: Encoder;
  readonly #net: ReturnType<typeof mlp>;
  readonly #params: Params;
  readonly #learnt: readonly Choice[];
  readonly #heldOut: readonly Choice[];
  #training: Trainer<'x' | 'action' | 'legal' | 'weight'> | null = null;

  constructor(game: Game, settings: Settings, encoder: Encoder, episodes: readonly (readonly Choice[])[], rng: Rng) {
    this.#game = game;
    this.#settings = settings;
    this.#rng = rng;
    this.#encoder = encoder;
    const { hidden, heldOut } = settings;
    this.#net = mlp({ in: encoder.width, hidden: [...hidden], out: encoder.vocabulary.length });
    this.#params = initParams(this.#net.params, rng);
    // NOTE: whole episodes are held out, because the choices of one are too much alike.
    const kept = episodes.map(() => rng.float() >= heldOut);
    this.#learnt = episodes.filter((_, at) => kept[at]).flat();
    this.#heldOut = episodes.filter((_, at) => !kept[at]).flat();
    if (this.#learnt.length === 0)
      throw new UserError('every episode is held out: give more records or a lower heldOut');
  }

  /** Goes through the choices once, in an order drawn anew. */
  async iterate(): Promise<Figures> {
    const { batch } = this.#settings;
    const training = await this.#trainer();
    const order = this.#rng.shuffled(this.#learnt);
    let loss = 0;
    for (let from = 0; from < order.length; from += batch) {
      const rows = order.slice(from, from + batch);
      loss += ((await training.step(this.#columns(rows))).loss * rows.length) / order.length;
    }
    this.iterations++;
    return { ...(await this.#measure()), loss, choices: this.#learnt.length };
  }

  async policy(): Promise<SavedPolicy> {
    const { learns, speaker, others } = this.#settings;
    const plain = learns === 'all' && speaker === null;
    return trainedPolicy(this.#game, {
      kind: 'network',
      learner: learner.id,
      options: this.#settings,
      iterations: this.iterations,
      details: {
        seats: this.#game.environment.spec.facts(this.#game.config).seats,
        length: this.#encoder.width,
        actions: this.#encoder.vocabulary,
        output: 'logits',
        ...(plain ? {} : { part: { learns, speaker, others } }),
      },
      files: { 'policy.onnx': toOnnx(this.#net, this.#params) },
    });
  }

  async save(): Promise<LearningState> {
    const training = await this.#trainer();
    return {
      numbers: { iterations: this.iterations, rng: this.#rng.state() },
      files: { training: training.state() },
    };
  }

  /** NOTE: which episodes are held out follows from the seed, so the training must be opened with the same. */
  async restore({ numbers, files }: LearningState): Promise<void> {
    const { iterations, rng } = numbers as { readonly iterations: number; readonly rng: RngState };
    const training = await this.#trainer();
    training.restore(fileOf(files, 'training'));
    this.#rng.restore(rng);
    this.iterations = iterations;
  }

  async close(): Promise<void> {
    await this.#training?.close();
  }

  /** How well choices that it never learnt from are met: how often by its favourite, and with which probability. */
  async #measure(): Promise<Figures> {
    if (this.#heldOut.length === 0) return {};
    const sizes = { in: this.#encoder.width, out: { y: this.#encoder.vocabulary.length } };
    const network = await BatchedNetwork.open(toOnnx(this.#net, this.#params), sizes);
    let right = 0;
    let probability = 0;
    const count = this.#heldOut.length;
    const met = async (choice: Choice): Promise<void> => {
      const { y } = await network.ask(choice.features);
      const chances = probabilitiesOf('logits', y, choice);
      const own = chances[choice.actions.indexOf(choice.action)] as number;
      if (chances.every((chance) => chance <= own)) right += 1 / count;
      probability += own / count;
    };
    await Promise.all(this.#heldOut.map(met));
    await network.close();
    return { 'held-out accuracy': right, 'held-out probability': probability, 'held out': count };
  }

  async #trainer(): Promise<Trainer<'x' | 'action' | 'legal' | 'weight'>> {
    const { batch, learningRate } = this.#settings;
    const { data, loss } = cloningLoss(this.#encoder.vocabulary.length);
    const adam = { lr: learningRate, clipNorm: 1 };
    this.#training ??= await trainer({ net: this.#net, params: this.#params, data, loss, sizes: { batch }, adam });
    return this.#training;
  }

  #columns(rows: readonly Choice[]) {
    const { width, vocabulary } = this.#encoder;
    const columns = {
      x: new Float32Array(rows.length * width),
      action: Int32Array.from(rows, ({ action }) => action),
      legal: new Float32Array(rows.length * vocabulary.length),
      weight: new Float32Array(rows.length).fill(1),
    };
    for (const [row, { features, actions }] of rows.entries()) {
      columns.x.set(features, row * width);
      for (const action of actions) columns.legal[row * vocabulary.length + action] = 1;
    }
    return columns;
  }
}
