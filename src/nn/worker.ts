import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { messageOf, UserError } from '../core/errors.js';

/**
 * Long work in a thread of its own. Such a thread must never be ended from outside while a network runs in it: that
 * aborts the whole process. So it is asked to stop, and it ends by itself.
 */

/** What the default export of a module that `startWork` is given looks like. */
export type Work<Data, Message> = (data: Data, place: WorkPlace<Message>) => Promise<void>;

/** What work is given besides its data. */
export interface WorkPlace<Message> {
  /** Sends something that can be cloned to whoever started the work. */
  send(message: Message): void;
  /** Whether it was asked to stop: looked at between steps, work ends soon after it turns true. */
  stopping(): boolean;
}

/** Work as seen by whoever started it. */
export interface RunningWork {
  /** Resolves when the work has ended, asked or not; rejects with what it threw. */
  readonly ended: Promise<void>;
  /** Asks it to stop and waits until it has ended. */
  stop(): Promise<void>;
}

/** The states of the one number that both sides share. */
export const RUNNING = 0;
export const STOPPING = 1;
export const ENDED = 2;

/** What the thread is given. */
export interface WorkStart {
  readonly entry: string;
  readonly module: string;
  readonly data: unknown;
  readonly state: Int32Array;
}
export type FromWork =
  | { readonly message: unknown }
  | {
      readonly failure: string /** Whether the failure is meant for the person at the terminal. */;
      readonly known: boolean;
    };

/** NOTE: a process that is told to exit waits this long for a step to end; then nothing is left but to abort it. */
const LAST_STEP_MS = 60_000;

/**
 * Starts work in a thread.
 * @param module of the work, whose default export is a `Work`
 * @param data anything that can be cloned
 * @param take called with each message of the work
 */
export function startWork<Data, Message>(module: URL, data: Data, take: (message: Message) => void): RunningWork {
  const state = new Int32Array(new SharedArrayBuffer(4));
  const worker = openThread(module, data, state);
  watch(state);
  const ended = endOf(worker, take).finally(() => unwatch(state));
  // NOTE: whoever only calls `stop` hears of a failure there; this keeps it from being an unhandled one as well.
  ended.catch(() => undefined);
  return {
    ended,
    stop: () => {
      askToStop(state);
      return ended;
    },
  };
}

function openThread(module: URL, data: unknown, state: Int32Array): Worker {
  const ending = extname(fileURLToPath(import.meta.url));
  const entry = new URL(`./worker-entry${ending}`, import.meta.url);
  const start: WorkStart = { entry: entry.href, module: module.href, data, state };
  // NOTE: while developing the worker is TypeScript, which a thread of plain node cannot load by itself.
  const file = ending === '.ts' ? new URL('./worker-loader.mjs', import.meta.url) : entry;
  return new Worker(file, { workerData: start });
}

function endOf<Message>(worker: Worker, take: (message: Message) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: Error | null = null;
    worker.on('message', (sent: FromWork) => {
      if ('message' in sent) take(sent.message as Message);
      else failure = sent.known ? new UserError(sent.failure) : new Error(sent.failure);
    });
    worker.on('error', (error) => {
      failure = new Error(messageOf(error), { cause: error });
    });
    worker.on('exit', () => (failure === null ? resolve() : reject(failure)));
  });
}

function askToStop(state: Int32Array): void {
  Atomics.compareExchange(state, 0, RUNNING, STOPPING);
}

/** What runs now, in this process. */
const running = new Set<Int32Array>();

function watch(state: Int32Array): void {
  if (running.size === 0) process.on('exit', holdExit);
  running.add(state);
}

function unwatch(state: Int32Array): void {
  running.delete(state);
  if (running.size === 0) process.off('exit', holdExit);
}

/** A process that exits ends its threads; this holds it until the step that each is in has ended. */
function holdExit(): void {
  running.forEach(askToStop);
  for (const state of running) Atomics.wait(state, 0, STOPPING, LAST_STEP_MS);
}
