import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';

/**
 * A process that exits ends its threads, and a thread that is ended while a network runs in it aborts the whole process.
 * So the threads of a process count together what runs in them, and exiting waits until nothing does and lets nothing
 * new begin. This thread's own runs do not count: while it exits, none is in progress.
 */
const NAME = 'ludus.networks running';
const RUNNING = 0;
const EXITING = 1;

/** NOTE: longer than any step of training takes; after it nothing is left but to abort. */
const LAST_RUN_MS = 60_000;

/** What all threads share: how many networks run, and whether the process exits. */
let shared: Int32Array | undefined;

/** Makes exiting safe for threads started from now on. Called in the main thread before it starts any. */
export function holdExits(): void {
  state();
}

/** Runs what must not be cut off: in a thread, the process waits for it before it exits. */
export async function uncut<T>(run: () => Promise<T>): Promise<T> {
  if (isMainThread) return run();
  const counts = state();
  Atomics.add(counts, RUNNING, 1);
  try {
    // NOTE: the thread ends here, for the process is on its way out and waits only for what began before.
    if (Atomics.load(counts, EXITING) === 1) leave(counts);
    return await run();
  } finally {
    done(counts);
  }
}

function leave(counts: Int32Array): void {
  done(counts);
  Atomics.wait(counts, EXITING, 1);
}

function done(counts: Int32Array): void {
  Atomics.sub(counts, RUNNING, 1);
  Atomics.notify(counts, RUNNING);
}

function state(): Int32Array {
  if (shared !== undefined) return shared;
  const known = getEnvironmentData(NAME);
  const memory = known instanceof SharedArrayBuffer ? known : new SharedArrayBuffer(8);
  shared = new Int32Array(memory);
  if (known === undefined) setEnvironmentData(NAME, memory);
  if (isMainThread) process.on('exit', waitForThreads);
  return shared;
}

function waitForThreads(): void {
  const counts = state();
  Atomics.store(counts, EXITING, 1);
  for (let running = 1; running > 0; ) {
    running = Atomics.load(counts, RUNNING);
    if (running > 0 && Atomics.wait(counts, RUNNING, running, LAST_RUN_MS) === 'timed-out') return;
  }
}
