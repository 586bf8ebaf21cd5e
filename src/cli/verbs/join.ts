import type { Command } from 'commander';
import type { JoinOptions } from '../joining.js';
import { whole } from '../options.js';

const EXAMPLES = `
Examples:
  ludus join http://localhost:8000/#/table/tic-tac-toe/7Jm2b0YdLkq3 --agent mcts
  ludus join http://localhost:8000/#/table/werewolf/7Jm2b0YdLkq3 --agent scripted --seat 2 --name Fox

The link is the one that the page shows for the match. The agent is told what a person in its seat sees. Stopped and
started again in the same folder, it goes on in its seat: the seat's token is kept in runs/seats until the game is over.`;

export function register(program: Command): void {
  program
    .command('join')
    .argument('<link>', 'the link of a match on a server')
    .description('let an agent of this machine play at a table of a server')
    .requiredOption('--agent <spec>', 'the agent, as ludus list shows it')
    .option(
      '--seat <n>',
      'the seat to take; its own from before, or the first that is free, when left out',
      whole('--seat', 0),
    )
    .option('--name <name>', "what the others read; the agent's spec when left out")
    .option('--seed <seed>', 'what the agent draws from; drawn when left out')
    .option('--quiet', 'no story, only the result')
    .option('--json', 'only the result, as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(join);
}

/** NOTE: loaded when it is used: the other verbs and their help need nothing of it. */
async function join(link: string, options: JoinOptions): Promise<void> {
  const { joinTable } = await import('../joining.js');
  await joinTable(link, options);
}
