import type { Command } from 'commander';
import { readJournal } from '../../../replays/journal.js';
import { resumeTable } from '../../../replays/session.js';
import { Catalogue } from '../../core/catalogue.js';
import { UserError } from '../../core/errors.js';
import { configOf, inSeats, openTable, type TableOptions, withTableOptions } from '../options.js';
import { freshFile, type OutputOptions, runSession } from '../session.js';

type Options = TableOptions & OutputOptions & { readonly out: string; readonly resume?: string };

/** Who plays for the person at the keyboard. */
const PERSON = 'human';
const ENDING = '.journal';

const EXAMPLES = `
Examples:
  ludus play tic-tac-toe
  ludus play kuhn-poker --preset three --seat 2
  ludus play tic-tac-toe --seat 1 --agents random
  ludus play --resume runs/tic-tac-toe/seed-7.jsonl.journal

You answer by number or by words; ? shows the rules. You are shown what your seat may know, and the
whole story after the end. Ctrl-C or Ctrl-D stops and keeps the game.`;

export function register(program: Command): void {
  withTableOptions(program.command('play').argument('[env]', 'environment, as ludus list shows it'))
    .description('sit down yourself, against agents')
    .option('--resume <journal>', 'go on with a game that was stopped')
    .option('--out <folder>', 'folder for records', 'runs')
    .option('--quiet', 'no story after the end, only the result')
    .option('--json', 'only the result, as one JSON object; the game is played on standard error')
    .addHelpText('after', EXAMPLES)
    .action(play);
}

async function play(id: string | undefined, options: Options): Promise<void> {
  if (options.resume !== undefined) return resume(options.resume, options);
  if (id === undefined) throw new UserError('name an environment (ludus list shows all), or a journal with --resume');
  const catalogue = new Catalogue();
  const environment = await catalogue.environment(id);
  const { seats } = environment.spec.facts(configOf(environment, options));
  const { table, specs } = await openTable(catalogue, environment, { ...options, seat: sitDown(options.seat, seats) });
  const file = freshFile(options.out, id, table.seed);
  const started = options.clock === 'fixed' ? {} : { started: new Date().toISOString() };
  await runSession({ table, specs, file, ...started }, options);
}

/** `--seat 2` alone is where the person sits; without one, seat 0 unless somebody was put there. */
function sitDown(given: readonly string[], seats: number): string[] {
  const own = given.filter((text) => /^\d+$/.test(text)).map((text) => inSeats(Number(text), seats));
  const others = given.filter((text) => !/^\d+$/.test(text));
  if (own.length === 0 && others.some((text) => isPerson(text.split('=')[1]))) return [...given];
  const sits = own.length > 0 ? own : [0];
  return [...others, ...sits.map((seat) => `${seat}=${PERSON}`)];
}

/** Whether an agent is the person at the keyboard, under whatever pseudonym. */
function isPerson(agent = ''): boolean {
  return agent.trim().split(':')[0] === PERSON;
}

async function resume(journal: string, output: OutputOptions): Promise<void> {
  if (!journal.endsWith(ENDING))
    throw new UserError(`--resume takes a journal, a file that ends in ${ENDING}, got "${journal}"`);
  const unfinished = readJournal(journal);
  if (unfinished === null) throw new UserError(`${journal} holds no game`);
  const catalogue = new Catalogue();
  const { header, specs } = unfinished;
  const environment = await catalogue.environment(header.environment.id);
  const agents = await Promise.all(specs.map((spec) => catalogue.agent(spec)));
  const clock = header.started === undefined ? {} : { clock: Date.now };
  const table = { ...resumeTable(unfinished, environment, agents), ...clock };
  const started = header.started === undefined ? {} : { started: header.started };
  const parent = header.parent === undefined ? {} : { parent: header.parent };
  const consent = header.consent === undefined ? {} : { consent: header.consent };
  await runSession({ table, specs, file: journal.slice(0, -ENDING.length), ...started, ...parent, ...consent }, output);
}
