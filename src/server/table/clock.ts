import type { Seat } from '../../core/environment.js';
import type { PlayedStep } from '../../core/play.js';
import type { Clock } from '../lobby/wire.js';
import { REAL_TIME, type Time } from './time.js';

/** How fast a table plays. Times in milliseconds. */
export interface Pacing {
  readonly clock: Clock;
  readonly time: Time;
  /** What an agent has for a turn, whatever the clock would leave it, so that one that hangs stops nobody. */
  readonly agentMs: number;
  /** The least time between asking an agent and its move, for people to follow. */
  readonly paceMs: number;
}

/** No limits but the one on agents. */
export const UNHURRIED: Pacing = {
  clock: { turnMs: null, gameMs: null, incrementMs: 0, late: 'substitute', absentMs: null },
  time: REAL_TIME,
  agentMs: 60_000,
  paceMs: 0,
};

/** The turn of one seat: what it used up before now, and since when it is counted now; null while it is not. */
interface Turn {
  used: number;
  since: number | null;
  cancel: () => void;
}

/**
 * The clocks of a table. A seat's time runs from being asked until its answer is in, whoever sits there; a turn that is
 * asked again goes on where it was. The time for the game is what is left of it after all own turns before, each of
 * which adds the increment.
 */
export class Clocks {
  readonly #rules: Clock;
  readonly #time: Time;
  readonly #late: (seat: Seat, limit: number) => void;
  readonly #turns = new Map<Seat, Turn>();
  readonly #game: (number | null)[];
  /** Since when the table stands still, and how long it did before. */
  #paused: number | null = null;
  #still = 0;

  /** @param late told once in a turn that ran out of time, with the milliseconds it had */
  constructor(seats: number, { clock, time }: Pacing, late: (seat: Seat, limit: number) => void) {
    this.#rules = clock;
    this.#time = time;
    this.#late = late;
    this.#game = new Array<number | null>(seats).fill(clock.gameMs);
  }

  /** Charges the turns of an earlier life of the table. */
  past(steps: readonly PlayedStep[]): void {
    for (const { seats = {} } of steps) {
      for (const [seat, { ms = 0 }] of Object.entries(seats)) this.#charge(Number(seat), ms);
    }
  }

  /** The seat is asked, or asked again. */
  asked(seat: Seat): void {
    const turn = this.#turns.get(seat) ?? { used: 0, since: null, cancel: () => {} };
    this.#turns.set(seat, turn);
    if (!this.paused) this.#run(seat, turn);
  }

  /** An answer is in; it may yet be refused. */
  answered(seat: Seat): void {
    const turn = this.#turns.get(seat);
    if (turn !== undefined) this.#hold(turn);
  }

  /** All turns are over. */
  stepped(): void {
    for (const [seat, turn] of this.#turns) {
      this.#hold(turn);
      this.#charge(seat, turn.used);
    }
    this.#turns.clear();
  }

  /** Milliseconds left for the turn; null without a clock, or when the seat is not asked. */
  left(seat: Seat): number | null {
    const turn = this.#turns.get(seat);
    const limit = this.#limit(seat);
    if (turn === undefined || limit === null) return null;
    const running = turn.since === null ? 0 : this.#time.now() - turn.since;
    return Math.max(0, limit - turn.used - running);
  }

  get paused(): boolean {
    return this.#paused !== null;
  }

  /** Milliseconds by a clock that stands still with the table. */
  readonly now = (): number => (this.#paused ?? this.#time.now()) - this.#still;

  pause(): void {
    this.#paused ??= this.#time.now();
    for (const turn of this.#turns.values()) this.#hold(turn);
  }

  /** @param seats those who are asked now */
  resume(seats: readonly Seat[]): void {
    if (this.#paused !== null) this.#still += this.#time.now() - this.#paused;
    this.#paused = null;
    for (const seat of seats) this.asked(seat);
  }

  /** What a seat has for one turn. */
  #limit(seat: Seat): number | null {
    const { turnMs } = this.#rules;
    const game = this.#game[seat] ?? null;
    if (turnMs === null || game === null) return turnMs ?? game;
    return Math.min(turnMs, game);
  }

  #run(seat: Seat, turn: Turn): void {
    this.#hold(turn);
    turn.since = this.#time.now();
    const left = this.left(seat);
    if (left !== null) turn.cancel = this.#time.after(left, () => this.#late(seat, this.#limit(seat) ?? 0));
  }

  #hold(turn: Turn): void {
    turn.cancel();
    if (turn.since !== null) turn.used += this.#time.now() - turn.since;
    turn.since = null;
  }

  #charge(seat: Seat, ms: number): void {
    const game = this.#game[seat] ?? null;
    if (game !== null) this.#game[seat] = Math.max(0, game - ms) + this.#rules.incrementMs;
  }
}
