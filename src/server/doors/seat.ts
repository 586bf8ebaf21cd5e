import type { ActRequest, Agent, AgentManifest, Decision, Place } from '../../core/agent.js';
import type { Result } from '../../core/ending.js';
import { type Event, type Seat, weightsOf } from '../../core/environment.js';
import { Refused } from '../wire/refused.js';

/** What a client finds when its seat is asked, or when it is over. */
export interface Look {
  readonly seat: Seat;
  /** What the seat is asked; null when it is over. */
  readonly request: ActRequest | null;
  /** Weighted reward that the seat was told of since it was last asked. What may only be told at the end comes then. */
  readonly reward: number;
  /** Events told to the seat since it was last asked. */
  readonly events: readonly Event[];
  /** How it ended, once it has. Returns are null where it was broken off. */
  readonly result: Result | null;
}

/** How an episode ended that was broken off before its agents were told of an end. */
const BROKEN: Result = { how: 'crashed', outcome: null, returns: null };

interface Waiting {
  readonly request: ActRequest;
  resolve(decision: Decision): void;
}

/**
 * A seat whose moves come through a door from a program elsewhere. To the step loop an agent like any other: refusals,
 * tries and forfeits are those of every table.
 */
export class DoorSeat implements Agent {
  readonly manifest: AgentManifest;
  readonly #place: Place;
  readonly #events: Event[] = [];
  readonly #watchers: (() => void)[] = [];
  #waiting: Waiting | null = null;
  #result: Result | null = null;
  #isOver = false;
  /** How many events, and how much reward, the client was told of when it last looked. */
  #told = 0;
  #paid = 0;
  /** The same for the question that is looked at, so that looking twice shows the same. */
  #look: Look | null = null;

  constructor(place: Place, door: string) {
    this.#place = place;
    this.manifest = { agent: 'client', door };
  }

  get seat(): Seat {
    return this.#place.seat;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  act(request: ActRequest): Promise<Decision> {
    return new Promise((resolve) => {
      const waiting = { request, resolve };
      this.#waiting = waiting;
      request.signal?.addEventListener('abort', () => this.#dropped(waiting), { once: true });
      this.#changed();
    });
  }

  news(event: Event): void {
    this.#events.push(event);
  }

  close(result: Result | null): void {
    this.#isOver = true;
    this.#result = result;
    this.#waiting = null;
    this.#changed();
  }

  /** What there is to see as soon as the seat is asked or it is over. Asked again, the same. */
  async look(): Promise<Look> {
    while (this.#waiting === null && !this.#isOver) await new Promise<void>((resolve) => this.#watchers.push(resolve));
    this.#look ??= this.#see();
    return this.#look;
  }

  /**
   * Answers what the seat is asked. What comes of it is seen by `look`: also a refusal, in the request that follows.
   * @throws Refused when the seat is not asked now
   */
  answer(decision: Decision): void {
    const waiting = this.#waiting;
    if (waiting === null)
      throw this.#isOver
        ? new Refused('game over', 'it is over; reset to play again')
        : new Refused('not your turn', 'the seat is not asked now; look first');
    this.#waiting = null;
    this.#look = null;
    waiting.resolve(decision);
  }

  #see(): Look {
    const { environment, config, seat } = this.#place;
    const request = this.#waiting?.request ?? null;
    const events = this.#events.slice(this.#told);
    this.#told = this.#events.length;
    const weights = weightsOf(environment.spec, config);
    const paid = request === null ? (this.#result?.returns?.[seat] ?? this.#paid) : weighed(request.rewards, weights);
    const reward = paid - this.#paid;
    this.#paid = paid;
    return { seat, request, reward, events, result: this.#isOver ? (this.#result ?? BROKEN) : null };
  }

  /** NOTE: a try that ran out of time is not heard any more; the next one asks again. */
  #dropped(waiting: Waiting): void {
    if (this.#waiting !== waiting) return;
    this.#waiting = null;
    this.#look = null;
  }

  #changed(): void {
    this.#look = null;
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}

/** Fails whatever the seat is asked from now on: a seat whose client has left. Resolves when it is over. */
export async function vacate(seat: DoorSeat): Promise<void> {
  while ((await seat.look()).request !== null) {
    try {
      seat.answer({ failed: { failure: 'crashed', reason: 'the player has left' } });
    } catch (thrown) {
      // NOTE: what was asked may have been answered, or given up, a moment before.
      if (!(thrown instanceof Refused)) throw thrown;
    }
  }
}

function weighed(parts: { readonly [part: string]: number }, weights: { readonly [part: string]: number }): number {
  let sum = 0;
  for (const [part, amount] of Object.entries(parts)) sum += amount * (weights[part] ?? 0);
  return sum;
}
