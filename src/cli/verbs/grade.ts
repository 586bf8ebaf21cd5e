import type { Command } from 'commander';
import { gradesFileOf } from '../../../replays/annotations.js';
import { Annotator } from '../../../replays/annotator.js';
import { readRecords } from '../../../replays/read.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { Catalogue } from '../../core/catalogue.js';
import { UserError } from '../../core/errors.js';
import { agentList } from '../agent-list.js';
import { type Graded, GradeReport, type ReportOptions } from '../grade-report.js';
import { type Judge, type JudgeOptions, judgeOf, refuseStray, WAYS } from '../judges.js';
import { gradeByModel } from '../judging/grade.js';
import { oneOf, readSeed, whole } from '../options.js';
import { readSeats } from '../rollout-judge.js';
import { Screen } from '../screen.js';
import { Interruption } from '../unfinished.js';

interface Options extends ReportOptions, JudgeOptions {
  readonly out?: string;
}

const EXAMPLES = `
Examples:
  ludus grade runs/kuhn-poker/seed-7.jsonl
  ludus grade runs/leduc-poker --policy runs/leduc-poker/cfr+
  ludus replay show runs/kuhn-poker/seed-7.jsonl      shows the grades under the moves
  ludus grade runs/connect-four --by rollouts --agents mcts:50 --limit 20
  ludus grade runs/werewolf --by judge --model openai/gpt-5-mini,budgetTokens=200000 --alternatives 2

A move costs the value of the best option less its own: expected returns of the seat, given what it knew, when everybody
follows the policy afterwards. Without --policy the game is solved, down to a NashConv of a thousandth of its range of
returns. Grades are written beside the records, to <name>.grades.jsonl; grades of the same episodes are replaced.

--by rollouts grades games too large to solve: from each choice of the record it plays on after every option, with the
same random numbers for all options of a choice, everybody by --agents. A move costs something only where the 95 %
interval of the difference says so. What the record holds hidden stays as it was.

--by judge asks a language model, also about texts and tool calls: it reads what the seat was told and what it answered,
and gives a score from 0 to 1 and a reason. Each judgement is written at once; the same command goes on where it stopped,
and no turn is paid for twice. Money and tokens are limited by budgetCost and budgetTokens behind the model.`;

export function register(program: Command): void {
  program
    .command('grade')
    .argument('<records>', 'a file or folder of records')
    .description('say of every move what equilibrium would have played and what the move cost')
    .option('--by <equilibrium|rollouts|judge>', 'how to grade', oneOf('--by', WAYS), 'equilibrium')
    .option('--policy <folder>', 'a saved policy, or a module, to grade against')
    .option('--id <id>', 'only the record whose id starts so')
    .option('--moves', 'show every move; usual for a single record')
    .option('--out <file>', 'one annotation file for all')
    .option('--iterations <n>', 'the most iterations of solving (5000)', whole('--iterations', 1))
    .option('--histories <n>', 'the most histories to compile', whole('--histories', 1))
    .option('--agents <a,b>', 'rollouts: who plays on, in turn over the seats')
    .option('--rollouts <n>', 'rollouts: how many after each option (32)', whole('--rollouts', 8))
    .option('--seed <seed>', 'rollouts: a whole number or a word (0)', readSeed)
    .option('--limit <n>', 'rollouts, judge: the most decisions', whole('--limit', 1))
    .option('--agents-of <a,b>', 'rollouts, judge: only decisions of these agents, as the records name them', (text) =>
      agentList(text, '--agents-of'),
    )
    .option('--seats <0,1>', 'rollouts, judge: only decisions of these seats', readSeats)
    .option('--model <spec>', 'judge: a model as agents name it, without style and memory')
    .option('--rubric <file>', 'judge: what to look for, as a text')
    .option('--alternatives <n>', 'judge: how many other answers it may name and score', whole('--alternatives', 1, 16))
    .option('--all-seeing', 'judge: shows it what the seat could not know; the judgement says so')
    .option('--concurrency <n>', 'judge: turns at once (8)', whole('--concurrency', 1, 1000))
    .option('--json', 'as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(grade);
}

async function grade(path: string, options: Options): Promise<void> {
  const screen = new Screen(options.json === true ? null : process.stderr);
  // NOTE: solving gives no pause in which Ctrl-C could be heard, so there it ends the process at once.
  const interruption = options.by === 'equilibrium' ? null : new Interruption();
  const report = new GradeReport(options);
  const files = new Files(options.out);
  try {
    refuseStray(options);
    if (options.by === 'judge' && interruption !== null) {
      return await gradeByModel(path, options, { screen, signal: interruption.signal });
    }
    const judge = judgeOf(options, { catalogue: new Catalogue(), screen, signal: interruption?.signal ?? null });
    await gradeAll(path, options.id ?? '', judge, report, files);
    report.refuseEmpty(path);
    await files.close();
    report.tell(files.names, judge.notes);
  } finally {
    interruption?.forget();
    files.abandon();
  }
}

async function gradeAll(path: string, id: string, judge: Judge, report: GradeReport, files: Files): Promise<void> {
  for await (const read of readRecords(path)) {
    if (judge.done) return;
    if ('problem' in read) {
      report.refuse(`${read.file}:${read.line}: ${read.problem}`);
      continue;
    }
    const { record } = read;
    if (!record.id.startsWith(id)) continue;
    const graded = await gradedOr(record, judge, (reason) => report.refuse(`${read.file}:${read.line}: ${reason}`));
    if (graded === null) continue;
    report.add(graded);
    (await files.of(read.file)).add(graded.grades);
  }
}

async function gradedOr(record: EpisodeRecord, judge: Judge, refuse: (reason: string) => void): Promise<Graded | null> {
  try {
    return { record, ...(await judge.grade(record)) };
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
