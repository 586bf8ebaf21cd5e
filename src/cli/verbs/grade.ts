import type { Command } from 'commander';
import { type Grade, gradesFileOf } from '../../../replays/annotations.js';
import { Annotator } from '../../../replays/annotator.js';
import { readRecords } from '../../../replays/read.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { Catalogue } from '../../core/catalogue.js';
import { UserError } from '../../core/errors.js';
import type { Json, JsonObject } from '../../core/json.js';
import { CostTotals, costLines, costsJson, moveLines } from '../costs.js';
import { configWords, exact } from '../gains.js';
import { type GradedGame, Graders } from '../graders.js';
import { whole } from '../options.js';
import { type Paper, paperOf } from '../paper.js';
import { Screen } from '../screen.js';

interface Options {
  readonly policy?: string;
  readonly id?: string;
  readonly moves?: boolean;
  readonly out?: string;
  readonly iterations: number;
  readonly histories?: number;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  ludus grade runs/kuhn-poker/seed-7.jsonl
  ludus grade runs/leduc-poker --policy runs/leduc-poker/cfr+
  ludus replay show runs/kuhn-poker/seed-7.jsonl      shows the grades under the moves

A move costs the value of the best option less its own: expected returns of the seat, given what it knew, when everybody
follows the policy afterwards. Without --policy the game is solved, down to a NashConv of a thousandth of its range of
returns. Grades are written beside the records, to <name>.grades.jsonl; grades of the same episodes are replaced.`;

export function register(program: Command): void {
  program
    .command('grade')
    .argument('<records>', 'a file or folder of records')
    .description('say of every move what equilibrium would have played and what the move cost')
    .option('--policy <folder>', 'a saved policy, or a module, to grade against')
    .option('--id <id>', 'only the record whose id starts so')
    .option('--moves', 'show every move; usual for a single record')
    .option('--out <file>', 'one annotation file for all')
    .option('--iterations <n>', 'the most iterations of solving', whole('--iterations', 1), 5000)
    .option('--histories <n>', 'the most histories to compile', whole('--histories', 1))
    .option('--json', 'as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(grade);
}

/** A record with its grades. */
interface Graded {
  readonly record: EpisodeRecord;
  readonly game: GradedGame;
  readonly grades: readonly Grade[];
}

async function grade(path: string, options: Options): Promise<void> {
  const { policy, histories, iterations } = options;
  const screen = new Screen(options.json === true ? null : process.stderr);
  const graders = new Graders({
    catalogue: new Catalogue(),
    iterations,
    screen,
    ...(policy === undefined ? {} : { policy }),
    ...(histories === undefined ? {} : { histories }),
  });
  const report = new Report(options);
  const files = new Files(options.out);
  try {
    for await (const read of readRecords(path)) {
      if ('problem' in read) {
        report.refuse(`${read.file}:${read.line}: ${read.problem}`);
        continue;
      }
      const { record } = read;
      if (options.id !== undefined && !record.id.startsWith(options.id)) continue;
      const graded = await gradedOr(record, graders, (reason) => report.refuse(`${read.file}:${read.line}: ${reason}`));
      if (graded === null) continue;
      report.add(graded);
      (await files.of(read.file)).add(graded.grades);
    }
    report.refuseEmpty(path);
    await files.close();
  } finally {
    files.abandon();
  }
  report.tell(files.names);
}

async function gradedOr(
  record: EpisodeRecord,
  graders: Graders,
  refuse: (reason: string) => void,
): Promise<Graded | null> {
  try {
    const game = await graders.game(record);
    return { record, game, grades: game.grader.grade(record) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    refuse(error.message);
    return null;
  }
}

/** The annotation files: one beside each file of records, or a single one. */
class Files {
  readonly #out: string | undefined;
  readonly #open = new Map<string, Annotator>();
  readonly names: string[] = [];

  constructor(out: string | undefined) {
    this.#out = out;
  }

  async of(records: string): Promise<Annotator> {
    const name = this.#out ?? gradesFileOf(records);
    let annotator = this.#open.get(name);
    if (annotator === undefined) {
      annotator = await Annotator.open(name);
      this.#open.set(name, annotator);
      this.names.push(name);
    }
    return annotator;
  }

  async close(): Promise<void> {
    for (const [name, annotator] of this.#open) {
      await annotator.close();
      this.#open.delete(name);
    }
  }

  /** Drops what was not closed. */
  abandon(): void {
    for (const annotator of this.#open.values()) annotator.abandon();
  }
}

/** Gathers what is told at the end. */
class Report {
  readonly #options: Options;
  readonly #totals = new CostTotals();
  readonly #games = new Set<GradedGame>();
  readonly #refused: string[] = [];
  /** Kept whole only where moves are shown. */
  readonly #kept: Graded[] = [];
  #episodes = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  add(graded: Graded): void {
    this.#episodes++;
    this.#games.add(graded.game);
    this.#totals.add(graded.record, graded.grades);
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

  tell(files: readonly string[]): void {
    if (this.#options.json === true) process.stdout.write(`${JSON.stringify(this.#json(files))}\n`);
    else process.stdout.write(`${this.#lines(files).join('\n')}\n`);
  }

  get #shown(): readonly Graded[] {
    return this.#options.moves === true || this.#episodes === 1 ? this.#kept : [];
  }

  #lines(files: readonly string[]): string[] {
    const paper = paperOf();
    return [
      ...[...this.#games].flatMap((game) => gameLines(game)),
      ...this.#shown.flatMap(({ record, grades }) => ['', `  ${record.id}`, ...moveLines(grades, paper)]),
      '',
      ...costLines(this.#totals.result(), paper),
      '',
      ...files.map((file) => `  Grades: ${file}`),
      ...refusedLines(this.#refused, paper),
    ];
  }

  #json(files: readonly string[]): JsonObject {
    return {
      episodes: this.#episodes,
      games: [...this.#games].map(({ environment, config, source, nashConv, close }) => {
        const { id, version } = environment.spec;
        return { environment: { id, version, config }, source: { ...source }, nashConv, close };
      }),
      agents: costsJson(this.#totals.result()),
      files: [...files],
      refused: this.#refused,
      ...(this.#shown.length === 0 ? {} : { grades: this.#shown.flatMap(({ grades }) => grades) as unknown as Json }),
    };
  }
}

function gameLines({ environment, config, source, nashConv, close }: GradedGame): string[] {
  const { id, version } = environment.spec;
  const warning = close
    ? []
    : ['  That is no equilibrium: costs are those against this policy, not against best play.'];
  return [
    `${id} ${version}${configWords(environment, config)}, graded against ${source.algorithm}, NashConv ${exact(nashConv)}`,
    ...warning,
  ];
}

function refusedLines(refused: readonly string[], { ink }: Paper): string[] {
  const [first] = refused;
  if (first === undefined) return [];
  const more = refused.length === 1 ? '' : `, the first because of ${first}`;
  return [ink('red', refused.length === 1 ? `  Not graded: ${first}` : `  ${refused.length} not graded${more}`)];
}
