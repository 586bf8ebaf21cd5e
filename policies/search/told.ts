import { type Event, isTold, type Seat } from '../../src/core/environment.js';
import { isObject, type Json } from '../../src/core/json.js';

/** What a seat has been told, for comparing imagined histories with it. */
export class Told {
  readonly seat: Seat;
  readonly #events: Event[] = [];
  /** NOTE: events are compared as texts, each written once. */
  readonly #texts: string[] = [];

  constructor(seat: Seat) {
    this.seat = seat;
  }

  get count(): number {
    return this.#events.length;
  }

  get events(): readonly Event[] {
    return this.#events;
  }

  /** Takes in the events told since; those before must be the same as ever. */
  extend(events: readonly Event[]): void {
    for (const event of events.slice(this.count)) {
      this.#events.push(event);
      this.#texts.push(JSON.stringify(event));
    }
  }

  /**
   * How many events the seat has heard after a step, if it had heard `heard` before it; -1 when the step tells it
   * something else than it was told.
   */
  after(events: readonly Event[] | undefined, heard: number): number {
    let at = heard;
    for (const event of events ?? []) {
      if (!isTold(event, this.seat)) continue;
      if (event.kind !== this.#events[at]?.kind || JSON.stringify(event) !== this.#texts[at]) return -1;
      at++;
    }
    return at;
  }

  /** How near a step comes to telling what was told: how many values of its events agree, place by place. */
  likeness(events: readonly Event[] | undefined, heard: number): number {
    let at = heard;
    let agreeing = 0;
    for (const event of events ?? []) {
      if (isTold(event, this.seat)) agreeing += agreement(event, this.#events[at++]);
    }
    return agreeing;
  }
}

function agreement(one: Json, other: Json | undefined): number {
  if (Array.isArray(one)) {
    return Array.isArray(other) ? sum(one.map((item: Json, at) => agreement(item, other[at] as Json | undefined))) : 0;
  }
  if (isObject(one)) {
    return isObject(other) ? sum(Object.keys(one).map((key) => agreement(one[key] as Json, other[key]))) : 0;
  }
  return one === other ? 1 : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
