import { fingerprintOf } from '../../../policies/folder.js';
import { ANNOTATIONS, type Grade } from '../../../replays/annotations.js';
import { forkTable } from '../../../replays/fork.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { refuseOtherVersion } from '../../../replays/session.js';
import { actorsOf, type RecordedDecision } from '../../../replays/steps.js';
import type { AgentFactory } from '../../core/agent.js';
import { isOwn } from '../../core/decide.js';
import type { Environment } from '../../core/environment.js';
import { Episode } from '../../core/episode.js';
import { messageOf, UserError } from '../../core/errors.js';
import { hashOf, type JsonObject } from '../../core/json.js';
import { movesOf, runEpisode, type Table } from '../../core/play.js';
import { episodeSeed, type Seed } from '../../core/rng.js';
import { compare } from './comparison.js';

export interface RolloutSettings {
  /** One a seat: who plays on, and how they are called. */
  readonly agents: readonly AgentFactory[];
  readonly specs: readonly string[];
  /** Rollouts of each option. */
  readonly rollouts: number;
  readonly seed: Seed;
  /** Ends what is running; the decision in progress is given up. */
  readonly signal?: AbortSignal;
}

/** A recorded choice among two options or more. */
export interface RecordedChoice {
  readonly step: number;
  readonly seat: number;
  readonly options: readonly string[];
  readonly decided: RecordedDecision;
  readonly state: string;
}

export interface RecordedChoices {
  readonly choices: readonly RecordedChoice[];
  /** Seats of the decisions that are no choices: texts, tool calls, forms. */
  readonly others: readonly number[];
}

/** Seeds that are played at a time, for agents that wait for a service. */
const AT_ONCE = 8;

/** The choices of a record in order. @throws UserError on another version, or moves that are not those of the game */
export function choicesOf(record: EpisodeRecord, environment: Environment): RecordedChoices {
  refuseOtherVersion(record.environment, environment);
  const episode = new Episode(environment, record.environment.config as JsonObject);
  const choices: RecordedChoice[] = [];
  const others: number[] = [];
  for (const [step, played] of record.steps.entries()) {
    for (const [seat, decided] of actorsOf(played)) {
      const space = episode.turn.kind === 'act' ? episode.turn.spaces[seat] : undefined;
      if (space?.kind !== 'choice') others.push(seat);
      else if (space.options.length > 1) {
        const options = space.options.map(({ id }) => id);
        const state = `seat ${seat} ${hashOf(environment.view(episode.state, seat))}`;
        choices.push({ step, seat, options, decided, state });
      }
    }
    try {
      episode.apply(movesOf(played));
    } catch (error) {
      throw new UserError(`${record.id}, step ${step}: ${messageOf(error)}`);
    }
  }
  return { choices, others };
}

/**
 * Grades single choices by playing on from the record after each option, everybody by the given agents, under common
 * random numbers. What the record holds hidden stays as it was, and seats that moved at once move as recorded: a value
 * is that of the option in this very episode, not of what its seat could know (`hindsight` in the source).
 */
export class RolloutGrader {
  readonly #environment: Environment;
  readonly #settings: RolloutSettings;

  constructor(environment: Environment, settings: RolloutSettings) {
    this.#environment = environment;
    this.#settings = settings;
  }

  /** Where the grades of a configuration come from. */
  source(config: JsonObject): Grade['source'] {
    const { specs, rollouts, seed } = this.#settings;
    const { information, dynamics } = this.#environment.spec.facts(config);
    const open = information === 'perfect' && dynamics === 'sequential';
    return {
      algorithm: 'rollouts',
      policy: fingerprintOf(JSON.stringify([specs, rollouts, String(seed)])),
      agents: [...specs],
      rollouts,
      ...(open ? {} : { hindsight: true }),
    };
  }

  /** The grade of a choice; null when it was given up. @throws UserError when a rollout ends without a result */
  async grade(record: EpisodeRecord, choice: RecordedChoice): Promise<Grade | null> {
    const returns = await this.returns(record, choice);
    if (returns === null) return null;
    const config = record.environment.config as JsonObject;
    const { step, seat, options, decided, state } = choice;
    const played = options.indexOf(decided.move as string);
    const { min, max } = this.#environment.spec.facts(config).utility;
    const { values, halves, cost, probabilities } = compare(returns, played);
    return {
      annotations: ANNOTATIONS,
      kind: 'grade',
      episode: record.id,
      step,
      seat,
      source: this.source(config),
      state,
      options: [...options],
      played: options[played] as string,
      probabilities: [...probabilities],
      values: [...values],
      halves: [...halves],
      cost,
      scale: max - min,
      ...(isOwn(decided) ? {} : { substituted: true }),
    };
  }

  /** Returns of the seat by option and seed; null when it was given up. @throws UserError */
  async returns(record: EpisodeRecord, choice: RecordedChoice): Promise<readonly (readonly number[])[] | null> {
    const found: number[][] = choice.options.map(() => []);
    for (let from = 0; from < this.#settings.rollouts; from += AT_ONCE) {
      const seeds = Math.min(AT_ONCE, this.#settings.rollouts - from);
      const played = await Promise.all(
        choice.options.flatMap((option) =>
          Array.from({ length: seeds }, (_, at) => this.#rollout(record, choice, option, from + at)),
        ),
      );
      if (played.includes(null)) return null;
      for (const [at, value] of played.entries()) found[Math.floor(at / seeds)]?.push(value as number);
      // NOTE: agents that answer at once would never let Ctrl-C be heard.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return found;
  }

  async #rollout(record: EpisodeRecord, choice: RecordedChoice, option: string, index: number): Promise<number | null> {
    const { step, seat } = choice;
    if (this.#stopped()) return null;
    const { how, returns, error } = await runEpisode(this.#table(record, choice, option, index));
    const value = returns?.[seat];
    if (value !== undefined) return value;
    if (this.#stopped()) return null;
    throw new UserError(`${record.id}, step ${step}: a rollout ended without a result (${error ?? how})`);
  }

  #stopped(): boolean {
    return this.#settings.signal?.aborted === true;
  }

  /** NOTE: the seed leaves the option out. That is what makes the random numbers common. */
  #table(record: EpisodeRecord, { step, seat }: RecordedChoice, option: string, index: number): Table {
    const { agents, seed, signal } = this.#settings;
    const own = episodeSeed(`${seed}~${record.id}~${step}.${seat}`, index);
    const { table } = forkTable(record, this.#environment, { at: step, agents, seed: own });
    const moved = Object.fromEntries(
      actorsOf(record.steps[step] ?? { hash: '' }).map(([who, { move }]) => [who, { move }]),
    );
    const steps = [...(table.past?.steps ?? []), { seats: { ...moved, [seat]: { move: option } } }];
    return { ...table, past: { steps }, onFailure: 'substitute', ...(signal === undefined ? {} : { signal }) };
  }
}
