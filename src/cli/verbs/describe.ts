import type { Command } from 'commander';
import { wrap } from '../../../agents/terminal/ink.js';
import { cardTables } from '../../core/card.js';
import { Catalogue } from '../../core/catalogue.js';
import { configSchema } from '../../core/config.js';
import { type Environment, weightsOf } from '../../core/environment.js';
import type { Json, JsonObject } from '../../core/json.js';
import { markdownLines } from '../markdown.js';
import { type ConfigOptions, configOf, withConfigOptions } from '../options.js';
import { type Paper, paperOf, ruleLine } from '../paper.js';
import { sheet } from '../sheet.js';
import { sizesText } from '../task-files.js';

type Options = ConfigOptions & { readonly json?: boolean };

const EXAMPLES = `
Examples:
  ludus describe kuhn-poker
  ludus describe kuhn-poker --preset three
  ludus describe kuhn-poker --config players=3 --json`;

const GENERATED = /<!-- generated -->[\s\S]*?<!-- \/generated -->/;

export function register(program: Command): void {
  withConfigOptions(program.command('describe').argument('<env>', 'environment, as ludus list shows it'))
    .description('tell all about an environment: its card, and its rules under a configuration')
    .option('--json', 'as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(describe);
}

async function describe(id: string, options: Options): Promise<void> {
  const catalogue = new Catalogue();
  const environment = await catalogue.environment(id);
  const config = configOf(environment, options);
  const card = catalogue.card(id);
  if (options.json === true) process.stdout.write(`${JSON.stringify(descriptionOf(environment, config, card))}\n`);
  else paperOf().write(descriptionLines(environment, config, card, paperOf()));
}

function descriptionOf({ spec, scripted, tasks }: Environment, config: JsonObject, card: string | null): JsonObject {
  const { id, title, version, summary, rewards, events } = spec;
  return {
    id,
    title,
    version,
    summary,
    config,
    facts: spec.facts(config) as unknown as Json,
    rules: spec.rules(config),
    rewards: rewards as unknown as Json,
    weights: weightsOf(spec, config),
    events: events as unknown as Json,
    schema: configSchema(spec),
    presets: (spec.presets ?? {}) as unknown as Json,
    styles: scripted?.styles ?? {},
    tasks: tasks?.sizes ?? null,
    card,
  };
}

function descriptionLines(environment: Environment, config: JsonObject, card: string | null, paper: Paper): string[] {
  const { spec } = environment;
  const { ink, width } = paper;
  const tables = [...playedLines(environment, config, paper), ...markdownLines(cardTables(environment), width, ink)];
  const head = ['', `${ink('bold', spec.title)}  ${ink('dim', `${spec.id} ${spec.version}`)}`, `  ${spec.summary}`];
  if (card === null) return [...head, ...tables];
  const [before = '', after = ''] = card.replace(/^# .*\n/, '').split(GENERATED);
  return [...head, ...markdownLines(before, width, ink), ...tables, ...markdownLines(after, width, ink)];
}

/** What this very configuration plays: its facts, and the rules as a seat reads them. */
function playedLines({ spec, scripted, tasks }: Environment, config: JsonObject, paper: Paper): string[] {
  const { ink, width } = paper;
  const { seats, information, chance, calls, dynamics, utility, horizon } = spec.facts(config);
  const facts = [
    ['seats', seats],
    ['information', information],
    ['moves', dynamics],
    ['chance', chance],
    ['outside calls', calls ? 'yes' : 'no'],
    ['returns', `${utility.kind}, ${utility.min} to ${utility.max}`],
    ['at most', `${horizon} steps`],
    ...(tasks === undefined ? [] : [['tasks', sizesText(tasks.sizes)]]),
    ...Object.entries(scripted?.styles ?? {}).map(([style, says]) => [`scripted:${style}`, says]),
    ['configuration', JSON.stringify(config)],
  ];
  return [
    '',
    ruleLine(paper, 'As played under this configuration'),
    '',
    ...sheet(['', ''], facts, width, ink).slice(1),
    '',
    ink('bold', 'Rules'),
    ...wrap(spec.rules(config), width - 2).map((line) => `  ${line}`),
    '',
    ruleLine(paper, 'In every configuration'),
  ];
}
