import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { Catalogue, environmentAt } from '../../core/catalogue.js';
import type { Environment } from '../../core/environment.js';
import { UserError } from '../../core/errors.js';
import type { Json } from '../../core/json.js';
import { writeGolden } from '../../laws/golden.js';
import { describeFailure, type LawReport } from '../../laws/report.js';
import { runLaws } from '../../laws/run.js';
import { EXIT } from '../exit.js';
import { whole } from '../options.js';
import { type Paper, paperOf } from '../paper.js';
import { sheet } from '../sheet.js';

interface Options {
  readonly seeds?: number;
  readonly golden?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  ludus check my-envs/nim
  ludus check my-envs/nim --golden
  ludus check my-envs/nim --json
  ludus check boardgame:./games/three-in-a-row.js

The laws are what every environment must keep: same seed and moves give the same bytes, secrets stay
secret, every move that is offered can be played, and so on. A breach says where it was met.`;

export function register(program: Command): void {
  program
    .command('check')
    .argument('<folder>', "an environment's folder, with its index.ts or index.js, or one of a family by its id")
    .description('run the laws on an environment of your own')
    .option('--seeds <n>', 'episodes a configuration is tried with, at most (40)', whole('--seeds', 1, 100_000))
    .option('--golden', 'first write golden.txt, unless there is one of the same version')
    .option('--json', 'as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(checkFolder);
}

async function checkFolder(given: string, { seeds, golden, json }: Options): Promise<void> {
  const { folder, environment } = await subjectOf(given);
  if (golden === true) writeGolden(environment, folder ?? noFolder(given));
  const own = folder === null ? {} : { folder };
  const reports = await runLaws(environment, { ...own, ...(seeds === undefined ? {} : { seeds }) });
  const broken = reports.some(({ failures }) => failures.length > 0);
  if (json === true) process.stdout.write(`${JSON.stringify(reportOf(environment, reports, !broken))}\n`);
  else paperOf().write(checkLines(environment, reports, paperOf()));
  if (broken) process.exitCode = EXIT.failed;
}

type Given = { readonly folder: string | null; readonly environment: Environment };

/** NOTE: what a family makes lies in no folder of its own, so nothing is looked for beside its rules. */
async function subjectOf(given: string): Promise<Given> {
  if (!existsSync(given) && given.includes(':')) {
    return { folder: null, environment: await new Catalogue().environment(given) };
  }
  const { entry, environment } = await environmentAt(given);
  return { folder: entry.folder, environment };
}

function noFolder(given: string): never {
  throw new UserError(`${given} has no folder of its own in which a golden.txt could lie; leave --golden out`);
}

function reportOf({ spec }: Environment, laws: readonly LawReport[], good: boolean): Json {
  return { environment: spec.id, version: spec.version, good, laws: laws as unknown as Json };
}

function checkLines({ spec }: Environment, reports: readonly LawReport[], { ink, width }: Paper): string[] {
  const rows = reports.map(({ law, title, cases, note, skipped, failures }) => [
    law,
    title,
    skipped === undefined ? `${cases} ${note ?? 'cases'}` : `skipped: ${skipped}`,
    failures.length === 0 ? (skipped === undefined ? 'kept' : '') : `broken, ${failures.length} found`,
  ]);
  const found = reports.flatMap(({ law, failures }) =>
    failures.flatMap((failure) => ['', `${ink('red', `law ${law}`)} ${describeFailure(failure)}`]),
  );
  const broken = reports.filter(({ failures }) => failures.length > 0).length;
  const verdict =
    broken === 0 ? ink('green', 'All laws are kept.') : ink('red', `${broken} of ${reports.length} laws are broken.`);
  return [
    '',
    `${ink('bold', spec.title)}  ${ink('dim', `${spec.id} ${spec.version}`)}`,
    '',
    ...sheet(['law', 'says', 'tried', ''], rows, width, ink),
    ...found,
    '',
    verdict,
  ];
}
