import type { AgentFactory } from '../../core/agent.js';
import type { Seat } from '../../core/environment.js';
import type { PlayedStep } from '../../core/play.js';
import type { Asked } from '../wire/wire.js';
import { Chair, type ChairEvents, type Occupant } from './chair.js';
import { Clocks, type Pacing } from './clock.js';

/** The chairs of a table and the clocks beside them. */
export class Seats implements ChairEvents {
  readonly #chairs: Chair[] = [];
  readonly #pacing: Pacing;
  readonly #events: ChairEvents;
  readonly clocks: Clocks;

  constructor(seats: number, pacing: Pacing, events: ChairEvents) {
    this.#pacing = pacing;
    this.#events = events;
    this.clocks = new Clocks(seats, pacing, (seat, limit) => this.chair(seat)?.late(limit));
  }

  /** What the loop seats. @param past what was played before this process */
  open(occupants: readonly Occupant[], past: readonly PlayedStep[] = []): AgentFactory[] {
    this.clocks.past(past);
    const pace = { ...this.#pacing, left: (seat: Seat) => this.clocks.left(seat) };
    return occupants.map((occupant) => (place) => {
      const chair = new Chair(place, occupant, this, pace);
      this.#chairs[place.seat] = chair;
      if (this.clocks.paused) chair.pause();
      return chair;
    });
  }

  /** Undefined before the game has begun. */
  chair(seat: Seat): Chair | undefined {
    return this.#chairs[seat];
  }

  /** What a seat that is asked may know of its clock. */
  clock(seat: Seat): Pick<Asked, 'leftMs' | 'paused'> {
    return { leftMs: this.clocks.left(seat), paused: this.clocks.paused };
  }

  /** Seats that are asked now. */
  get asking(): Seat[] {
    return this.#chairs.filter(({ request }) => request !== null).map(({ seat }) => seat);
  }

  asked(seat: Seat): void {
    this.clocks.asked(seat);
    this.#events.asked(seat);
  }

  answered(seat: Seat): void {
    this.clocks.answered(seat);
    this.#events.answered(seat);
  }

  stepped(): void {
    this.clocks.stepped();
    for (const chair of this.#chairs) chair.stepped();
  }

  pause(): void {
    this.clocks.pause();
    for (const chair of this.#chairs) chair.pause();
  }

  resume(): void {
    this.clocks.resume(this.asking);
    for (const chair of this.#chairs) chair.resume();
  }
}
