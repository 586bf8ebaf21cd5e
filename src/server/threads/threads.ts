import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { threadOf } from '../../arena/threads.js';
import type { Agent, AgentFactory, Decision, Place } from '../../core/agent.js';
import type { RngState } from '../../core/rng.js';
import type { FromThread, Sitting, ToThread } from './thread-messages.js';
import { toldBy } from './told.js';

interface Answer {
  readonly decision: Decision;
  readonly rng: RngState;
}

interface Asking {
  resolve(answer: Answer): void;
  reject(reason: unknown): void;
}

/** One thread and the seats in it. It is stopped by message alone: one that is ended in a network's run takes the process with it. */
class Thread {
  readonly #worker: Worker;
  readonly #asking = new Map<number, Asking>();
  /** Asks that nobody waits for any more and that the thread has not answered. */
  readonly #left = new Set<number>();
  seats = 0;
  isDead = false;

  /** @param memory megabytes of objects it may have before it is ended */
  constructor(memory: number) {
    const { filename, workerData } = threadOf(new URL('./seat-thread', import.meta.url), {});
    this.#worker = new Worker(new URL(filename), { workerData, resourceLimits: { maxOldGenerationSizeMb: memory } });
    // NOTE: a thread that computes on must not hold a server that has closed.
    this.#worker.unref();
    this.#worker.on('message', (message: FromThread) => this.#take(message));
    this.#worker.on('error', (error) => this.#die(error));
    this.#worker.on('exit', () => this.#die(new Error('the thread of the agent has ended')));
  }

  /** Whether it computes what nobody waits for, and cannot be told to stop. */
  get isStuck(): boolean {
    return this.isDead || this.#left.size > 0;
  }

  send(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  ask(message: Extract<ToThread, { kind: 'act' }>, signal: AbortSignal | null): Promise<Answer> {
    const { ask } = message;
    return new Promise((resolve, reject) => {
      this.#asking.set(ask, { resolve, reject });
      const leave = () => {
        this.#asking.delete(ask);
        this.#left.add(ask);
        this.send({ kind: 'abort', ask });
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', () => this.#asking.has(ask) && leave(), { once: true });
      this.send(message);
    });
  }

  #take(message: FromThread): void {
    const { ask } = message;
    const asking = this.#asking.get(ask);
    this.#asking.delete(ask);
    this.#left.delete(ask);
    if ('decision' in message) asking?.resolve(message);
    else asking?.reject(new Error(message.thrown));
  }

  #die(error: unknown): void {
    this.isDead = true;
    for (const asking of this.#asking.values()) asking.reject(error);
    this.#asking.clear();
  }
}

/** Threads that may hold out against being told to stop before others have to share one with them. */
const MOST_STUCK = 8;

/**
 * Threads in which agents think that would hold the server's own. An agent stays in its thread from turn to turn; when
 * another one holds that thread beyond its time, it sits down again elsewhere, as requests hold all that it may know.
 */
export class Threads {
  readonly #most: number;
  readonly #memory: number;
  #threads: Thread[] = [];
  #count = 0;

  /**
   * @param most threads at once, those aside that hold out against being told to stop
   * @param memory megabytes of objects that a thread may have: one that has more ends, and the server goes on
   */
  constructor(most = Math.max(1, availableParallelism() - 1), memory = 2048) {
    this.#most = most;
    this.#memory = memory;
  }

  /** How many threads there are. */
  get size(): number {
    return this.#threads.length;
  }

  /**
   * The agent of a spec with its thinking done in a thread.
   * @param factory the same agent here, which says who it is and whether it can sit there
   */
  factory(spec: string, factory: AgentFactory): AgentFactory {
    return (place) => {
      const here = factory(place);
      void here.close?.(null);
      return this.#seat(place, spec, here.manifest);
    };
  }

  /** Tells all threads to end when they have done what they are at. */
  close(): void {
    for (const thread of this.#threads) if (!thread.isDead) thread.send({ kind: 'end' });
    this.#threads = [];
  }

  #seat({ environment, config, seat, rng }: Place, agent: string, manifest: Agent['manifest']): Agent {
    const sitting: Sitting = { agent, environment: environment.spec.id, config, seat };
    let sat: { readonly thread: Thread; readonly id: number } | null = null;
    const rise = () => {
      if (sat === null) return;
      sat.thread.seats--;
      if (!sat.thread.isDead) sat.thread.send({ kind: 'rise', id: sat.id });
      sat = null;
    };
    return {
      manifest,
      act: async (request) => {
        if (sat?.thread.isStuck) rise();
        sat ??= this.#sit(sitting, rng.state());
        const { thread, id } = sat;
        const told = toldBy(request);
        const message = { kind: 'act', id, ask: this.#count++, told, rng: rng.state() } as const;
        const answer = await thread.ask(message, request.signal);
        rng.restore(answer.rng);
        return answer.decision;
      },
      close: rise,
    };
  }

  #sit(sitting: Sitting, rng: RngState): { thread: Thread; id: number } {
    const thread = this.#freest();
    const id = this.#count++;
    thread.seats++;
    thread.send({ kind: 'sit', id, sitting, rng });
    return { thread, id };
  }

  #freest(): Thread {
    this.#threads = this.#threads.filter(({ isDead }) => !isDead);
    const free = this.#threads.filter(({ isStuck }) => !isStuck);
    const isBusy = free.length < this.#most && free.every(({ seats }) => seats > 0);
    if (isBusy && this.#threads.length < MOST_STUCK + this.#most) {
      const thread = new Thread(this.#memory);
      this.#threads.push(thread);
      return thread;
    }
    const open = free.length > 0 ? free : this.#threads;
    return open.reduce((least, other) => (other.seats < least.seats ? other : least));
  }
}
