import {
  type ActTurn,
  actors,
  type Environment,
  type Event,
  type Facts,
  isTold,
  type Moves,
  type Rewards,
  type Seat,
  type Spec,
  type Step,
  type Turn,
  weightsOf,
} from './environment.js';
import { MoveRefused } from './errors.js';
import type { Json, JsonObject } from './json.js';
import { type ActionSpace, check, type Move } from './space.js';

/** What one seat has learnt: the events told to it and its own moves, oldest first. The two make its information state. */
export interface Heard {
  readonly events: readonly Event[];
  readonly moves: readonly Move[];
}

/** Amounts paid so far: one record a seat, part by part, unweighted. */
export type Paid = readonly { readonly [part: string]: number }[];

/** What one seat has learnt, how far the log was read for it, and its first n events in words, for each n so far. */
type Ear = { readonly events: Event[]; readonly moves: Move[]; read: number; readonly said: string[] };

const NOTHING = {};

/**
 * One episode as a synchronous state machine: the state, whose turn it is, who has been told what and who has been paid
 * what. It knows no clock, no agents and no randomness; the step loop, replay, verification and laws all drive this one.
 */
export class Episode {
  readonly environment: Environment;
  readonly config: JsonObject;
  readonly facts: Facts;
  #state: Json;
  #turn: Turn;
  #steps = 0;
  #weights: { readonly [part: string]: number } | undefined;
  readonly #log: Event[] = [];
  readonly #paid: { readonly [part: string]: number }[] = [];
  readonly #heard: Ear[] = [];

  constructor(environment: Environment, config: JsonObject) {
    this.environment = environment;
    this.config = config;
    this.facts = environment.spec.facts(config);
    this.#state = environment.start(config);
    this.#turn = environment.turn(this.#state);
    for (let seat = 0; seat < this.facts.seats; seat++) {
      this.#paid.push(NOTHING);
      this.#heard.push({ events: [], moves: [], read: 0, said: [''] });
    }
  }

  get state(): Json {
    return this.#state;
  }

  get turn(): Turn {
    return this.#turn;
  }

  /** Steps applied so far. Not for seats: it counts what others do in secret. */
  get steps(): number {
    return this.#steps;
  }

  /** Everything that has happened, whoever was told. */
  get log(): readonly Event[] {
    return this.#log;
  }

  get paid(): Paid {
    return this.#paid;
  }

  /** What a seat has learnt so far. The lists grow as the episode goes on; they only ever hold what the seat may know. */
  heard(seat: Seat): Heard {
    const heard = this.#heardOf(seat);
    for (; heard.read < this.#log.length; heard.read++) {
      const event = this.#log[heard.read] as Event;
      if (isTold(event, seat)) heard.events.push(event);
    }
    return heard;
  }

  /** The first events told to a seat in words, one a line, silent ones left out. Each is said once and kept. */
  said(seat: Seat, count: number): string {
    const { events, said } = this.#heardOf(seat);
    while (said.length <= count) {
      const before = said[said.length - 1] as string;
      const line = this.environment.say(events[said.length - 1] as Event, seat);
      said.push(line === '' ? before : before === '' ? line : `${before}\n${line}`);
    }
    return said[count] as string;
  }

  /** What a seat may know of its rewards: parts told at once, and after the end all of them. */
  told(seat: Seat): { readonly [part: string]: number } {
    const paid = this.#paid[seat] ?? NOTHING;
    return this.#turn.kind === 'over' ? paid : toldAtOnce(this.environment.spec, paid);
  }

  /** The weighted sum of what a seat has been told it was paid. */
  toldReturn(seat: Seat): number {
    return this.#weigh(this.told(seat));
  }

  /** The weighted sum of what each seat was paid. */
  returns(): number[] {
    return this.#paid.map((parts) => this.#weigh(parts));
  }

  /**
   * Plays one step. Moves of seats are checked against their spaces and the step is refused whole, the episode
   * unchanged, if one of them does not belong (`MoveRefused`). Outcomes of chance must be among those listed.
   */
  apply(moves: Moves): Step<Json> {
    return this.applyChecked(this.#accept(moves));
  }

  /** Plays one step with moves that `check` has already accepted: what belongs here is taken as it is. */
  applyChecked(moves: Moves): Step<Json> {
    const step = this.environment.apply(this.#state, moves);
    this.#turn = this.environment.turn(step.state);
    this.#state = step.state;
    this.#steps++;
    if ('seats' in moves) this.#remember(moves.seats);
    if (step.events !== undefined) for (const event of step.events) this.#log.push(event);
    if (step.rewards !== undefined) this.#pay(step.rewards);
    return step;
  }

  #remember(moves: { readonly [seat: number]: Move }): void {
    for (let seat = 0; seat < this.#heard.length; seat++) {
      const move = moves[seat];
      if (move !== undefined) this.#heard[seat]?.moves.push(move);
    }
  }

  #weigh(parts: { readonly [part: string]: number }): number {
    this.#weights ??= weightsOf(this.environment.spec, this.config);
    let sum = 0;
    for (const part of Object.keys(parts)) sum += (parts[part] ?? 0) * (this.#weights[part] ?? 0);
    return sum;
  }

  #heardOf(seat: Seat): Ear {
    const heard = this.#heard[seat];
    if (heard === undefined) throw new RangeError(`seat ${seat} is not at this table of ${this.facts.seats}`);
    return heard;
  }

  #pay(rewards: Rewards): void {
    for (const seat in rewards) {
      const before = this.#paid[seat];
      if (before === undefined) throw new RangeError(`paid seat ${seat}, which is not at this table`);
      // NOTE: a new purse each time, because observations keep the one of their time.
      const purse = { ...before };
      const amounts = rewards[seat] ?? {};
      for (const part in amounts) {
        const amount = amounts[part] as number;
        if (!Object.hasOwn(this.environment.spec.rewards, part))
          throw new Error(`paid a part "${part}" the spec does not declare`);
        if (!Number.isFinite(amount)) throw new Error(`paid ${amount} for "${part}"`);
        purse[part] = (purse[part] ?? 0) + amount;
      }
      this.#paid[seat] = purse;
    }
  }

  #accept(moves: Moves): Moves {
    const turn = this.#turn;
    switch (turn.kind) {
      case 'act':
        return this.#acceptSeats(turn, moves);
      case 'chance':
        if (!('chance' in moves)) throw new MoveRefused('chance is to move now');
        if ('outcomes' in turn && !isListed(turn.outcomes, moves.chance)) {
          throw new MoveRefused(`${JSON.stringify(moves.chance)} is no listed outcome of this chance turn`);
        }
        return moves;
      case 'call':
        if (!('answers' in moves)) throw new MoveRefused('answers to the calls are wanted now');
        if (moves.answers.length !== turn.requests.length) {
          throw new MoveRefused(`${turn.requests.length} answers are wanted, not ${moves.answers.length}`);
        }
        return moves;
      case 'over':
        throw new MoveRefused('the episode is over');
    }
  }

  #acceptSeats(turn: ActTurn, moves: Moves): Moves {
    const wanted = actors(turn, this.facts.seats);
    if (!('seats' in moves)) throw new MoveRefused(`seats ${wanted.join(', ')} are to move now`);
    const given = moves.seats;
    let accepted: { [seat: number]: Move } | null = null;
    for (const seat of wanted) {
      const read = check(this.environment.spec, turn.spaces[seat] as ActionSpace, given[seat]);
      if (!read.ok) throw new MoveRefused(`seat ${seat}: ${read.reason}`);
      // NOTE: only a form may turn a move into another (its defaults); all else is taken as it came.
      if (read.value !== given[seat]) {
        accepted ??= { ...given };
        accepted[seat] = read.value;
      }
    }
    const seats = Object.keys(given);
    if (seats.length !== wanted.length) {
      const extra = seats.find((seat) => turn.spaces[Number(seat)] === undefined);
      throw new MoveRefused(`seat ${extra} is not to move now`);
    }
    return accepted === null ? moves : { seats: accepted };
  }
}

/** Of what a seat was paid, the parts it may know before the end. */
export function toldAtOnce(spec: Spec, paid: { readonly [part: string]: number }): { readonly [part: string]: number } {
  return Object.fromEntries(Object.entries(paid).filter(([part]) => spec.rewards[part]?.told === 'at once'));
}

function isListed(outcomes: readonly (readonly [Move, number])[], move: Move): boolean {
  if (typeof move !== 'object' || move === null) return outcomes.some(([outcome]) => outcome === move);
  const text = JSON.stringify(move);
  return outcomes.some(([outcome]) => JSON.stringify(outcome) === text);
}
