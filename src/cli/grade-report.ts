import type { Grade } from '../../replays/annotations.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { UserError } from '../core/errors.js';
import type { Json, JsonObject } from '../core/json.js';
import { CostTotals, costLines, costsJson, moveLines } from './costs.js';
import { configWords, exact } from './gains.js';
import type { GradedGame } from './graders.js';
import { type Paper, paperOf } from './paper.js';

/** A game that was graded in, as it is told. */
export interface ToldGame {
  readonly lines: readonly string[];
  readonly json: JsonObject;
}

/** A record with its grades. */
export interface Graded {
  readonly record: EpisodeRecord;
  /** The same object for all records of a game. */
  readonly game: ToldGame;
  readonly grades: readonly Grade[];
  /** Seats whose moves were graded; all when absent. */
  readonly judged?: ReadonlySet<number>;
}

export interface ReportOptions {
  readonly id?: string;
  readonly moves?: boolean;
  readonly json?: boolean;
}

/** Gathers what is told at the end. */
export class GradeReport {
  readonly #options: ReportOptions;
  readonly #totals = new CostTotals();
  readonly #games = new Set<ToldGame>();
  readonly #refused: string[] = [];
  /** Kept whole only where moves are shown. */
  readonly #kept: Graded[] = [];
  #episodes = 0;

  constructor(options: ReportOptions) {
    this.#options = options;
  }

  add(graded: Graded): void {
    this.#episodes++;
    this.#games.add(graded.game);
    this.#totals.add(graded.record, graded.grades, graded.judged);
    if (this.#options.moves === true || this.#episodes === 1) this.#kept.push(graded);
  }

  refuse(reason: string): void {
    this.#refused.push(reason);
  }

  /** @throws UserError when no record was graded */
  refuseEmpty(path: string): void {
    if (this.#episodes > 0) return;
    const { id } = this.#options;
    const [reason = `${path} holds no record${id === undefined ? '' : ` ${id}`}`] = this.#refused;
    const more = this.#refused.length > 1 ? `\n${this.#refused.length - 1} more records were refused` : '';
    throw new UserError(`${reason}${more}`);
  }

  /** @param notes what was left out */
  tell(files: readonly string[], notes: readonly string[] = []): void {
    if (this.#options.json === true) process.stdout.write(`${JSON.stringify(this.#json(files, notes))}\n`);
    else process.stdout.write(`${this.#lines(files, notes).join('\n')}\n`);
  }

  get #shown(): readonly Graded[] {
    return this.#options.moves === true || this.#episodes === 1 ? this.#kept : [];
  }

  #lines(files: readonly string[], notes: readonly string[]): string[] {
    const paper = paperOf();
    return [
      ...[...this.#games].flatMap(({ lines }) => lines),
      ...this.#shown.flatMap(({ record, grades }) => ['', `  ${record.id}`, ...moveLines(grades, paper)]),
      '',
      ...costLines(this.#totals.result(), paper),
      '',
      ...files.map((file) => `  Grades: ${file}`),
      ...notes.map((note) => `  ${note}`),
      ...refusedLines(this.#refused, paper),
    ];
  }

  #json(files: readonly string[], notes: readonly string[]): JsonObject {
    return {
      episodes: this.#episodes,
      games: [...this.#games].map(({ json }) => json),
      agents: costsJson(this.#totals.result()),
      files: [...files],
      ...(notes.length === 0 ? {} : { notes: [...notes] }),
      refused: this.#refused,
      ...(this.#shown.length === 0 ? {} : { grades: this.#shown.flatMap(({ grades }) => grades) as unknown as Json }),
    };
  }
}

/** A game that was solved, as it is told. */
export function solvedGame({ environment, config, source, nashConv, close }: GradedGame): ToldGame {
  const { id, version } = environment.spec;
  const warning = close
    ? []
    : ['  That is no equilibrium: costs are those against this policy, not against best play.'];
  return {
    lines: [
      `${id} ${version}${configWords(environment, config)}, graded against ${source.algorithm}, NashConv ${exact(nashConv)}`,
      ...warning,
    ],
    json: { environment: { id, version, config }, source: { ...source }, nashConv, close },
  };
}

function refusedLines(refused: readonly string[], { ink }: Paper): string[] {
  const [first] = refused;
  if (first === undefined) return [];
  const more = refused.length === 1 ? '' : `, the first because of ${first}`;
  return [ink('red', refused.length === 1 ? `  Not graded: ${first}` : `  ${refused.length} not graded${more}`)];
}
