/**
 * Proximal policy optimisation: seats play by the network, each decision is held against what the value expected, and the
 * policy is moved towards those that turned out better, never far from what was played.
 * SEE: Schulman, Wolski, Dhariwal, Radford, Klimov, "Proximal policy optimization algorithms", 2017, arXiv 1707.06347.
 */
import { readFields } from '../../src/core/config.js';
import { UserError } from '../../src/core/errors.js';
import { episodeSeed, type Rng, type RngState } from '../../src/core/rng.js';
import { actorCritic } from '../../src/nn/actor-critic.js';
import { toOnnx } from '../../src/nn/export.js';
import { ppoLoss } from '../../src/nn/losses.js';
import { initParams, type Params } from '../../src/nn/params.js';
import { type Trainer, trainer } from '../../src/nn/train.js';
import { BatchedNetwork } from '../batched.js';
import { type Encoder, encoderOf } from '../encoding.js';
import type { Learner, Learning, LearningState, Supplies } from '../learner.js';
import { type OpenPart, openPart, type Part } from '../part.js';
import type { SavedPolicy } from '../saved.js';
import type { Game } from '../solver.js';
import { trainedPolicy } from '../trained.js';
import { fileOf } from './deep/engine.js';
import { batchesOf, type Column, experienceOf } from './ppo/batches.js';
import { type Playing, playEpisodes, refuseNobody, type Trajectory } from './ppo/episodes.js';
import { followAdvice } from './ppo/follow.js';
import { type Settings, settings } from './ppo/settings.js';

type Figures = { readonly [figure: string]: number };

const learner: Learner = {
  id: 'ppo',
  title: 'PPO',
  paper: 'Schulman, Wolski, Dhariwal, Radford, Klimov, arXiv 1707.06347, 2017',
  options: settings as unknown as Learner['options'],
  presets: {
    small: {
      says: 'games the size of Kuhn poker, in seconds',
      options: { episodes: 200, batch: 128, learningRate: 3e-3, hidden: [32, 32] },
    },
  },
  async open(game, given, rng, supplies): Promise<Learning> {
    const read = readFields(settings, given, 'option') as unknown as Settings;
    const agent = supplies?.agent ?? refuseAgent;
    const part = await openPart(withOthers(read, game), game.environment.spec.facts(game.config), agent);
    return new Ppo(game, read, part, rng);
  },
};

export default learner;

/** NOTE: seats that do not learn are played by whoever would sit there if nobody were named. */
function withOthers({ learns, speaker, advice, others }: Settings, { environment }: Game): Part {
  const usual = environment.scripted === undefined ? 'random' : 'scripted';
  return { learns, speaker, advice, others: learns === 'all' ? null : (others ?? usual) };
}

const refuseAgent: Supplies['agent'] = async (spec) => {
  throw new UserError(`to play with "${spec}" the learner must be handed a way to open agents`);
};

class Ppo implements Learning {
  iterations = 0;
  readonly #game: Game;
  readonly #settings: Settings;
  readonly #part: OpenPart;
  readonly #rng: Rng;
  readonly #encoder: Encoder;
  readonly #scale: number;
  readonly #net: ReturnType<typeof actorCritic>;
  readonly #params: Params;
  #training: Trainer<Column | 'action'> | null = null;

  constructor(game: Game, settings: Settings, part: OpenPart, rng: Rng) {
    const { environment, config } = game;
    const { utility } = environment.spec.facts(config);
    this.#game = game;
    this.#settings = settings;
    this.#part = part;
    this.#rng = rng;
    this.#encoder = encoderOf(environment, config, settings.advice);
    this.#scale = Math.max(Math.abs(utility.min), Math.abs(utility.max), Number.MIN_VALUE);
    const actions = this.#encoder.vocabulary.length;
    this.#net = actorCritic({ in: this.#encoder.width, hidden: [...settings.hidden], actions });
    this.#params = initParams(this.#net.params, rng);
    if (settings.advice) followAdvice(this.#params, settings.hidden, this.#encoder.width, actions);
  }

  /** Algorithm 1: play, estimate advantages, then optimise the surrogate for some epochs. */
  async iterate(): Promise<Figures> {
    const trajectories = await this.#play();
    const { gamma, lambda, epochs, batch } = this.#settings;
    const experience = experienceOf(trajectories, gamma, lambda);
    const size = { batch, width: this.#encoder.width, actions: this.#encoder.vocabulary.length };
    const training = await this.#trainer();
    const means = new Means();
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (const columns of batchesOf(experience, size, this.#rng)) {
        const { metrics } = await training.step(columns);
        means.add(metrics);
      }
    }
    this.iterations++;
    const { policy, value, entropy, kl } = means.all;
    const losses = { 'loss of policy': policy, 'loss of value': value, entropy, kl } as Figures;
    return { ...returnsOf(trajectories, this.#part), decisions: experience.taken.length, ...losses };
  }

  async #play(): Promise<Trajectory[]> {
    const actions = this.#encoder.vocabulary.length;
    const sizes = { in: this.#encoder.width, out: { logits: actions, value: 1 } };
    const network = await BatchedNetwork.open(toOnnx(this.#net, this.#params), sizes);
    const playing: Playing = {
      game: this.#game,
      network,
      encoder: this.#encoder,
      part: this.#part,
      scale: this.#scale,
    };
    const seed = this.#rng.next();
    const seeds = Array.from({ length: this.#settings.episodes }, (_, at) => episodeSeed(seed, at));
    try {
      const trajectories = await playEpisodes(playing, seeds);
      refuseNobody(playing, trajectories);
      return trajectories;
    } finally {
      await network.close();
    }
  }

  async policy(): Promise<SavedPolicy> {
    const { part } = this.#part;
    const plain = part.learns === 'all' && part.speaker === null;
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
        name: 'logits',
        ...(plain ? {} : { part }),
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

  async #trainer(): Promise<Trainer<Column | 'action'>> {
    const { batch, clip, entropy, value, gradient } = this.#settings;
    const actions = this.#encoder.vocabulary.length;
    const { data, loss } = ppoLoss({ actions, clip, valueWeight: value, entropyWeight: entropy });
    const adam = { lr: () => this.#rate(), eps: 1e-5, clipNorm: gradient };
    this.#training ??= await trainer({ net: this.#net, params: this.#params, data, loss, sizes: { batch }, adam });
    return this.#training;
  }

  #rate(): number {
    const { learningRate, anneal } = this.#settings;
    return anneal === null ? learningRate : learningRate * Math.max(0.01, 1 - this.iterations / anneal);
  }
}

/** The mean return of seats that learn, in units of the game; by seat too, where it is known which they are. */
function returnsOf(trajectories: readonly Trajectory[], { seats }: OpenPart): Figures {
  const mean = (some: readonly Trajectory[]): number =>
    some.reduce((sum, { returned }) => sum + returned, 0) / Math.max(1, some.length);
  const listed = seats === null || seats.length === 1 ? [] : seats;
  const each = listed.map((own) => [`return player_${own}`, mean(trajectories.filter(({ seat }) => seat === own))]);
  return { return: mean(trajectories), ...Object.fromEntries(each) };
}

/** Means of figures by name. */
class Means {
  readonly #sums: { [figure: string]: number } = {};
  #count = 0;

  add(figures: Figures): void {
    this.#count++;
    for (const [name, figure] of Object.entries(figures)) this.#sums[name] = (this.#sums[name] ?? 0) + figure;
  }

  get all(): Figures {
    return Object.fromEntries(Object.entries(this.#sums).map(([name, sum]) => [name, sum / this.#count]));
  }
}
