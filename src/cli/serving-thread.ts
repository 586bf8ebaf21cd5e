import { Worker } from 'node:worker_threads';
import { THREAD_LIMITS, threadOf } from '../arena/threads.js';
import { UserError } from '../core/errors.js';
import type { ServeOptions } from './serving.js';
import type { FromServer, Opened } from './serving-worker.js';

/** A server in a thread. */
export interface ServingThread extends Opened {
  /** Stops; games stay where they are. */
  close(): Promise<void>;
}

/**
 * Opens a server in a thread of its own, which can be given more room for what is short-lived than the main thread: of a
 * thousand tables under load a seventh of the processor time. What breaks in it later is an uncaught exception here.
 * @throws UserError naming the option that cannot be
 */
export function openInThread(options: ServeOptions): Promise<ServingThread> {
  const { filename, workerData } = threadOf(new URL('./serving-worker', import.meta.url), { options });
  const worker = new Worker(new URL(filename), { workerData, resourceLimits: THREAD_LIMITS });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (told: FromServer) => {
      worker.off('error', reject);
      if ('opened' in told) resolve({ ...told.opened, close: () => closed(worker) });
      else reject(new UserError('refused' in told ? told.refused : 'the server closed before it was open'));
    });
  });
}

function closed(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once('message', () => {
      worker.unref();
      resolve();
    });
    worker.postMessage('close');
  });
}
