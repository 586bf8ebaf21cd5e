import type { Command } from 'commander';
import { gather, number, whole } from '../options.js';
import type { ServeOptions } from '../serving.js';
import type { Opened } from '../serving-worker.js';

const EXAMPLES = `
Examples:
  ludus serve
  ludus serve --port 9000 --memory --agent scripted --agent careful=mcts:2000
  ludus serve --host 0.0.0.0 --origin https://games.example --trust-proxy
  PGPASSWORD=... ludus serve --database postgres://ludus@db.example/games

Games are kept in runs/server and go on where they were when it is started again. docs/server.md tells more.`;

export function register(program: Command): void {
  program
    .command('serve')
    .description('open tables for people and agents, with a page to play on')
    .option('--port <n>', 'port to listen on; 0 takes any that is free', whole('--port', 0, 65_535), 8000)
    .option('--host <address>', 'address to listen on; 0.0.0.0 lets everybody in who can reach it', '127.0.0.1')
    .option('--origin <url>', "where pages may come from besides the server's own address; may be repeated", gather, [])
    .option('--data <folder>', 'where games are kept', 'runs/server')
    .option('--database <url>', 'a PostgreSQL database to keep games in instead, as in postgres://user@host/name')
    .option('--memory', 'keep nothing when it stops')
    .option('--sync', 'wait for the disk at each move, so that none is lost with the power either')
    .option(
      '--agent <name=spec>',
      'an agent people may seat; may be repeated. Without any: those of this package that need no network and no file',
      gather,
      [],
    )
    .option('--environments <a,b>', 'games to offer (all)')
    .option('--records <path>', 'records to be looked at besides those of its own games; may be repeated', gather, [])
    .option(
      '--pace <ms>',
      'the least time an agent takes for a move where people play',
      whole('--pace', 0, 60_000),
      700,
    )
    .option(
      '--agent-time <seconds>',
      'the most an agent has for a turn, whatever the clock (60)',
      number('--agent-time', 0.1),
    )
    .option('--limit <name=n>', 'a limit of docs/server.md, as in matches=500; may be repeated', gather, [])
    .option('--idle <hours>', 'let go of games in which nothing happens for so long', number('--idle', 0.01))
    .option('--trust-proxy', 'believe what a proxy before it says of who asks')
    .option('--metrics', 'figures for Prometheus at /metrics')
    .option('--operator-token-env <name>', 'variable that holds the token with which the operator sees all')
    .option(
      '--door <protocol>',
      'let programs elsewhere play by a protocol they speak, at the path of its name; may be repeated. docs/doors.md lists them',
      gather,
      [],
    )
    .option('--door-key-env <name>', 'variable that holds the key that clients of a door must show')
    .option('--sessions <n>', 'most sessions that are open at each door (4096)', whole('--sessions', 1, 1_000_000))
    .option('--session-idle <minutes>', 'close sessions nobody uses for so long (60)', number('--session-idle', 0.01))
    .option(
      '--call-time <seconds>',
      'time for each question of an environment to the outside (60)',
      number('--call-time', 0.1),
    )
    .option('--json', 'when it is ready, one JSON object with its url')
    .addHelpText('after', EXAMPLES)
    .action(serve);
}

/** NOTE: loaded when it is used: the other verbs and their help need nothing of it. */
async function serve(options: ServeOptions): Promise<void> {
  const { openInThread } = await import('../serving-thread.js');
  const server = await openInThread(options);
  // NOTE: heard from now on, because whoever reads that it is ready may stop it at once.
  const stop = stopped();
  process.stdout.write(options.json === true ? `${JSON.stringify(readyJson(server))}\n` : ready(server, options));
  await stop;
  if (options.json !== true)
    process.stdout.write(`\nStopped.${options.memory === true ? '' : ' Games go on when it is started again.'}\n`);
  await server.close();
}

function readyJson({ url, resumed, kept }: Opened): object {
  return { url, resumed, kept: kept.length };
}

function ready({ url, resumed, kept }: Opened, { host }: ServeOptions): string {
  const open = ['127.0.0.1', '::1', 'localhost'].includes(host)
    ? ''
    : `Whoever can reach ${host} can play; put a proxy with TLS before it on the open internet.\n`;
  const going = resumed === 0 ? '' : `${resumed === 1 ? 'One game goes' : `${resumed} games go`} on where it was.\n`;
  return `Ludus serves at ${url}\n${open}${going}${keptAside(kept)}Ctrl-C stops it.\n`;
}

/** NOTE: by reason and without their ids: whoever knows the id of a match can sit down at it. */
function keptAside(kept: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of kept) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const lines = [...counts].map(
    ([reason, count]) =>
      `${count === 1 ? 'One game is' : `${count} games are`} kept and cannot go on here: ${reason}.\n`,
  );
  return lines.join('');
}

/** Resolves at the first signal to stop; a second one stops at once. */
export function stopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
