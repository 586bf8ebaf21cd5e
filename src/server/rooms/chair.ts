import type { ActRequest, Agent, AgentManifest, Decision, Place } from '../../core/agent.js';
import type { Result } from '../../core/ending.js';
import type { Event, Seat } from '../../core/environment.js';
import { bad, good, type Read } from '../../core/read.js';
import { check, type Move } from '../../core/space.js';

/** Who sits in a chair. A person's moves come from the wire, an agent is asked. */
export type Occupant =
  | { readonly kind: 'person'; readonly manifest: AgentManifest }
  | { readonly kind: 'agent'; readonly name: string; readonly open: (place: Place) => Agent };

/** What a chair tells the room. */
export interface ChairEvents {
  /** The seat is asked; nobody has answered yet. */
  asked(seat: Seat): void;
  /** The seat's answer is in, or its turn is over some other way. */
  answered(seat: Seat): void;
}

interface Waiting {
  readonly request: ActRequest;
  resolve(decision: Decision): void;
  reject(reason: unknown): void;
}

/**
 * A seat of a table as the step loop knows it: one agent for the whole episode, in whose place now a person sits, now
 * an agent. Whoever sits down while the seat is asked is asked the same thing.
 */
export class Chair implements Agent {
  readonly #place: Place;
  readonly #events: ChairEvents;
  #occupant: Occupant;
  #agent: Agent | null = null;
  #waiting: Waiting | null = null;
  #asks = 0;

  constructor(place: Place, occupant: Occupant, events: ChairEvents) {
    this.#place = place;
    this.#events = events;
    this.#occupant = occupant;
    this.#open();
  }

  get seat(): Seat {
    return this.#place.seat;
  }

  get occupant(): Occupant {
    return this.#occupant;
  }

  get manifest(): AgentManifest {
    return this.#occupant.kind === 'person' ? this.#occupant.manifest : (this.#agent as Agent).manifest;
  }

  /** What the seat is asked now; null when it is not its turn. */
  get request(): ActRequest | null {
    return this.#waiting?.request ?? null;
  }

  act(request: ActRequest): Promise<Decision> {
    return new Promise((resolve, reject) => {
      this.#asks++;
      this.#waiting = { request, resolve, reject };
      this.#events.asked(this.seat);
      request.signal?.addEventListener('abort', () => this.#drop(request), { once: true });
      this.#ask();
    });
  }

  news(event: Event): void | Promise<void> {
    return this.#agent?.news?.(event);
  }

  async close(result: Result | null): Promise<void> {
    await this.#agent?.close?.(result);
  }

  /** Whether a move may be played now; gives it as the rules take it. */
  read(move: Move): Read<Move> {
    if (this.#waiting === null) return bad('illegal', 'it is not your turn');
    const read = check(this.#place.environment.spec, this.#waiting.request.space, move);
    return read.ok ? good(read.value) : read;
  }

  /** Answers what the seat was asked. @throws Error when it was not asked */
  answer(decision: Decision): void {
    const waiting = this.#waiting;
    if (waiting === null) throw new Error(`seat ${this.seat} was not asked`);
    this.#waiting = null;
    this.#events.answered(this.seat);
    waiting.resolve(decision);
  }

  /** Somebody else sits down. An agent that was thinking is let go, and what it says later is not heard. */
  async sit(occupant: Occupant): Promise<void> {
    const left = this.#agent;
    this.#occupant = occupant;
    this.#agent = null;
    this.#open();
    this.#ask();
    await left?.close?.(null);
  }

  #open(): void {
    if (this.#occupant.kind === 'agent') this.#agent = this.#occupant.open(this.#place);
  }

  #ask(): void {
    const [agent, waiting, ask] = [this.#agent, this.#waiting, this.#asks];
    if (agent === null || waiting === null) return;
    const isHeard = () => this.#agent === agent && this.#asks === ask && this.#waiting !== null;
    Promise.resolve()
      .then(() => agent.act(waiting.request))
      .then(
        (decision) => {
          if (isHeard()) this.answer(decision);
        },
        (thrown: unknown) => {
          if (isHeard()) this.#fail(thrown);
        },
      );
  }

  #fail(thrown: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#events.answered(this.seat);
    waiting?.reject(thrown);
  }

  /** The loop no longer wants an answer: too late, or the table was closed. */
  #drop(request: ActRequest): void {
    if (this.#waiting?.request !== request) return;
    this.#waiting = null;
    this.#events.answered(this.seat);
  }
}
