import { Retold } from '../../../agents/wrappers/retold.js';
import type { ActRequest, Agent, AgentManifest, Decision, Failed, Place } from '../../core/agent.js';
import type { Result } from '../../core/ending.js';
import type { Event, Seat } from '../../core/environment.js';
import { Hopeless, messageOf } from '../../core/errors.js';
import { bad, good, type Read } from '../../core/read.js';
import { check, type Move } from '../../core/space.js';
import type { Pacing } from './clock.js';

/** Who sits in a chair. A person's moves come from the wire, an agent is asked. */
export type Occupant =
  | { readonly kind: 'person'; readonly manifest: AgentManifest }
  | {
      readonly kind: 'agent';
      readonly name: string;
      readonly open: (place: Place) => Agent;
      /** Whose seat it is, where the agent only sits in for a person. */
      readonly for?: AgentManifest;
    };

/** What a chair tells the room. */
export interface ChairEvents {
  /** The seat is asked; nobody has answered yet. */
  asked(seat: Seat): void;
  /** The seat's answer is in, or its turn is over some other way. */
  answered(seat: Seat): void;
}

/** How long a chair waits for agents, and what its turn has left by the clock. */
export type ChairPace = Pick<Pacing, 'time' | 'agentMs' | 'paceMs'> & { left(seat: Seat): number | null };

interface Waiting {
  readonly request: ActRequest;
  resolve(decision: Decision): void;
}

/** How long an agent that is let go has to close before nobody waits for it any more. */
const CLOSE_MS = 2000;

/**
 * A seat of a table as the step loop knows it: one agent for the whole episode, in whose place now a person sits, now
 * an agent. Whoever sits down while the seat is asked is asked the same thing. An agent that throws, hangs or cannot
 * play here costs its seat tries, and nothing else.
 */
export class Chair implements Agent {
  readonly manifest: AgentManifest;
  readonly #place: Place;
  readonly #events: ChairEvents;
  readonly #pace: ChairPace;
  #occupant: Occupant;
  #agent: Agent | null = null;
  #waiting: Waiting | null = null;
  /** Aborted when the agent's answer is no longer wanted. */
  #thinking: AbortController | null = null;
  /** When the agent was first asked this turn. */
  #asked: number | null = null;
  /** Why this turn has no try left. */
  #spent: Failed | null = null;
  #paused = false;
  /** What an agent said while the table stood still. */
  #held: (() => void) | null = null;

  constructor(place: Place, occupant: Occupant, events: ChairEvents, pace: ChairPace) {
    this.#place = place;
    this.#events = events;
    this.#pace = pace;
    this.#occupant = occupant;
    this.#agent = opened(occupant, place);
    this.manifest = ownerOf(occupant) ?? (this.#agent as Agent).manifest;
  }

  get seat(): Seat {
    return this.#place.seat;
  }

  get occupant(): Occupant {
    return this.#occupant;
  }

  get remembers(): boolean {
    return this.#agent?.remembers === true;
  }

  /** What the seat is asked now; null when it is not its turn. */
  get request(): ActRequest | null {
    return this.#waiting?.request ?? null;
  }

  act(request: ActRequest): Decision | Promise<Decision> {
    if (request.recall !== undefined && this.#agent !== null) return this.#agent.act(request);
    if (this.#spent !== null) return this.#signed({ failed: this.#spent });
    return new Promise((resolve) => {
      this.#waiting = { request, resolve };
      this.#events.asked(this.seat);
      this.#ask();
    });
  }

  news(event: Event): void | Promise<void> {
    return this.#agent?.news?.(event);
  }

  /** NOTE: a seat that is still asked when its game is left is asked no more, and its clock stands. */
  async close(result: Result | null): Promise<void> {
    if (this.#waiting !== null) this.#done();
    this.#letGo();
    await this.#closed(this.#agent, result);
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
    this.#done();
    waiting.resolve(decision);
  }

  /** The time of the turn is up: it has no try left. */
  late(limit: number): void {
    this.#exhaust({ failure: 'late', reason: `no answer within ${limit} ms` });
  }

  /** What was asked has led to a step. */
  stepped(): void {
    this.#spent = null;
    this.#asked = null;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    const held = this.#held;
    this.#held = null;
    held?.();
  }

  /** Somebody else sits down. An agent that was thinking is let go, and what it says later is not heard. */
  async sit(occupant: Occupant): Promise<void> {
    const left = this.#agent;
    this.#letGo();
    this.#asked = null;
    this.#occupant = occupant;
    this.#agent = opened(occupant, this.#place);
    this.#ask();
    await this.#closed(left, null);
  }

  #ask(): void {
    const [agent, waiting] = [this.#agent, this.#waiting];
    if (agent === null || waiting === null) return;
    const { time, agentMs, paceMs, left } = this.#pace;
    const thinking = new AbortController();
    this.#thinking = thinking;
    this.#asked ??= time.now();
    const own = Math.max(0, agentMs - (time.now() - this.#asked));
    const budgetMs = Math.min(own, left(this.seat) ?? own);
    // NOTE: a pace that used a turn up would make every agent late.
    const soonest = time.now() + Math.min(paceMs, budgetMs / 2);
    const late = time.after(own, () => this.#hear(thinking, 0, () => this.late(agentMs)));
    thinking.signal.addEventListener('abort', late);
    const hear = (run: () => void) => this.#hear(thinking, soonest - time.now(), run);
    Promise.resolve()
      .then(() => agent.act(new Retold(waiting.request, { signal: thinking.signal, budgetMs })))
      .then(
        (decision) => hear(() => this.answer(this.#signed(decision))),
        (thrown: unknown) => hear(() => this.#fail(thrown)),
      );
  }

  /** Does what an agent's answer asks for, at its time, unless the answer is no longer wanted then. */
  #hear(thinking: AbortController, ms: number, run: () => void): void {
    const now = () => {
      if (thinking.signal.aborted) return;
      if (this.#paused) this.#held ??= now;
      else run();
    };
    if (ms <= 0) now();
    else thinking.signal.addEventListener('abort', this.#pace.time.after(ms, now));
  }

  /** NOTE: what is hopeless ends a run of training; a table with other people at it goes on. */
  #fail(thrown: unknown): void {
    const failed: Failed = { failure: 'crashed', reason: messageOf(thrown) };
    if (thrown instanceof Hopeless) this.#exhaust(failed);
    else this.answer(this.#signed({ failed }));
  }

  #exhaust(failed: Failed): void {
    if (this.#waiting === null) return;
    this.#spent = failed;
    this.answer(this.#signed({ failed }));
  }

  /** Says who decided, where that is not whose seat it is. */
  #signed(decision: Decision): Decision {
    const { kind } = this.#occupant;
    if (kind === 'person' || this.#occupant.for === undefined || typeof decision !== 'object') return decision;
    return { ...decision, by: (this.#agent as Agent).manifest.agent };
  }

  #done(): void {
    this.#waiting = null;
    this.#letGo();
    this.#events.answered(this.seat);
  }

  #letGo(): void {
    this.#held = null;
    this.#thinking?.abort(new DOMException('the answer is no longer wanted', 'AbortError'));
    this.#thinking = null;
  }

  /** NOTE: the agent's game is over; what goes wrong now is nobody's at the table. */
  #closed(agent: Agent | null, result: Result | null): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#pace.time.after(CLOSE_MS, resolve);
      Promise.resolve()
        .then(() => agent?.close?.(result))
        .catch(() => {})
        .then(() => {
          cancel();
          resolve();
        });
    });
  }
}

function ownerOf(occupant: Occupant): AgentManifest | undefined {
  return occupant.kind === 'person' ? occupant.manifest : occupant.for;
}

/** The agent, or one that says at each turn why it could not sit down; null for a person. */
function opened(occupant: Occupant, place: Place): Agent | null {
  if (occupant.kind === 'person') return null;
  try {
    return occupant.open(place);
  } catch (thrown) {
    return {
      manifest: { agent: occupant.name },
      act: () => {
        throw thrown;
      },
    };
  }
}
