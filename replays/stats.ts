import type { EpisodeRecord } from './schema.js';
import { actorsOf } from './steps.js';

/** A mean with the half-width of its 95 % interval (normal approximation) and the number of values behind it. */
export interface Mean {
  readonly n: number;
  readonly mean: number;
  readonly half: number;
}

/** Running sum and sum of squares. */
export class Tally {
  #n = 0;
  #sum = 0;
  #squares = 0;

  /** A tally of values known by their number, sum and sum of squares. */
  static of(n: number, sum: number, squares: number): Tally {
    const tally = new Tally();
    tally.#n = n;
    tally.#sum = sum;
    tally.#squares = squares;
    return tally;
  }

  add(value: number): void {
    this.#n++;
    this.#sum += value;
    this.#squares += value * value;
  }

  mean(): Mean {
    const n = this.#n;
    const mean = n === 0 ? 0 : this.#sum / n;
    const variance = n < 2 ? 0 : Math.max(0, (this.#squares - n * mean * mean) / (n - 1));
    return { n, mean, half: n < 2 ? 0 : 1.96 * Math.sqrt(variance / n) };
  }
}

/** What a seat's agent did, over all episodes of a set. */
export interface SeatStats {
  readonly seat: number;
  readonly agent: string;
  /** Over episodes that have returns. */
  readonly returns: Mean;
  readonly turns: number;
  readonly substituted: number;
  /** Failed tries by kind. */
  readonly failures: { readonly [kind: string]: number };
}

export interface Stats {
  readonly environment: string;
  readonly episodes: number;
  readonly steps: Mean;
  readonly how: { readonly [how: string]: number };
  readonly outcomes: { readonly [outcome: string]: number };
  readonly seats: readonly SeatStats[];
}

/** Gathers statistics of records, one environment and agent at a time, in flat memory. */
export class StatsBuilder {
  readonly #groups = new Map<string, Group>();

  add(record: EpisodeRecord): void {
    const name = `${record.environment.id} ${record.environment.version}`;
    let group = this.#groups.get(name);
    if (group === undefined) {
      group = new Group(name);
      this.#groups.set(name, group);
    }
    group.add(record);
  }

  result(): Stats[] {
    return [...this.#groups.values()].map((group) => group.result());
  }
}

class Group {
  readonly #name: string;
  readonly #steps = new Tally();
  readonly #how: { [how: string]: number } = {};
  readonly #outcomes: { [outcome: string]: number } = {};
  readonly #seats = new Map<string, SeatTally>();
  #episodes = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add(record: EpisodeRecord): void {
    this.#episodes++;
    this.#steps.add(record.steps.length);
    count(this.#how, record.end.how);
    if (record.end.outcome !== null) count(this.#outcomes, record.end.outcome);
    const tallies = record.seats.map(({ agent }, seat) => this.#tally(seat, agent));
    for (const [seat, tally] of tallies.entries()) {
      const value = record.end.returns?.[seat];
      if (value !== undefined) tally.returns.add(value);
    }
    for (const step of record.steps) {
      for (const [seat, decided] of actorsOf(step)) tallies[seat]?.take(decided);
    }
    for (const [seat, tries] of Object.entries(record.end.forfeits ?? {})) tallies[Number(seat)]?.fail(tries);
  }

  result(): Stats {
    return {
      environment: this.#name,
      episodes: this.#episodes,
      steps: this.#steps.mean(),
      how: this.#how,
      outcomes: this.#outcomes,
      seats: [...this.#seats.values()].map((tally) => tally.result()).sort((a, b) => a.seat - b.seat),
    };
  }

  #tally(seat: number, agent: string): SeatTally {
    const key = `${seat} ${agent}`;
    let tally = this.#seats.get(key);
    if (tally === undefined) {
      tally = new SeatTally(seat, agent);
      this.#seats.set(key, tally);
    }
    return tally;
  }
}

type Tries = readonly { readonly failure: string }[];

class SeatTally {
  readonly returns = new Tally();
  readonly #failures: { [kind: string]: number } = {};
  readonly #seat: number;
  readonly #agent: string;
  #turns = 0;
  #substituted = 0;

  constructor(seat: number, agent: string) {
    this.#seat = seat;
    this.#agent = agent;
  }

  take(decided: { readonly substituted?: true; readonly tries?: Tries }): void {
    this.#turns++;
    if (decided.substituted === true) this.#substituted++;
    if (decided.tries !== undefined) this.fail(decided.tries);
  }

  fail(tries: Tries): void {
    for (const { failure } of tries) count(this.#failures, failure);
  }

  result(): SeatStats {
    return {
      seat: this.#seat,
      agent: this.#agent,
      returns: this.returns.mean(),
      turns: this.#turns,
      substituted: this.#substituted,
      failures: this.#failures,
    };
  }
}

function count(counts: { [name: string]: number }, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
