import type { Environment, Seat } from '../../../core/environment.js';
import type { JsonObject } from '../../../core/json.js';
import type { Seed } from '../../../core/rng.js';
import { Refused } from '../../wire/refused.js';
import type { House } from '../door.js';
import { vacate } from '../seat.js';
import type { Session } from '../session.js';
import { configOf, randomSeed } from '../start.js';
import type { ResetArgs } from './wire.js';

/** A client's part in an episode. */
export interface Part {
  readonly session: Session;
  readonly seat: Seat;
  /** Gives the part up. Where others play on, the seat loses, or is played by the rule for who does not answer. */
  leave(): Promise<void>;
}

interface Guest {
  enter(part: Part): void;
  refuse(reason: unknown): void;
}

/** A match that waits for its clients. */
interface Gathering {
  readonly config: JsonObject;
  readonly seed: Seed;
  readonly seats: (Guest | null)[];
}

/** Fields of which all who name a match must say the same, or nothing. */
const SETUP = ['preset', 'config', 'split', 'task'] as const;

/**
 * Matches of clients against each other. Who names a match waits until every seat of it is taken by somebody who names
 * it too. Nothing lists them: only who knows the name gets in.
 */
export class Matches {
  readonly #house: House;
  readonly #waitMs: number;
  readonly #gathering = new Map<string, Gathering>();
  readonly #playing = new Map<string, Session>();

  /** @param waitMs how long one waits for the others */
  constructor(house: House, waitMs: number) {
    this.#house = house;
    this.#waitMs = waitMs;
  }

  /**
   * A seat of the match of a name; resolves when all seats are taken.
   * @param signal aborted when the client no longer waits
   * @throws Refused when the seat or the match is taken or nobody came, UserError on arguments that do not fit
   */
  join(environment: Environment, match: string, args: ResetArgs, signal: AbortSignal): Promise<Part> {
    const key = JSON.stringify([environment.spec.id, match]);
    if (this.#playing.has(key)) throw new Refused('not allowed', `match ${match} is being played; its seats are taken`);
    const gathering = this.#gathering.get(key) ?? gather(environment, args);
    agree(gathering, environment, match, args);
    const seat = freeSeat(gathering, match, args.seat);
    this.#gathering.set(key, gathering);
    const waiting = this.#wait(key, gathering, seat, signal);
    if (!gathering.seats.includes(null)) this.#begin(key, environment, gathering);
    return waiting;
  }

  #wait(key: string, gathering: Gathering, seat: Seat, signal: AbortSignal): Promise<Part> {
    return new Promise<Part>((resolve, reject) => {
      const late = () => give(new Refused('not allowed', `nobody came within ${this.#waitMs / 1000} seconds`));
      const gone = () => give(new Refused('not allowed', 'the client no longer waits'));
      const timer = setTimeout(late, this.#waitMs).unref();
      signal.addEventListener('abort', gone, { once: true });
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', gone);
      };
      const give = (reason: unknown) => {
        done();
        gathering.seats[seat] = null;
        if (gathering.seats.every((guest) => guest === null)) this.#gathering.delete(key);
        reject(reason);
      };
      gathering.seats[seat] = {
        enter(part) {
          done();
          resolve(part);
        },
        refuse: give,
      };
    });
  }

  #begin(key: string, environment: Environment, { config, seed, seats }: Gathering): void {
    const guests = [...seats] as Guest[];
    try {
      const { sessions, callMs } = this.#house;
      const session = sessions.open({ environment, config, seed, seats: guests.map(() => null), limits: { callMs } });
      this.#gathering.delete(key);
      this.#playing.set(key, session);
      const present = new Set(guests.keys());
      // NOTE: once somebody has left, others may play under the name.
      const free = () => this.#playing.get(key) === session && this.#playing.delete(key);
      void session.ended.then(free);
      const leave = (seat: Seat) => {
        free();
        return this.#left(session, present, seat);
      };
      for (const [seat, guest] of guests.entries()) guest.enter({ session, seat, leave: () => leave(seat) });
    } catch (thrown) {
      for (const guest of guests) guest.refuse(thrown);
    }
  }

  async #left(session: Session, present: Set<Seat>, seat: Seat): Promise<void> {
    present.delete(seat);
    if (present.size === 0) await this.#house.sessions.close(session.id);
    else void vacate(session.seat(seat));
  }
}

function gather(environment: Environment, args: ResetArgs): Gathering {
  const config = configOf(environment, args);
  const { seats } = environment.spec.facts(config);
  if (seats < 2) throw new Refused('not allowed', `${environment.spec.id} has one seat, so there is no match to join`);
  return { config, seed: args.seed ?? randomSeed(), seats: new Array<null>(seats).fill(null) };
}

function agree(gathering: Gathering, environment: Environment, match: string, args: ResetArgs): void {
  if (args.opponents !== undefined)
    throw new Refused('not allowed', 'every seat of a match is a client; leave "opponents" or "match_id" out');
  const differs = (what: string) =>
    new Refused('not allowed', `match ${match} has another ${what}; say the same as the others, or nothing`);
  if (args.seed !== undefined && args.seed !== gathering.seed) throw differs('seed');
  if (SETUP.every((field) => args[field] === undefined)) return;
  if (JSON.stringify(configOf(environment, args)) !== JSON.stringify(gathering.config)) throw differs('configuration');
}

function freeSeat({ seats }: Gathering, match: string, wanted: Seat | undefined): Seat {
  const seat = wanted ?? seats.indexOf(null);
  if (seat >= seats.length)
    throw new Refused('no such seat', `there is no seat ${seat}; the seats are 0 to ${seats.length - 1}`);
  if (seats[seat] !== null) throw new Refused('not allowed', `seat ${seat} of match ${match} is taken`);
  return seat;
}
