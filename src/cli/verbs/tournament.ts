import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { cutBy } from '../../arena/cut.js';
import { TournamentFolder } from '../../arena/tournament/folder.js';
import { Hall } from '../../arena/tournament/hall.js';
import type { TournamentPlan } from '../../arena/tournament/plan.js';
import { MOST_AT_ONCE, runTournament } from '../../arena/tournament/run.js';
import { Catalogue } from '../../core/catalogue.js';
import { UserError } from '../../core/errors.js';
import { type BudgetOptions, cutShort, spendingOf, withBudgetOptions } from '../budget.js';
import { Interrupted } from '../exit.js';
import { gather, oneOf, whole, withConfigOptions, withRuleOptions } from '../options.js';
import { paperOf } from '../paper.js';
import { Screen } from '../screen.js';
import { invocation } from '../session.js';
import { ratingNotes, standingJson, standingLines } from '../standings.js';
import { type PlanOptions, planOf } from '../tournament-plan.js';
import { TournamentView } from '../tournament-view.js';

type Options = PlanOptions &
  BudgetOptions & {
    readonly limit: readonly string[];
    readonly workers: number;
    readonly concurrency: number;
    readonly out?: string;
    readonly resume?: string;
    readonly json?: boolean;
  };

const EXAMPLES = `
Examples:
  ludus tournament kuhn-poker --agents scripted,random --blocks 100 --seed 7
  ludus tournament werewolf --agents scripted --side wolves=werewolf --side village=seer,doctor,villager
  ludus tournament plan.json --out runs/cup
  ludus tournament --resume runs/cup

Designs: round-robin (every two agents, each in every place), blocks (all agents rotated over all
places) and free (games listed in a plan file). All games of a block have the same seed, and with
it the same deal. A tournament that was stopped, even by kill -9, goes on with --resume. A budget is
for all agents of one command together, and stops before it is exceeded; --resume takes a new one.`;

export function register(program: Command): void {
  const command = program
    .command('tournament')
    .argument('[what]', 'environment, as ludus list shows it, or a plan file (.json)')
    .description('play agents against each other and rank them')
    .option('--agents <a,b>', 'agents that take part; (a,key=value) keeps its commas')
    .option('--agent <name=spec>', 'an agent under a name of its own; may be repeated', gather, [])
    .option('--design <name>', 'round-robin or blocks (round-robin)')
    .option('--blocks <n>', 'seeds, each played by the whole design (10)', whole('--blocks', 1))
    .option('--side <name=roles>', 'roles that win together, as in wolves=werewolf; may be repeated', gather, [])
    .option(
      '--seating <sides|seats>',
      'what one agent takes: a whole side, where there are sides, or a seat',
      oneOf('--seating', ['sides', 'seats']),
    )
    .option('--no-anchors', 'without the random and the scripted agent');
  withBudgetOptions(withRuleOptions(withConfigOptions(command)))
    .option('-w, --workers <n>', 'threads for agents that compute', whole('--workers', 1, 256), availableParallelism())
    .option(
      '--concurrency <n>',
      'games at once of agents that wait for a model',
      whole('--concurrency', 1, 10_000),
      MOST_AT_ONCE,
    )
    .option('--limit <pool=n>', 'agents at once that a provider gets; may be repeated', gather, [])
    .option('--out <folder>', 'folder of the tournament (runs/tournament-<seed>)')
    .option('--resume <folder>', 'go on with a tournament that was stopped')
    .option('--json', 'only the result, as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(what: string | undefined, options: Options): Promise<void> {
  const { plan, folder } = await planAndFolder(what, options);
  const { games } = (await Hall.open(plan)).schedule;
  const screen = new Screen(options.json === true ? null : process.stderr);
  const view = new TournamentView(plan, games.length, screen);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  const goOn = `${invocation()} tournament --resume ${folder}`;
  const left = await runTournament(plan, {
    folder,
    workers: options.workers,
    concurrency: options.concurrency,
    pools: Object.fromEntries(options.limit.map(readLimit)),
    spending: spendingOf(options),
    played: (game, before) => view.take(game, before),
    signal: stop.signal,
  }).catch((thrown: unknown) => {
    view.end();
    const cut = cutBy(thrown);
    throw cut === null ? thrown : cutShort(cut, `${games.length - view.standings.count} games`, goOn);
  });
  process.off('SIGINT', interrupt);
  view.end();
  if (left > 0) throw new Interrupted(`Stopped with ${left} games left. Go on:  ${goOn}`);
  tell(plan, folder, view, options);
}

async function planAndFolder(
  what: string | undefined,
  options: Options,
): Promise<{ plan: TournamentPlan; folder: string }> {
  if (options.resume !== undefined) {
    if (what !== undefined) throw new UserError('--resume goes on with the plan of its folder; name no other');
    return { plan: new TournamentFolder(options.resume).read(), folder: options.resume };
  }
  if (what === undefined) throw new UserError('name an environment or a plan file, or a folder with --resume');
  const plan = await planOf(what, options, new Catalogue());
  const folder = options.out ?? join('runs', `tournament-${plan.seed.replace(/[^\w.-]+/g, '_')}`);
  return { plan, folder };
}

function readLimit(text: string): [string, number] {
  const [, pool, count] = /^(.+)=(\d+)$/.exec(text) ?? [];
  if (pool === undefined || Number(count) < 1) {
    throw new UserError(`--limit takes a provider and a number, as in --limit openai=8, got "${text}"`);
  }
  return [pool, Number(count)];
}

function tell(plan: TournamentPlan, folder: string, view: TournamentView, { json }: Options): void {
  const ratings = view.standings.ratings();
  const rows = view.standings.rows(ratings);
  const notes = ratingNotes(ratings);
  if (json === true) {
    const { count } = view.standings;
    const result = { folder, seed: plan.seed, games: count, apart: ratings.apart, standings: rows.map(standingJson) };
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const paper = paperOf();
  paper.write([
    ...standingLines(rows, paper),
    ...notes.map((note) => `  ${note}`),
    '',
    `  ${view.standings.count} games, seed ${plan.seed}.`,
    `  Records: ${folder}  (${invocation()} ratings ${folder} tells more)`,
  ]);
}
