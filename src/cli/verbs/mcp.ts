import type { Command } from 'commander';
import { gather, number, whole } from '../options.js';
import type { McpOptions } from '../playing-by-mcp.js';

const EXAMPLES = `
Examples:
  ludus mcp
  ludus mcp --environments calculator,kuhn-poker --agent scripted

An assistant starts it by itself, as its settings say; most take this form:
  { "mcpServers": { "ludus": { "command": "ludus", "args": ["mcp"] } } }

Standard output carries the protocol and nothing else. ludus serve --door mcp offers the same over HTTP.`;

export function register(program: Command): void {
  program
    .command('mcp')
    .description('let an assistant play and solve, by the Model Context Protocol on standard input and output')
    .option('--environments <a,b>', 'games and tasks to offer (all)')
    .option(
      '--agent <name=spec>',
      'an agent that plays the other seats; may be repeated. Without any: those of this package that need no network and no file',
      gather,
      [],
    )
    .option('--sessions <n>', 'most episodes that are open (64)', whole('--sessions', 1, 1_000_000), 64)
    .option(
      '--call-time <seconds>',
      'time for each question of an environment to the outside',
      number('--call-time', 0.1),
      60,
    )
    .option('--records <file>', 'a file that records of finished episodes are added to')
    .addHelpText('after', EXAMPLES)
    .action(mcp);
}

/** NOTE: loaded when it is used: the other verbs and their help need nothing of it. */
async function mcp(options: McpOptions): Promise<void> {
  const { playByMcp } = await import('../playing-by-mcp.js');
  await playByMcp(options, process.stdin, process.stdout);
}
