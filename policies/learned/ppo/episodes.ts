import type { AgentFactory, Decision, Place } from '../../../src/core/agent.js';
import type { Episode } from '../../../src/core/episode.js';
import { UserError } from '../../../src/core/errors.js';
import { isObject } from '../../../src/core/json.js';
import { runEpisode } from '../../../src/core/play.js';
import type { BatchedNetwork } from '../../batched.js';
import type { Encoder } from '../../encoding.js';
import { informationOf, probabilitiesOf } from '../../networks.js';
import { type OpenPart, seatPart } from '../../part.js';
import type { Game } from '../../solver.js';
import type { Rewarded } from './advantages.js';

/** A decision of a learning seat. */
export interface Taken extends Rewarded {
  readonly features: Float32Array;
  /** The offered options, as positions in the vocabulary. */
  readonly legal: readonly number[];
  /** The one taken, as a position in the vocabulary, and the logarithm of its probability. */
  readonly action: number;
  readonly logp: number;
}

/** What one seat did in one episode. */
export interface Trajectory {
  readonly seat: number;
  /** At least one. */
  readonly decisions: readonly Taken[];
  /** The seat's whole return, in units of the game. */
  readonly returned: number;
}

/** What is played with: the network as it is now, and who sits beside it. */
export interface Playing {
  readonly game: Game;
  readonly network: BatchedNetwork<'logits' | 'value'>;
  readonly encoder: Encoder;
  readonly part: OpenPart;
  /** What returns are divided by before a network sees them. */
  readonly scale: number;
}

/**
 * Plays episodes, one a seed, all at once, by the step loop that also plays at a table. Seats that learn act by the
 * network. Gives what each of them did, by episode and seat; an episode without returns gives nothing.
 * @throws UserError when a learning seat is asked what nobody here can answer
 */
export async function playEpisodes(playing: Playing, seeds: readonly string[]): Promise<Trajectory[]> {
  const played = await Promise.all(seeds.map((seed) => playEpisode(playing, seed)));
  return played.flat();
}

async function playEpisode(playing: Playing, seed: string): Promise<Trajectory[]> {
  const { environment, config } = playing.game;
  const { seats } = environment.spec.facts(config);
  const logs = Array.from({ length: seats }, () => new Log(playing.scale));
  const agents = logs.map((log): AgentFactory => learning(playing, log));
  let episode: Episode | undefined;
  const ending = await runEpisode({ environment, config, seed, agents }, (told) => {
    if (told.kind !== 'started') return;
    episode = told.episode;
    for (const [seat, log] of logs.entries()) log.follow(told.episode, seat);
  });
  for (const { failure } of logs) if (failure !== null) throw failure;
  if (ending.how === 'crashed') throw new Error(`episode ${seed} crashed: ${ending.error}`);
  // NOTE: a forfeit is no result of what the others did, and limits of the loop leave no result at all.
  if (episode === undefined || (ending.how !== 'rules' && ending.how !== 'horizon')) return [];
  return logs.flatMap((log, seat) => {
    const decisions = log.decisions();
    const returned = ending.returns?.[seat] as number;
    return decisions.length === 0 ? [] : [{ seat, decisions, returned }];
  });
}

/** An agent that plays by the network and writes down what it does. */
function learning({ network, encoder, part }: Playing, log: Log): AgentFactory {
  return (place: Place) => {
    const agent = seatPart(part, place, { agent: 'learning' }, async (request, advice): Promise<Decision> => {
      const information = informationOf(encoder, request, advice);
      const reward = log.told();
      const { logits, value } = await network.ask(information.features);
      const chances = probabilitiesOf('logits', logits, information);
      const at = request.rng.weighted(Array.from(chances, (chance, option) => [option, chance] as const));
      log.add(reward, {
        features: information.features,
        legal: information.actions,
        action: information.actions[at] as number,
        logp: Math.log(chances[at] as number),
        value: value[0] as number,
      });
      return { move: request.space.kind === 'choice' ? (request.space.options[at]?.id as string) : '' };
    });
    return { ...agent, act: (request) => log.watch(() => agent.act(request)) };
  };
}

/** What one seat of one episode did, with what it was told of its rewards in between. */
class Log {
  readonly #scale: number;
  readonly #taken: Omit<Taken, 'reward'>[] = [];
  /** What had been told in all, at each decision. */
  readonly #told: number[] = [];
  #total: () => number = () => 0;
  /** What an agent here threw, which the step loop would only count as a failed try. */
  failure: unknown = null;

  constructor(scale: number) {
    this.#scale = scale;
  }

  follow(episode: Episode, seat: number): void {
    this.#total = () => episode.toldReturn(seat) / this.#scale;
  }

  told(): number {
    return this.#total();
  }

  add(told: number, taken: Omit<Taken, 'reward'>): void {
    this.#told.push(told);
    this.#taken.push(taken);
  }

  /** Once the episode is over, when everything has been told. */
  decisions(): Taken[] {
    const told = [...this.#told, this.#total()];
    return this.#taken.map((taken, at) => ({ ...taken, reward: (told[at + 1] as number) - (told[at] as number) }));
  }

  watch<T>(act: () => T | Promise<T>): T | Promise<T> {
    try {
      const acted = act();
      return acted instanceof Promise ? acted.catch((thrown: unknown) => this.#fail(thrown)) : acted;
    } catch (thrown) {
      return this.#fail(thrown);
    }
  }

  #fail(thrown: unknown): never {
    this.failure ??= thrown;
    throw thrown;
  }
}

/** @throws UserError when a field chooses who learns, and nobody was ever chosen */
export function refuseNobody({ game, part }: Playing, trajectories: readonly Trajectory[]): void {
  if (trajectories.length > 0) return;
  const { environment, config } = game;
  const view = environment.view(environment.start(config), 0);
  const fields = isObject(view) ? ` (a view has: ${Object.keys(view).join(', ')})` : '';
  throw new UserError(`no seat that learns (${JSON.stringify(part.part.learns)}) had a choice to make${fields}`);
}
