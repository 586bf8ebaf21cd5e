#!/usr/bin/env node
import { readdirSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { EXIT_HELP, endQuietly, explain } from './exit.js';
import { version } from './version.js';

/** NOTE: the same code runs as TypeScript while developing and as JavaScript when built. */
const ENDING = extname(fileURLToPath(import.meta.url));
const VERBS = new URL('./verbs/', import.meta.url);

/** A verb: a module of `verbs/`, named as it is typed, that adds its own command. */
interface Verb {
  register(program: Command): void;
}

endQuietly(process.stdout);
endQuietly(process.stderr);
process.on('uncaughtException', (thrown) => process.exit(explain(thrown)));

try {
  const program = await commandLine(process.argv[2]);
  await program.parseAsync();
} catch (thrown) {
  process.exit(explain(thrown));
}

/** NOTE: only the verb that was typed is loaded, which saves the others' start-up time. */
async function commandLine(typed: string | undefined): Promise<Command> {
  const program = new Command('ludus')
    .description('A gym for language agents: play, watch, record and replay games and tasks.')
    .version(version())
    .option('--trace', 'show where an error came from (also LUDUS_TRACE=1)')
    .showHelpAfterError('(--help shows what can be asked)')
    .addHelpText(
      'after',
      `\n${EXIT_HELP}\n\nExamples:\n  ludus list\n  ludus match tic-tac-toe --seed 7\n  ludus play kuhn-poker`,
    )
    .exitOverride();
  const verbs = readdirSync(VERBS)
    .filter((file) => extname(file) === ENDING && !file.endsWith('.d.ts'))
    .map((file) => basename(file, ENDING));
  for (const verb of typed !== undefined && verbs.includes(typed) ? [typed] : verbs) {
    const module = (await import(new URL(`${verb}${ENDING}`, VERBS).href)) as Verb;
    module.register(program);
  }
  return program;
}
