import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../core/errors.js';
import { type ServeOptions, serverOf } from './serving.js';

/** What there is to say of a server that is open. */
export interface Opened {
  readonly url: string;
  /** How many games of an earlier process go on. */
  readonly resumed: number;
  /** Why games are kept and cannot go on here, one reason for each. */
  readonly kept: readonly string[];
}

/** What the thread tells: first that it is open, or why what was asked for cannot be; at last that it has closed. */
export type FromServer = { readonly opened: Opened } | { readonly refused: string } | { readonly closed: true };

const { options } = workerData as { readonly options: ServeOptions };

try {
  const { url, resumed, hall, close } = await serverOf(options, (line) => process.stderr.write(`${line}\n`));
  // NOTE: whoever listens keeps the thread, so that the threads of its agents end with the process and not before.
  parentPort?.on('message', () => void close().then(() => say({ closed: true })));
  say({ opened: { url, resumed, kept: [...hall.kept.values()] } });
} catch (thrown) {
  if (!(thrown instanceof UserError)) throw thrown;
  say({ refused: thrown.message });
}

function say(message: FromServer): void {
  parentPort?.postMessage(message);
}
