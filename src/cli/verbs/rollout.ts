import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { Tally } from '../../../replays/stats.js';
import { type Plan, RunFolder } from '../../arena/plan.js';
import { type RolloutState, rollout } from '../../arena/rollout.js';
import { type TaskResult, taskCount } from '../../arena/tasks.js';
import { Catalogue } from '../../core/catalogue.js';
import { seatName } from '../../core/environment.js';
import { UserError } from '../../core/errors.js';
import type { BadRow } from '../../core/tasks.js';
import { type BudgetOptions, cutShort, spendingOf, withBudgetOptions } from '../budget.js';
import { Interrupted } from '../exit.js';
import { configOf, openTable, type TableOptions, whole, withTableOptions } from '../options.js';
import { ProgressLine } from '../progress.js';
import { invocation } from '../session.js';
import { askedTasks, rowsOf, type TaskOptions, taskLines } from '../task-files.js';

type Options = TableOptions &
  TaskOptions &
  BudgetOptions & {
    readonly episodes?: number;
    readonly workers: number;
    readonly concurrency: number;
    readonly out?: string;
    readonly resume?: string;
    readonly json?: boolean;
  };

const EXAMPLES = `
Examples:
  ludus rollout kuhn-poker -n 10000 --workers 2 --seed 7
  ludus rollout werewolf -n 1000 --agents scripted --out runs/village
  ludus rollout --resume runs/village
  ludus rollout calculator --split test --each --agents scripted
  ludus rollout calculator --tasks gsm8k/test.jsonl --agents scripted --json

Every episode has its own seed (7/0, 7/1, ...), so one of them can be played again alone with
ludus match --seed 7/12. A rollout that was stopped, even by kill -9, goes on with --resume:
finished episodes are kept, those in progress continue from their journal. A budget is for all
agents of one command together, and stops before it is exceeded; --resume takes a new one.
With --tasks or --each every task is played once, in order, and --json lists what each came to.`;

export function register(program: Command): void {
  const command = program.command('rollout').argument('[env]', 'environment, as ludus list shows it');
  withBudgetOptions(withTableOptions(command))
    .description('play many episodes on worker threads and keep their records')
    .option('-n, --episodes <n>', 'how many episodes; with tasks, all of them once', whole('--episodes', 1))
    .option('--tasks <file>', 'play the tasks of a file, in the format of the public data set of the environment')
    .option('--each', 'play each task of a split, in order')
    .option('--split <name>', 'the split for --each (the first one)')
    .option('-w, --workers <n>', 'worker threads', whole('--workers', 1, 256), availableParallelism())
    .option(
      '--concurrency <n>',
      'episodes in progress at once in each worker, for agents that wait',
      whole('--concurrency', 1, 10_000),
      1,
    )
    .option('--out <folder>', 'folder of the rollout (runs/<env>/rollout-<seed>)')
    .option('--resume <folder>', 'go on with a rollout that was stopped')
    .option('--json', 'only the result, as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(id: string | undefined, options: Options): Promise<void> {
  const { plan, folder, bad } = options.resume === undefined ? await planOf(id, options) : resumed(options.resume);
  if (bad.length > 0) process.stderr.write(`Not played, for they are no tasks: ${rowsOf(bad)}\n`);
  const line = new ProgressLine(plan.episodes, options.json === true ? null : process.stderr);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  const state = await rollout(plan, {
    folder,
    workers: options.workers,
    concurrency: options.concurrency,
    spending: spendingOf(options),
    signal: stop.signal,
    progress: ({ before, episodes, steps }) => line.update(before + episodes, episodes, steps),
  });
  process.off('SIGINT', interrupt);
  line.end();
  const left = plan.episodes - state.before - state.episodes;
  const goOn = `${invocation()} rollout --resume ${folder}`;
  if (state.cut !== null) throw cutShort(state.cut, `${left} episodes`, goOn);
  if (left > 0) throw new Interrupted(`Stopped with ${left} episodes left. Go on:  ${goOn}`);
  const tasks = plan.tasks === undefined ? null : await resultsOf(plan, folder);
  if (options.json === true) {
    const told = { folder, seed: plan.seed, ...state, ...(tasks === null ? {} : { bad, tasks }) };
    process.stdout.write(`${JSON.stringify(told)}\n`);
  } else
    process.stdout.write(
      `${[...taskLines(tasks ?? []), ...resultLines(plan, folder, state, line.seconds)].join('\n')}\n`,
    );
}

async function resultsOf(plan: Plan, folder: string): Promise<TaskResult[]> {
  return new RunFolder(folder).results(plan, await new Catalogue().environment(plan.environment));
}

interface Planned {
  readonly plan: Plan;
  readonly folder: string;
  /** Rows of a file that are no tasks. */
  readonly bad: readonly BadRow[];
}

async function planOf(id: string | undefined, options: Options): Promise<Planned> {
  if (id === undefined) throw new UserError('name an environment (ludus list shows all), or a folder with --resume');
  const catalogue = new Catalogue();
  const environment = await catalogue.environment(id);
  // NOTE: opening the table here, before any thread starts, makes a wrong option fail at once and in words.
  const { table, specs } = await openTable(catalogue, environment, options);
  const seed = String(table.seed);
  const config = configOf(environment, options);
  const { tasks, bad } = await askedTasks(environment, config, options);
  const episodes = options.episodes ?? (tasks === null ? undefined : taskCount(tasks));
  if (episodes === undefined) throw new UserError('say how many episodes with -n');
  const plan: Plan = {
    ludus: 1,
    environment: id,
    version: environment.spec.version,
    config,
    agents: specs,
    ...(tasks === null ? {} : { tasks }),
    seed,
    episodes,
    clock: options.clock,
    rules: {
      limits: table.limits ?? {},
      ...(table.tries === undefined ? {} : { tries: table.tries }),
      ...(table.onFailure === undefined ? {} : { onFailure: table.onFailure }),
    },
  };
  return {
    ...{ plan, bad },
    folder: options.out ?? join('runs', id.replace(/[^\w.-]+/g, '_'), `rollout-${seed.replace(/[^\w.-]+/g, '_')}`),
  };
}

function resumed(path: string): Planned {
  const folder = new RunFolder(path);
  if (!folder.exists) throw new UserError(`${path} holds no rollout (there is no run.json)`);
  return { plan: folder.read(), folder: path, bad: [] };
}

function resultLines(plan: Plan, folder: string, state: RolloutState, seconds: number): string[] {
  const { episodes, steps, before, how } = state;
  const rate =
    seconds > 0 ? `, ${Math.round(episodes / seconds)} episodes/s, ${Math.round(steps / seconds)} steps/s` : '';
  const endings = Object.entries(how).map(([name, count]) => `${name} ${count}`);
  return [
    `${plan.environment}: ${before + episodes} episodes${before > 0 ? ` (${before} were done before)` : ''}${rate}`,
    `ended by: ${endings.join(', ') || 'nothing new'}`,
    ...plan.agents.map((agent, seat) => `${seatName(seat)}  ${agent}  return ${returnText(state, seat)}`),
    `Records: ${folder}  (ludus replay verify|stats ${folder})`,
  ];
}

function returnText({ returned, sums, squares }: RolloutState, seat: number): string {
  if (returned === 0) return 'none';
  const { mean, half } = Tally.of(returned, sums[seat] ?? 0, squares[seat] ?? 0).mean();
  return `${mean.toFixed(4)} +- ${half.toFixed(4)} (95 %, n ${returned})`;
}
