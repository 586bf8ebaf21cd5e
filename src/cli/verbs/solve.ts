import type { Command } from 'commander';
import { solver } from '../../../policies/found.js';
import type { Game } from '../../../policies/solver.js';
import { Catalogue } from '../../core/catalogue.js';
import { readAssignment, readFields } from '../../core/config.js';
import { UserError } from '../../core/errors.js';
import type { JsonObject } from '../../core/json.js';
import type { Seed } from '../../core/rng.js';
import { configWords, gainLines, metricsOf } from '../gains.js';
import { type ConfigOptions, configOf, gather, number, oneOf, readSeed, whole, withConfigOptions } from '../options.js';
import { paperOf } from '../paper.js';
import { span } from '../progress.js';
import { Screen } from '../screen.js';
import { invocation } from '../session.js';
import { type OpenedSolving, openSolving, roadOf, type SolvePlan, solvePlan } from '../solve-plan.js';
import { runSolving, type Solved } from '../solving.js';
import { shownGame } from '../tree.js';
import { Unfinished, usualFolder } from '../unfinished.js';

interface Options extends ConfigOptions {
  readonly algorithm?: string;
  readonly road?: string;
  readonly option: readonly string[];
  readonly until?: number;
  readonly iterations?: number;
  readonly histories?: number;
  readonly seed: Seed;
  readonly clock: 'real' | 'fixed';
  readonly out?: string;
  readonly resume?: string;
  readonly checkpoint: number;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  ludus solve leduc-poker
  ludus solve kuhn-poker --preset three --algorithm cfr --iterations 1000
  ludus solve liars-dice --algorithm external-mccfr --until 0.01 --out runs/liar
  ludus solve --resume runs/liar

NashConv is the sum over seats of what each could gain by its best response to the others, in returns:
0 at a Nash equilibrium. With two seats and a constant sum, every algorithm here drives it to 0; else none is bound to.
A solve that was stopped, even by kill -9, goes on with --resume from its last checkpoint, to the same result.`;

/** NashConv to reach where nothing else is said. */
const UNTIL = 1e-3;
/** What is tried when no algorithm is named: the first that takes the game. */
const USUAL = ['cfr+', 'cfr'];

export function register(program: Command): void {
  withConfigOptions(program.command('solve').argument('[env]', 'environment, as ludus list shows it'))
    .description('compute an equilibrium of a small enough game and save it as a policy')
    .option(
      '--algorithm <id>',
      `an algorithm, or a file whose default export is one (${USUAL.join(', where it takes the game, else ')})`,
    )
    .option('--road <name>', 'the way it runs: flat, or a faster one where the game allows it')
    .option('--option <key=value>', 'an option of the algorithm; may be repeated', gather, [])
    .option('--until <nashconv>', `stop once NashConv is at or below this, in returns (${UNTIL})`, number('--until', 0))
    .option('--iterations <n>', 'stop after so many iterations', whole('--iterations', 1))
    .option('--histories <n>', 'the most histories to compile', whole('--histories', 1))
    .option('--seed <seed>', 'of what the algorithm samples', readSeed, '0')
    .option('--clock <real|fixed>', 'fixed leaves all times out', oneOf('--clock', ['real', 'fixed']), 'real')
    .option('--out <folder>', 'folder of the policy (runs/<env>/<algorithm>)')
    .option('--resume <folder>', 'go on with a solve that was stopped, named by the policy it was to be')
    .option('--checkpoint <seconds>', 'time between checkpoints', number('--checkpoint', 0), 10)
    .option('--json', 'only the result, as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(id: string | undefined, options: Options): Promise<void> {
  const screen = new Screen(options.json === true ? null : process.stderr);
  const { opened, work } =
    options.resume === undefined ? await begun(id, options, screen) : await resumed(options, screen);
  const solved = await runSolving(opened, work, screen, options.checkpoint);
  if (options.json === true) process.stdout.write(`${JSON.stringify(resultJson(solved))}\n`);
  else process.stdout.write(`${resultLines(solved).join('\n')}\n`);
}

type Work = { readonly opened: OpenedSolving; readonly work: Unfinished<SolvePlan> };

async function resumed({ resume = '', until, iterations }: Options, screen: Screen): Promise<Work> {
  const work = new Unfinished('solve', resume, solvePlan);
  const plan = {
    ...work.plan(),
    ...(until === undefined ? {} : { until }),
    ...(iterations === undefined ? {} : { iterations }),
  };
  const catalogue = new Catalogue();
  const environment = await catalogue.environment(plan.environment);
  const game = shownGame(environment, plan.config, { catalogue, screen, limit: plan.histories ?? undefined });
  return { opened: await openSolving(plan, game), work };
}

async function begun(id: string | undefined, options: Options, screen: Screen): Promise<Work> {
  if (id === undefined) throw new UserError('name an environment (ludus list shows all), or a policy with --resume');
  const catalogue = new Catalogue();
  const environment = await catalogue.environment(id);
  const config = configOf(environment, options);
  const game = shownGame(environment, config, { catalogue, screen, limit: options.histories });
  const algorithms = options.algorithm === undefined ? USUAL : [options.algorithm];
  const opened = await firstThatTakes(game, algorithms, (algorithm) => planOf(algorithm, game, options));
  const out = options.out ?? usualFolder(environment, config, opened.solver.id, options);
  const work = new Unfinished('solve', out, solvePlan);
  work.begin(opened.plan);
  return { opened, work };
}

/** The first of a few algorithms that takes the game. @throws UserError what the last one said */
async function firstThatTakes(
  game: Game,
  algorithms: readonly string[],
  planOf: (algorithm: string) => Promise<SolvePlan>,
): Promise<OpenedSolving> {
  const [first = '', ...others] = algorithms;
  const plan = await planOf(first);
  try {
    return await openSolving(plan, game);
  } catch (error) {
    if (!(error instanceof UserError) || others.length === 0) throw error;
    return firstThatTakes(game, others, planOf);
  }
}

async function planOf(algorithm: string, { environment, config }: Game, options: Options): Promise<SolvePlan> {
  const found = await solver(algorithm);
  const road = options.road ?? Object.keys(found.roads)[0] ?? '';
  roadOf(found, road);
  return {
    ludus: 1,
    environment: environment.spec.id,
    version: environment.spec.version,
    config,
    algorithm,
    road,
    options: readFields(found.options, Object.fromEntries(options.option.map(readAssignment)), 'option'),
    seed: String(options.seed),
    until: options.until ?? UNTIL,
    iterations: options.iterations ?? null,
    histories: options.histories ?? null,
    clock: options.clock,
  };
}

function resultLines(solved: Solved): string[] {
  const { plan, environment, exploited, tree, iterations, seconds, out } = solved;
  const paper = paperOf();
  const took = seconds === null ? '' : ` in ${seconds < 10 ? `${seconds.toFixed(2)} s` : span(seconds)}`;
  const missed = solved.stopped === 'reached' ? '' : `, before NashConv came down to ${plan.until}`;
  const graded = exploited === null || tree === null ? [] : gainLines(exploited, tree, paper);
  const played = `${plan.environment}${configWords(environment, plan.config)} --agents policy:${out}`;
  return [
    `${plan.environment}: ${solved.solver.title}, ${iterations.toLocaleString('en')} iterations${took}${missed}`,
    ...graded,
    '',
    `  Policy: ${out}`,
    paper.ink('dim', `  Check it:  ${invocation()} exploit ${out}`),
    paper.ink('dim', `  Play it:   ${invocation()} play ${played}`),
  ];
}

function resultJson(solved: Solved): JsonObject {
  const { plan, stopped, iterations, exploited, tree, seconds, out } = solved;
  return {
    policy: out,
    environment: { id: plan.environment, version: plan.version, config: plan.config },
    algorithm: { id: solved.solver.id, road: plan.road, options: plan.options, seed: plan.seed },
    reached: stopped === 'reached',
    iterations,
    ...metricsOf(exploited),
    seconds,
    histories: tree?.size ?? null,
    informationStates: tree?.states.count ?? null,
  };
}
