import { CommanderError } from 'commander';
import { messageOf, UserError } from '../core/errors.js';

/** What the process says to the shell. Listed in `ludus --help` and docs/cli.md. */
export const EXIT = { good: 0, failed: 1, usage: 2, internal: 70, interrupted: 130 } as const;

export const EXIT_HELP = `Exit codes:
  0    good
  1    a check failed (verify, check)
  2    the command was not understood, or asks for what is not there
  70   an error of Ludus itself; run again with --trace
  130  interrupted (Ctrl-C), or stopped by a budget`;

/** The person stopped it, or the budget that the person set. The message says what is kept and how to go on. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Says what went wrong in one message, and gives the exit code. A stack trace only when it was asked for. */
export function explain(thrown: unknown): number {
  if (process.argv.includes('--trace') || process.env.LUDUS_TRACE === '1') {
    process.stderr.write(`${thrown instanceof Error ? thrown.stack : String(thrown)}\n`);
    return codeOf(thrown);
  }
  const message = messageOf(thrown);
  // NOTE: the parser of the command line has written its own message and the help already.
  if (!(thrown instanceof CommanderError)) process.stderr.write(`${prefixOf(thrown)}${message}\n`);
  if (codeOf(thrown) === EXIT.internal)
    process.stderr.write('This is not your mistake; run again with --trace to see where.\n');
  return codeOf(thrown);
}

function codeOf(thrown: unknown): number {
  if (thrown instanceof Interrupted) return EXIT.interrupted;
  if (thrown instanceof UserError) return EXIT.usage;
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.good : EXIT.usage;
  return EXIT.internal;
}

function prefixOf(thrown: unknown): string {
  return thrown instanceof Interrupted ? '' : 'ludus: ';
}

/** A reader that has seen enough (`| head`) is no error. */
export function endQuietly(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.good);
    throw error;
  });
}
