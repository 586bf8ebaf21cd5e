import type { Command } from 'commander';
import { learner } from '../../../policies/found.js';
import type { Learner } from '../../../policies/learner.js';
import type { Game } from '../../../policies/solver.js';
import { Catalogue } from '../../core/catalogue.js';
import { readAssignment, readFields } from '../../core/config.js';
import { suggestion, UserError } from '../../core/errors.js';
import type { Json, JsonObject } from '../../core/json.js';
import type { Seed } from '../../core/rng.js';
import { configWords, gainLines } from '../gains.js';
import { type ConfigOptions, configOf, gather, number, oneOf, readSeed, whole, withConfigOptions } from '../options.js';
import { paperOf } from '../paper.js';
import { span } from '../progress.js';
import { Screen } from '../screen.js';
import { invocation } from '../session.js';
import {
  type OpenedTraining,
  openTraining,
  runTraining,
  type Trained,
  type TrainPlan,
  trainPlan,
} from '../training.js';
import { shownGame } from '../tree.js';
import { Unfinished, usualFolder } from '../unfinished.js';

interface Options extends ConfigOptions {
  readonly settings?: string;
  readonly option: readonly string[];
  readonly iterations?: number;
  readonly seed: Seed;
  readonly clock: 'real' | 'fixed';
  readonly out?: string;
  readonly resume?: string;
  readonly checkpoint: number;
  readonly exploit?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  ludus train deep-cfr leduc-poker --iterations 120 --exploit
  ludus train my-learner.ts kuhn-poker --iterations 10 --option rate=0.1
  ludus train --resume runs/leduc-poker/deep-cfr

--preset and --config choose the game, --settings and --option the learner's own options.
Ctrl-C finishes the iteration, saves and stops. Training that was stopped, even by kill -9, goes on with --resume from
its last checkpoint, to the same result.`;

export function register(program: Command): void {
  withConfigOptions(
    program
      .command('train')
      .argument('[learner]', 'a learner, as ludus list shows it, or a file whose default export is one')
      .argument('[env]', 'environment, as ludus list shows it'),
  )
    .description('train a policy by learning and save it')
    .option('--settings <name>', 'a named set of options of the learner')
    .option('--option <key=value>', 'an option of the learner, over them; may be repeated', gather, [])
    .option('--iterations <n>', 'how many iterations', whole('--iterations', 1))
    .option('--seed <seed>', 'of everything that is drawn', readSeed, '0')
    .option('--clock <real|fixed>', 'fixed leaves all times out', oneOf('--clock', ['real', 'fixed']), 'real')
    .option('--out <folder>', 'folder of the policy (runs/<env>/<learner>)')
    .option('--resume <folder>', 'go on with training that was stopped, named by the policy it was to be')
    .option('--checkpoint <seconds>', 'time between checkpoints', number('--checkpoint', 0), 30)
    .option('--exploit', 'measure the policy exactly at the end; for games small enough to compile')
    .option('--json', 'only the result, as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(name: string | undefined, id: string | undefined, options: Options): Promise<void> {
  const screen = new Screen(options.json === true ? null : process.stderr);
  const { opened, work } =
    options.resume === undefined ? await begun(name, id, options, screen) : await resumed(options, screen);
  const { checkpoint, exploit = false } = options;
  const trained = await runTraining(opened, work, screen, { checkpoint, exploit });
  if (options.json === true) process.stdout.write(`${JSON.stringify(resultJson(trained))}\n`);
  else process.stdout.write(`${resultLines(trained, opened.game).join('\n')}\n`);
}

type Work = { readonly opened: OpenedTraining; readonly work: Unfinished<TrainPlan> };

async function resumed({ resume = '', iterations }: Options, screen: Screen): Promise<Work> {
  const work = new Unfinished('train', resume, trainPlan);
  const plan = { ...work.plan(), ...(iterations === undefined ? {} : { iterations }) };
  const catalogue = new Catalogue();
  const environment = await catalogue.environment(plan.environment);
  return { opened: await openTraining(plan, shownGame(environment, plan.config, { catalogue, screen })), work };
}

async function begun(
  name: string | undefined,
  id: string | undefined,
  options: Options,
  screen: Screen,
): Promise<Work> {
  if (name === undefined || id === undefined) {
    throw new UserError('name a learner and an environment (ludus list shows both), or a policy with --resume');
  }
  if (options.iterations === undefined) throw new UserError('say how many iterations with --iterations');
  const found = await learner(name);
  const catalogue = new Catalogue();
  const environment = await catalogue.environment(id);
  const config = configOf(environment, options);
  const plan: TrainPlan = {
    ludus: 1,
    environment: id,
    version: environment.spec.version,
    config,
    learner: name,
    options: optionsOf(found, options),
    seed: String(options.seed),
    iterations: options.iterations,
    clock: options.clock,
  };
  const opened = await openTraining(plan, shownGame(environment, config, { catalogue, screen }));
  const work = new Unfinished('train', options.out ?? usualFolder(environment, config, found.id, options), trainPlan);
  work.begin(plan);
  return { opened, work };
}

/** Options of a learner: its settings, then single ones over them. @throws UserError */
function optionsOf({ id, options: schema, presets = {} }: Learner, { settings, option }: Options): JsonObject {
  if (settings !== undefined && !Object.hasOwn(presets, settings)) {
    throw new UserError(`${id} has no settings "${settings}"; ${suggestion(settings, Object.keys(presets))}`);
  }
  const set: { [key: string]: Json } = Object.fromEntries(option.map(readAssignment));
  const base = settings === undefined ? {} : (presets[settings]?.options ?? {});
  return readFields(schema, { ...base, ...set }, 'option');
}

function resultLines({ plan, learner: found, metrics, exploited, seconds, out }: Trained, game: Game): string[] {
  const paper = paperOf();
  const took = seconds === null ? '' : ` in ${span(seconds)}`;
  const figures = Object.entries(metrics).filter(([, value]) => typeof value === 'number');
  const played = `${plan.environment}${configWords(game.environment, plan.config)} --agents policy:${out}`;
  return [
    `${plan.environment}: ${found.title}, ${plan.iterations} iterations${took}`,
    ...(exploited === null
      ? figures.map(([name, value]) => `  ${name} ${String(value)}`)
      : gainLines(exploited, game.tree(), paper)),
    '',
    `  Policy: ${out}`,
    paper.ink('dim', `  Play it:   ${invocation()} play ${played}`),
  ];
}

function resultJson({ plan, learner: found, metrics, out }: Trained): JsonObject {
  return {
    policy: out,
    environment: { id: plan.environment, version: plan.version, config: plan.config },
    learner: { id: found.id, options: plan.options, seed: plan.seed },
    iterations: plan.iterations,
    ...metrics,
  };
}
