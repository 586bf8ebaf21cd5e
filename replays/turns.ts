import type { Message, ModelCall } from '../src/core/agent.js';
import type { Decided } from '../src/core/decide.js';
import { type Environment, type Seat, weightsOf } from '../src/core/environment.js';
import type { JsonObject } from '../src/core/json.js';
import type { ActionSpace } from '../src/core/space.js';
import { type Asked, asked } from './asked.js';
import type { EpisodeRecord } from './schema.js';
import { completionOf } from './spoken.js';

/** When a reward counts: when its seat is told (the usual), or with the move it was paid for, secrets included. */
export type Credit = 'told' | 'paid';

type Parts = { readonly [part: string]: number };

/** A decision with what it brought its seat. Rewards are raw: weighted by the configuration, nothing else. */
export class OwnTurn implements Asked {
  /** Place among the seat's own turns, from 0. */
  readonly turn: number;
  /** Name of the state the seat was asked in, the same wherever that state is met. */
  readonly position: string;
  /** Parts credited from this turn up to the seat's next, unweighted. */
  readonly rewards: Parts;
  /** Their weighted sum; the seat's last turn also bears what a forfeit adds. */
  readonly reward: number;
  /** The sum of `reward` from this turn to the end; null where the loop ended the episode. */
  readonly returnToGo: number | null;
  readonly #asked: Asked;
  #completion: Message | undefined;

  constructor(about: Asked, place: Place) {
    this.#asked = about;
    this.turn = place.turn;
    this.position = place.position;
    this.rewards = place.rewards;
    this.reward = place.reward;
    this.returnToGo = place.returnToGo;
  }

  get step(): number {
    return this.#asked.step;
  }

  get seat(): Seat {
    return this.#asked.seat;
  }

  get space(): ActionSpace {
    return this.#asked.space;
  }

  get decided(): Decided {
    return this.#asked.decided;
  }

  get prompt(): readonly Message[] {
    return this.#asked.prompt;
  }

  /** What the seat said, as the message of an assistant. */
  get completion(): Message {
    this.#completion ??= completionOf(this.space, this.decided, this.call);
    return this.#completion;
  }

  get tools(): readonly JsonObject[] {
    return this.#asked.tools;
  }

  /** The call of a model that gave the answer; null where none did. */
  get call(): ModelCall | null {
    return this.#asked.call;
  }
}

interface Place {
  readonly turn: number;
  readonly position: string;
  readonly rewards: Parts;
  readonly reward: number;
  readonly returnToGo: number | null;
}

/**
 * All decisions of a record in order, of every seat, moves made by the table's rule included.
 * @throws UserError when the record cannot be played again here
 */
export function turnsOf(record: EpisodeRecord, environment: Environment, credit: Credit = 'told'): OwnTurn[] {
  const all = [...asked(record, environment)];
  const purses = record.seats.map((_, seat) => new Purse(record, environment, seat, credit, stepsOf(all, seat)));
  return all.map((one) => new OwnTurn(one, (purses[one.seat] as Purse).next()));
}

function stepsOf(all: readonly Asked[], seat: Seat): number[] {
  return all.filter((one) => one.seat === seat).map(({ step }) => step);
}

/** What one seat was paid, turn by turn. */
class Purse {
  readonly #record: EpisodeRecord;
  readonly #steps: readonly number[];
  readonly #rewards: { [part: string]: number }[];
  readonly #sums: number[];
  readonly #toGo: (number | null)[];
  #turn = 0;

  constructor(record: EpisodeRecord, environment: Environment, seat: Seat, credit: Credit, steps: readonly number[]) {
    const weights = weightsOf(environment.spec, record.environment.config as JsonObject);
    const parts = environment.spec.rewards;
    this.#record = record;
    this.#steps = steps;
    this.#rewards = steps.map(() => ({}));
    // NOTE: what is told at the end is never told where the loop broke off before one.
    const atEnd = record.end.returns === null ? -1 : steps.length - 1;
    let turn = -1;
    for (const [index, step] of record.steps.entries()) {
      if (steps[turn + 1] === index) turn++;
      for (const [part, amount] of Object.entries(step.rewards?.[seat] ?? {})) {
        const late = credit === 'told' && parts[part]?.told === 'end';
        const purse = this.#rewards[late ? atEnd : turn];
        if (purse !== undefined) purse[part] = (purse[part] ?? 0) + amount;
      }
    }
    this.#sums = this.#rewards.map((own) => weigh(own, weights));
    this.#settle(record, seat, weigh(record.end.paid[seat] ?? {}, weights));
    this.#toGo = sumsToGo(this.#sums, record.end.returns !== null);
  }

  next(): Place {
    const turn = this.#turn++;
    const step = this.#steps[turn] as number;
    const before = step === 0 ? undefined : this.#record.steps[step - 1];
    return {
      turn,
      position: before?.hash ?? this.#record.start,
      rewards: this.#rewards[turn] as Parts,
      reward: this.#sums[turn] as number,
      returnToGo: this.#toGo[turn] ?? null,
    };
  }

  /** A forfeit sets the return by rule; what that adds to what was paid falls to the last turn. */
  #settle({ end }: EpisodeRecord, seat: Seat, paid: number): void {
    const last = this.#sums.length - 1;
    if (end.how !== 'forfeit' || last < 0) return;
    this.#sums[last] = (this.#sums[last] as number) + ((end.returns?.[seat] ?? paid) - paid);
  }
}

function weigh(parts: Parts, weights: Parts): number {
  return Object.entries(parts).reduce((sum, [part, amount]) => sum + amount * (weights[part] ?? 0), 0);
}

function sumsToGo(sums: readonly number[], ended: boolean): (number | null)[] {
  let rest = 0;
  return sums
    .map((_, at) => {
      rest += sums[sums.length - 1 - at] as number;
      return ended ? rest : null;
    })
    .reverse();
}
