import type { Command } from 'commander';
import { gamesToTell, pairsToTell } from '../../arena/ratings/planner.js';
import { gamesAt } from '../../arena/report/source.js';
import { type ReportOptions, ratingReport } from '../../arena/tournament/report.js';
import { UserError } from '../../core/errors.js';
import { oneOf, whole } from '../options.js';
import { paperOf } from '../paper.js';
import { reportLines } from '../rating-lines.js';

interface Options {
  readonly plan?: readonly string[];
  readonly correlation?: string;
  readonly anchor?: string;
  readonly forfeits?: boolean;
  readonly valid?: boolean;
  readonly resample: 'blocks' | 'games';
  readonly replicates: number;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  ludus ratings runs/cup
  ludus ratings runs/cup --anchor random=0 --json
  ludus ratings --plan .73 .69

Ratings are Bradley-Terry on the Elo scale: 400 points are odds of 10 to 1, and 0 is the middle of
the field unless an anchor is pinned. Intervals are bootstrapped over blocks of the same deal.`;

export function register(program: Command): void {
  program
    .command('ratings')
    .argument('[path]', 'folder of a tournament, finished or not, or any records')
    .description('tell how good the agents are, and how sure that is')
    .option('--plan <rates...>', 'how many games tell two win rates apart, as in --plan .73 .69')
    .option('--correlation <r>', 'with --plan: of the results of two agents in the same deal')
    .option('--anchor <name=points>', 'pin the rating of one agent')
    .option('--forfeits', 'rate forfeits as losses instead of counting them apart')
    .option('--valid', 'leave out games with a substituted move')
    .option(
      '--resample <blocks|games>',
      'what intervals draw anew (blocks)',
      oneOf('--resample', ['blocks', 'games']),
      'blocks',
    )
    .option('--replicates <n>', 'of the bootstrap', whole('--replicates', 0, 100_000), 1000)
    .option('--json', 'only the result, as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(path: string | undefined, options: Options): Promise<void> {
  if (options.plan !== undefined) plan(options.plan, options);
  else if (path === undefined)
    throw new UserError('name the folder of a tournament or records, or two win rates with --plan');
  if (path === undefined) return;
  const { field, games } = await gamesAt(path);
  const names = field.agents.map(({ name }) => name);
  const report = ratingReport(games, field, reportOptions(options, names));
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ folder: path, games: games.length, ...report })}\n`);
  else {
    const paper = paperOf();
    paper.write(reportLines(report, paper));
  }
}

function reportOptions(options: Options, names: readonly string[]): ReportOptions {
  return {
    resample: options.resample,
    replicates: options.replicates,
    forfeits: options.forfeits === true,
    invalid: options.valid !== true,
    ...(options.anchor === undefined ? {} : { anchor: readAnchor(options.anchor, names) }),
  };
}

function readAnchor(text: string, names: readonly string[]): { agent: string; rating: number } {
  const at = text.lastIndexOf('=');
  const [agent, rating] = [text.slice(0, at), Number(text.slice(at + 1))];
  if (at > 0 && names.includes(agent) && Number.isFinite(rating)) return { agent, rating };
  throw new UserError(`--anchor takes one of ${names.join(', ')} and its points, as in ${names[0]}=0, got "${text}"`);
}

function plan(rates: readonly string[], { correlation, json }: Options): void {
  const [one, other, ...rest] = rates.map(Number);
  if (one === undefined || other === undefined || rest.length > 0) {
    throw new UserError(`--plan takes two win rates, as in --plan .73 .69, got ${rates.join(' ')}`);
  }
  const games = gamesToTell(one, other);
  const pairs = correlation === undefined ? null : pairsToTell(one, other, Number(correlation));
  if (json === true) {
    process.stdout.write(`${JSON.stringify({ one, other, games, pairs, power: 0.8, alpha: 0.05 })}\n`);
    return;
  }
  const paired =
    pairs === null ? '' : `\nIn the same deals, of results with correlation ${correlation}: ${pairs} deals each.`;
  process.stdout.write(
    `To tell ${one} from ${other} you need ${games} games each (power 80 %, two-sided 5 %).${paired}\n`,
  );
}
