import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, UserError } from '../core/errors.js';
import { ENDED, type FromWork, RUNNING, type Work, type WorkStart } from './worker.js';

/** Where a thread of `startWork` begins: runs the module's work and says how it ended. */
const { module, data, state } = workerData as WorkStart;

const tell = (told: FromWork) => parentPort?.postMessage(told);

try {
  const { default: work } = (await import(module)) as { readonly default: Work<unknown, unknown> };
  await work(data, {
    send: (message) => tell({ message }),
    stopping: () => Atomics.load(state, 0) !== RUNNING,
  });
} catch (error) {
  tell({ failure: messageOf(error), known: error instanceof UserError });
} finally {
  Atomics.store(state, 0, ENDED);
  Atomics.notify(state, 0);
}
