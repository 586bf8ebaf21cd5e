import { setMaxListeners } from 'node:events';
import type { Grade } from '../../replays/annotations.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { choicesOf, type RecordedChoice, RolloutGrader } from '../arena/grading/rollouts.js';
import type { Catalogue } from '../core/catalogue.js';
import type { Environment } from '../core/environment.js';
import { UserError } from '../core/errors.js';
import type { JsonObject } from '../core/json.js';
import type { Seed } from '../core/rng.js';
import { ByGame } from './by-game.js';
import { configWords } from './gains.js';
import { inSeats, specsOf } from './options.js';
import { span } from './progress.js';
import type { Screen } from './screen.js';

export interface RolloutJudgeOptions {
  readonly catalogue: Catalogue;
  /** Who plays on, in turn over the seats; the environment's own player, else a random one, when absent. */
  readonly agents?: string;
  readonly rollouts: number;
  readonly seed: Seed;
  /** The most decisions. */
  readonly limit?: number;
  /** Whose decisions: of agents so called in the records, and of these seats; everybody's when absent. */
  readonly agentsOf?: readonly string[];
  readonly seats?: readonly number[];
  readonly screen: Screen;
  /** Asks to stop; null where nobody can. */
  readonly signal: AbortSignal | null;
}

/** A game as rollouts grade it. */
export interface RolloutGame {
  readonly lines: readonly string[];
  readonly json: JsonObject;
}

/** A record as far as it was graded. */
export interface RolloutGraded {
  readonly game: RolloutGame;
  readonly grades: readonly Grade[];
  /** Whose decisions were looked at. */
  readonly judged: ReadonlySet<number>;
}

interface Opened extends RolloutGame {
  readonly environment: Environment;
  readonly grader: RolloutGrader;
}

/** Grades records by rollouts, up to a limit of decisions and until it is stopped. */
export class RolloutJudge {
  readonly #options: RolloutJudgeOptions;
  readonly #games = new ByGame((record) => this.#open(record));
  #decisions = 0;
  #others = 0;

  constructor(options: RolloutJudgeOptions) {
    this.#options = options;
    // NOTE: every rollout that is running listens, and Node warns of more than ten.
    if (options.signal !== null) setMaxListeners(0, options.signal);
  }

  /** Whether nothing more is to be graded. */
  get done(): boolean {
    const { limit, signal } = this.#options;
    return signal?.aborted === true || this.#decisions >= (limit ?? Number.POSITIVE_INFINITY);
  }

  /** What was left out and why, one line each. */
  get notes(): string[] {
    const { limit, signal } = this.#options;
    const decisions = `after ${this.#decisions} decision${this.#decisions === 1 ? '' : 's'}`;
    return [
      ...(this.#others === 0 ? [] : [`${this.#others} decisions are no choices among options and were skipped.`]),
      ...(signal?.aborted === true ? [`Stopped ${decisions}; what was graded until then is kept.`] : []),
      ...(signal?.aborted !== true && limit !== undefined && this.done ? [`Stopped ${decisions}, the --limit.`] : []),
    ];
  }

  /** @throws UserError when the record's game is another version, its agents do not sit there, or a rollout fails */
  async grade(record: EpisodeRecord): Promise<RolloutGraded> {
    const game = await this.#games.of(record);
    const judged = this.#judged(record);
    const { choices, others } = choicesOf(record, game.environment);
    this.#others += others.filter((seat) => judged.has(seat)).length;
    const own = choices.filter(({ seat }) => judged.has(seat));
    const left = (this.#options.limit ?? Number.POSITIVE_INFINITY) - this.#decisions;
    const grades = await this.#gradeAll(game.grader, record, own.slice(0, left));
    return { game, grades, judged };
  }

  async #gradeAll(grader: RolloutGrader, record: EpisodeRecord, choices: readonly RecordedChoice[]): Promise<Grade[]> {
    const began = performance.now();
    const grades: Grade[] = [];
    for (const choice of choices) {
      const grade = await grader.grade(record, choice);
      if (grade === null) break;
      grades.push(grade);
      this.#decisions++;
      this.#show(grades.length, choices.length, (performance.now() - began) / 1000);
    }
    return grades;
  }

  #show(done: number, all: number, seconds: number): void {
    const left = span((seconds * (all - done)) / done);
    const line = (): string =>
      `playing on: ${this.#decisions} decisions graded; ${done} of ${all} in this record, ${left} left for it`;
    this.#options.screen.show(() => [line()], line);
  }

  #judged({ seats }: EpisodeRecord): ReadonlySet<number> {
    const { agentsOf, seats: wanted } = this.#options;
    const judged = seats.flatMap(({ agent }, seat) =>
      agentsOf?.includes(agent) !== false && wanted?.includes(seat) !== false ? [seat] : [],
    );
    return new Set(judged);
  }

  async #open(record: EpisodeRecord): Promise<Opened> {
    const { catalogue, agents, rollouts, seed, signal, seats } = this.#options;
    const environment = await catalogue.environment(record.environment.id);
    const config = record.environment.config as JsonObject;
    const facts = environment.spec.facts(config);
    for (const seat of seats ?? []) inSeats(seat, facts.seats, '--seats');
    const specs = specsOf(environment, facts, { seat: [], ...(agents === undefined ? {} : { agents }) });
    const factories = await Promise.all(specs.map((spec) => catalogue.agent(spec)));
    const grader = new RolloutGrader(environment, {
      agents: factories,
      specs,
      rollouts,
      seed,
      ...(signal === null ? {} : { signal }),
    });
    const { id, version } = environment.spec;
    const source = grader.source(config);
    return {
      environment,
      grader,
      json: { environment: { id, version, config }, source: { ...source } },
      lines: [
        `${id} ${version}${configWords(environment, config)}, played on ${rollouts} times after each option by ${[...new Set(specs)].join(', ')}`,
        ...(source.hindsight === true
          ? ['  What was hidden stays as it was: a move may be charged for what its seat could not know.']
          : []),
      ],
    };
  }
}

/** Reads `--seats 0,2`. @throws UserError */
export function readSeats(text: string): number[] {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.every((part) => /^\d+$/.test(part))) return parts.map(Number);
  throw new UserError(`--seats takes seats separated by commas, as in --seats 0,2, got "${text}"`);
}
