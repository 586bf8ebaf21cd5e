import type { Command } from 'commander';
import { Catalogue } from '../../core/catalogue.js';
import { openTable, type TableOptions, withTableOptions } from '../options.js';
import { freshFile, type OutputOptions, runSession } from '../session.js';

type Options = TableOptions & OutputOptions & { readonly out: string };

const EXAMPLES = `
Examples:
  ludus match tic-tac-toe --seed 7
  ludus match kuhn-poker --preset three --agents scripted,random
  ludus match kuhn-poker --seat 1=random --config players=2 --json

Agents are named as ludus list shows them; without any, each seat gets the environment's own
scripted player, or a random one. The record goes to runs/<env>/seed-<seed>.jsonl.`;

export function register(program: Command): void {
  withTableOptions(program.command('match').argument('<env>', 'environment, as ludus list shows it'))
    .description('play one episode between agents and watch it')
    .option('--out <folder>', 'folder for records', 'runs')
    .option('--quiet', 'no transcript, only the result')
    .option('--json', 'only the result, as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(match);
}

async function match(id: string, options: Options): Promise<void> {
  const catalogue = new Catalogue();
  const environment = await catalogue.environment(id);
  const { table, specs } = await openTable(catalogue, environment, options);
  const file = freshFile(options.out, id, table.seed);
  const started = options.clock === 'fixed' ? {} : { started: new Date().toISOString() };
  await runSession({ table, specs, file, ...started }, options);
}
