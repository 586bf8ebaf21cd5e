import type { Seat } from '../../core/environment.js';
import type { Time } from '../table/time.js';
import { Refused } from '../wire/refused.js';
import { Attendance } from './attendance.js';
import type { MatchCard, SeatCard } from './match.js';
import { isAgreed, isPresent, wantPause, wantPlay } from './pausing.js';

/** What people coming and going change at their table. */
export interface PeopleTable {
  card(): MatchCard;
  /** Resolves when the change is safe. */
  change(change: Partial<MatchCard>): Promise<void>;
  /** Whoever the card names takes the seat. */
  sit(seat: Seat): Promise<void>;
  /** The table stands still, or goes on, as its card says. */
  pause(): void;
}

/** The people of one match: a stand-in plays for whoever is away, and all together may let the game rest. */
export class People {
  readonly #table: PeopleTable;
  readonly #attendance: Attendance;
  readonly #failed: (error: unknown) => void;

  /** @param absentMs how long somebody may be away; null for any time. @param failed told of what could not be stored */
  constructor(table: PeopleTable, absentMs: number | null, time: Time, failed: (error: unknown) => void) {
    this.#table = table;
    this.#failed = failed;
    this.#attendance = new Attendance(absentMs, time, (seat) => this.#replace(seat));
  }

  /** The game begins, or goes on after a restart: who has not come back by now counts as away. */
  begin(): void {
    this.#table.pause();
    this.#watch();
  }

  /** The game is over or let go of. */
  stop(): void {
    this.#attendance.stop();
  }

  /** A person is connected: a seat that a stand-in had is theirs again at once, in mid-turn too. */
  arrived(seat: Seat): void {
    this.#attendance.arrived(seat);
    const { replacedBy, ...card } = this.#seat(seat);
    if (replacedBy === undefined || !this.#isPlaying) return;
    const { paused } = this.#table.card();
    this.#change(seat, paused === true ? { ...card, pausing: true } : card).catch(this.#failed);
    this.#watch();
  }

  departed(seat: Seat): void {
    this.#attendance.departed(seat);
  }

  /** A person gets up for good, and the stand-in plays on. @throws Refused without one */
  async leave(seat: Seat): Promise<void> {
    const { token: _token, pausing: _pausing, ...left } = this.#seat(seat);
    const { standIn } = this.#table.card();
    if (standIn === null)
      throw new Refused('not allowed', 'no agent can take over here; the game goes on without a stand-in');
    await this.#standIn(seat, { ...left, replacedBy: standIn });
  }

  /** A person is for a pause, or for going on. @throws Refused when there is nothing to pause */
  async pause(seat: Seat, wanted: boolean): Promise<void> {
    if (!this.#isPlaying) throw new Refused('not allowed', 'there is no game going on');
    const card = this.#table.card();
    await this.#rest(wanted ? wantPause(card, seat) : wantPlay(card, seat));
  }

  #replace(seat: Seat): void {
    const { standIn } = this.#table.card();
    if (standIn === null || !this.#isPlaying || !isPresent(this.#seat(seat))) return;
    const { pausing: _pausing, ...card } = this.#seat(seat);
    this.#standIn(seat, { ...card, replacedBy: standIn }).catch(this.#failed);
  }

  async #standIn(seat: Seat, card: SeatCard): Promise<void> {
    await this.#change(seat, card);
    const { seats, paused } = this.#table.card();
    // NOTE: whoever gets up may be the last who had not agreed to a pause, or the last who could end one.
    const rests = paused === true ? seats.some(isPresent) : isAgreed(seats);
    if (rests !== (paused === true)) await this.#rest({ seats, paused: rests });
  }

  /** NOTE: nobody is missed at a table that stands still. */
  async #rest(change: Pick<MatchCard, 'seats' | 'paused'>): Promise<void> {
    const saved = this.#table.change(change);
    this.#table.pause();
    this.#watch();
    await saved;
  }

  #watch(): void {
    const { seats, paused } = this.#table.card();
    const wanted = seats.flatMap((card, seat) => (isPresent(card) ? [seat] : []));
    if (paused === true || !this.#isPlaying) this.#attendance.stop();
    else this.#attendance.watch(wanted);
  }

  get #isPlaying(): boolean {
    const { startedAt, over } = this.#table.card();
    return startedAt !== null && over === undefined;
  }

  #seat(seat: Seat): SeatCard {
    return this.#table.card().seats[seat] as SeatCard;
  }

  /** Another card for a seat, and whoever it names sits down: at once, and safe when this resolves. */
  async #change(seat: Seat, card: SeatCard): Promise<void> {
    const { seats } = this.#table.card();
    const saved = this.#table.change({ seats: seats.map((own, at) => (at === seat ? card : own)) });
    await Promise.all([saved, this.#table.sit(seat)]);
  }
}
