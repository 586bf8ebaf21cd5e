import { ANNOTATIONS, type Grade } from '../../replays/annotations.js';
import type { EpisodeRecord, RecordedStep } from '../../replays/schema.js';
import { refuseOtherVersion } from '../../replays/session.js';
import type { RecordedDecision } from '../../replays/steps.js';
import { isOwn } from '../../src/core/decide.js';
import { actors, type Environment, seatName } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import { messageOf, UserError } from '../../src/core/errors.js';
import { type JsonObject, preview } from '../../src/core/json.js';
import { movesOf } from '../../src/core/table.js';
import { canonical } from '../folder.js';
import { type GameTree, type Profile, TERMINAL } from '../tree/game-tree.js';
import { actionValues } from './action-values.js';

/** Where the policy that grades comes from, as annotations say it. */
export type GradeSource = Grade['source'];

/** Grades records of one game against one profile. Values are worked out once, then each record costs its replay. */
export class RecordGrader {
  readonly #environment: Environment;
  readonly #tree: GameTree;
  readonly #profile: Profile;
  readonly #source: GradeSource;
  readonly #values: Profile;
  readonly #scale: number;

  constructor(environment: Environment, tree: GameTree, profile: Profile, source: GradeSource) {
    const { min, max } = environment.spec.facts(tree.config).utility;
    this.#environment = environment;
    this.#tree = tree;
    this.#profile = profile;
    this.#source = source;
    this.#values = actionValues(tree, profile);
    this.#scale = max - min;
  }

  /**
   * One grade for each decision of each seat, in the order in which they were made; seats that moved at once in seat
   * order. What is worth what, `actionValues` says.
   * @throws UserError when the record is of another game than the tree, or its moves are not those of the game
   */
  grade(record: EpisodeRecord): Grade[] {
    refuseOtherGame(record, this.#environment, this.#tree);
    const episode = new Episode(this.#environment, this.#tree.config);
    const grades: Grade[] = [];
    let at = 0;
    for (const [index, step] of record.steps.entries()) {
      const where = { episode: record.id, step: index };
      at =
        step.seats === undefined ? this.#chance(episode, step, at, where) : this.#act(episode, step, at, where, grades);
      try {
        episode.apply(movesOf(step));
      } catch (error) {
        throw new UserError(`${record.id}, step ${index}: ${messageOf(error)}`);
      }
    }
    return grades;
  }

  #chance(episode: Episode, step: RecordedStep, at: number, where: Where): number {
    const { turn } = episode;
    const outcomes = turn.kind === 'chance' && 'outcomes' in turn ? turn.outcomes : [];
    const outcome = JSON.stringify(step.chance);
    const index = outcomes.findIndex(([move]) => JSON.stringify(move) === outcome);
    if (index < 0) throw stray(where, `chance cannot come out as ${preview(step.chance)} here`);
    return this.#child(at, index);
  }

  #act(episode: Episode, step: RecordedStep, from: number, where: Where, grades: Grade[]): number {
    let at = from;
    for (const seat of actors(episode.turn, this.#tree.seats)) {
      const decided = step.seats?.[String(seat)];
      if (decided === undefined) throw stray(where, `${seatName(seat)} is to move, and the record holds no move`);
      const { options } = this.#tree.states;
      const state = this.#tree.actor[at] === seat ? (this.#tree.at[at] as number) : -1;
      const option = (options[state] ?? []).indexOf(decided.move as string);
      if (option < 0) {
        throw stray(where, `${seatName(seat)} played ${preview(decided.move)}, which the policy knows nothing of`);
      }
      grades.push(this.#gradeOf(state, option, decided, { ...where, seat }));
      at = this.#child(at, option);
    }
    return at;
  }

  #gradeOf(state: number, option: number, decided: RecordedDecision, where: Where & { readonly seat: number }): Grade {
    const { names, options, offset } = this.#tree.states;
    const start = offset[state] as number;
    const values = this.#values.subarray(start, offset[state + 1]);
    const ids = options[state] as readonly string[];
    return {
      annotations: ANNOTATIONS,
      kind: 'grade',
      ...where,
      source: this.#source,
      state: names[state] as string,
      options: [...ids],
      played: ids[option] as string,
      probabilities: [...this.#profile.subarray(start, offset[state + 1])],
      values: [...values],
      cost: Math.max(...values) - (values[option] as number),
      scale: this.#scale,
      ...(isOwn(decided) ? {} : { substituted: true }),
    };
  }

  #child(at: number, index: number): number {
    const { actor, first } = this.#tree;
    return actor[at] === TERMINAL ? at : (first[at] as number) + index;
  }
}

type Where = { readonly episode: string; readonly step: number };

/** Grades one record. For several of one game, keep a `RecordGrader`. */
export function gradeRecord(
  record: EpisodeRecord,
  environment: Environment,
  tree: GameTree,
  profile: Profile,
  source: GradeSource,
): Grade[] {
  return new RecordGrader(environment, tree, profile, source).grade(record);
}

function refuseOtherGame(record: EpisodeRecord, environment: Environment, tree: GameTree): void {
  refuseOtherVersion(record.environment, environment);
  refuseOtherVersion({ id: tree.environment, version: tree.version }, environment);
  const recorded = record.environment.config as JsonObject;
  if (canonical(recorded) === canonical(tree.config)) return;
  throw new UserError(
    `the record ${record.id} was played with the configuration ${preview(recorded)}, the policy is for ${preview(tree.config)}`,
  );
}

function stray({ episode, step }: Where, problem: string): UserError {
  return new UserError(`${episode}, step ${step}: ${problem}`);
}
