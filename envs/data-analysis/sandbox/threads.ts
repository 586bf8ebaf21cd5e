import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../../src/core/errors.js';
import type { Notebook, Output } from './notebook.js';
import type { Answer, Begun, Start } from './worker.js';

/** A thread that runs one notebook at a time. */
class Thread {
  readonly #late = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;
  #begun: (() => void) | null = null;
  #answered: ((answer: Answer) => void) | null = null;
  isDead = false;

  constructor() {
    this.#worker = openWorker({ late: this.#late });
    this.#worker.on('message', (message: Answer | Begun) => {
      if ('begun' in message) this.#begun?.();
      else this.#answer(message);
    });
    this.#worker.on('error', (error) => this.#die(messageOf(error)));
    this.#worker.on('exit', () => this.#die('its thread has ended'));
    this.#worker.unref();
  }

  /**
   * NOTE: a thread keeps the process only while somebody waits for it.
   * @param begun told when the notebook begins, which in a new thread is some time after it was asked to
   */
  run(notebook: Notebook, begun: () => void): Promise<Answer> {
    Atomics.store(this.#late, 0, 0);
    this.#begun = begun;
    this.#worker.ref();
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#worker.postMessage(notebook);
    });
  }

  /** Asks what runs to stop at its next step. */
  hurry(): void {
    Atomics.store(this.#late, 0, 1);
  }

  /** Ends the thread, whatever it is doing. */
  end(why: string): void {
    this.#die(why);
    void this.#worker.terminate();
  }

  #answer(answer: Answer): void {
    this.#worker.unref();
    this.#answered?.(answer);
    this.#answered = null;
  }

  #die(why: string): void {
    this.isDead = true;
    this.#answer({ error: `the sandbox broke down: ${why}` });
  }
}

/** Memory of a thread besides that of the sandbox, in MiB. A deep host stack lets the sandbox's own limit come first. */
const RESOURCES = { maxOldGenerationSizeMb: 256, stackSizeMb: 16 };

function openWorker(start: Start): Worker {
  const ending = extname(fileURLToPath(import.meta.url));
  const module = new URL(`./worker${ending}`, import.meta.url);
  // NOTE: while developing the worker is TypeScript, which a thread of plain node cannot load by itself.
  const file = ending === '.ts' ? new URL('./worker-loader.mjs', import.meta.url) : module;
  return new Worker(file, { workerData: { ...start, module: module.href }, resourceLimits: RESOURCES });
}

/** Milliseconds that a notebook told to stop has before its thread is ended, and that an idle thread is kept. */
const GRACE = 1000;
const IDLE = 10_000;

const MOST = Math.max(1, availableParallelism() - 1);

/** Threads that wait for a notebook, each with the timer that ends it; how many run one; and who waits for a thread. */
const idle = new Map<Thread, NodeJS.Timeout>();
let busy = 0;
const queue: (() => void)[] = [];

/**
 * Runs a notebook in a thread of its own, from the first cell to the last. Waits where all threads are busy.
 * @param signal stops the wait and the notebook
 * @throws Error when the notebook had to be ended from outside, so that its outputs are lost
 */
export async function runNotebook(notebook: Notebook, signal: AbortSignal): Promise<readonly Output[]> {
  if (busy >= MOST) await new Promise<void>((resolve) => queue.push(resolve));
  else busy++;
  try {
    signal.throwIfAborted();
    return await within(takeThread(), notebook, signal);
  } finally {
    const next = queue.shift();
    if (next === undefined) busy--;
    else next();
  }
}

async function within(thread: Thread, notebook: Notebook, signal: AbortSignal): Promise<readonly Output[]> {
  const timers: NodeJS.Timeout[] = [];
  const abort = () => thread.end('the call was called off');
  signal.addEventListener('abort', abort, { once: true });
  const answer = await thread.run(notebook, () => timers.push(...deadlines(thread, notebook.limits.seconds)));
  timers.forEach(clearTimeout);
  signal.removeEventListener('abort', abort);
  if (!thread.isDead) rest(thread);
  if ('error' in answer) throw new Error(answer.error);
  return answer.outputs;
}

/** Timers that tell what runs to stop, and end the thread where it does not. */
function deadlines(thread: Thread, seconds: number): NodeJS.Timeout[] {
  const end = () => thread.end(`the notebook took longer than ${seconds} s and did not stop when told to`);
  return [setTimeout(() => thread.hurry(), seconds * 1000), setTimeout(end, seconds * 1000 + GRACE)];
}

function takeThread(): Thread {
  for (const [thread, timer] of idle) {
    clearTimeout(timer);
    idle.delete(thread);
    if (!thread.isDead) return thread;
  }
  return new Thread();
}

/** NOTE: neither an idle thread nor its timer keeps the process. */
function rest(thread: Thread): void {
  const timer = setTimeout(() => {
    idle.delete(thread);
    thread.end('it had nothing to do');
  }, IDLE);
  timer.unref();
  idle.set(thread, timer);
}
