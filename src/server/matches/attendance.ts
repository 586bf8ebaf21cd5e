import type { Seat } from '../../core/environment.js';
import type { Time } from '../table/time.js';

/** Which people of a match are connected, and who of them has been away for too long. */
export class Attendance {
  readonly #ms: number | null;
  readonly #time: Time;
  readonly #missed: (seat: Seat) => void;
  readonly #here = new Set<Seat>();
  /** By seat that is awaited: calls the wait off. */
  readonly #waits = new Map<Seat, () => void>();
  #watched: readonly Seat[] = [];

  /**
   * @param ms how long somebody may be away; null for any time
   * @param missed told once of a seat that was away for so long, while it is watched
   */
  constructor(ms: number | null, time: Time, missed: (seat: Seat) => void) {
    this.#ms = ms;
    this.#time = time;
    this.#missed = missed;
  }

  arrived(seat: Seat): void {
    this.#here.add(seat);
    this.#forgive(seat);
  }

  departed(seat: Seat): void {
    this.#here.delete(seat);
    if (this.#watched.includes(seat)) this.#await(seat);
  }

  /** From now on these seats are wanted, and no others. Whoever was not wanted before and is not here is away from now. */
  watch(seats: readonly Seat[]): void {
    for (const seat of this.#watched) if (!seats.includes(seat)) this.#forgive(seat);
    this.#watched = seats;
    for (const seat of seats) if (!this.#here.has(seat)) this.#await(seat);
  }

  /** Nobody is wanted. */
  stop(): void {
    this.#watched = [];
    for (const seat of [...this.#waits.keys()]) this.#forgive(seat);
  }

  #await(seat: Seat): void {
    if (this.#ms === null || this.#waits.has(seat)) return;
    const miss = () => {
      this.#waits.delete(seat);
      this.#missed(seat);
    };
    this.#waits.set(seat, this.#time.after(this.#ms, miss));
  }

  #forgive(seat: Seat): void {
    this.#waits.get(seat)?.();
    this.#waits.delete(seat);
  }
}
