import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../../src/core/errors.js';
import { lanes } from '../../../src/core/json.js';
import type { Notebook, Output } from './notebook.js';
import { runCells } from './run.js';

/** What a thread is started with: shared memory whose first number turns 1 when what runs is late. */
export type Start = { readonly late: Int32Array };

/** What a thread answers each notebook with, after it has said that it begins. */
export type Answer = { readonly outputs: readonly Output[] } | { readonly error: string };
export type Begun = { readonly begun: true };

const { late } = workerData as Start;
/** 2024-01-01T00:00:00Z. */
const EPOCH = 1_704_067_200_000;
const YEAR = 365 * 24 * 3600 * 1000;

/**
 * NOTE: the interpreter asks its thread for the time, the time zone and, with the time, for the seed of its chance. So
 * this thread has a clock that starts where the notebook's seed says and goes on by a millisecond each time it is asked.
 */
const clock = Reflect.get(globalThis, 'Date') as DateConstructor;
let now = EPOCH;
clock.now = () => now++;
clock.prototype.getTimezoneOffset = () => 0;

parentPort?.on('message', (notebook: Notebook) => {
  send({ begun: true });
  now = EPOCH + ((lanes(notebook.seed)[0] >>> 0) % YEAR);
  runCells(notebook, () => Atomics.load(late, 0) === 1).then(
    (outputs) => send({ outputs }),
    (thrown: unknown) => send({ error: messageOf(thrown) }),
  );
});

function send(message: Answer | Begun): void {
  parentPort?.postMessage(message);
}
