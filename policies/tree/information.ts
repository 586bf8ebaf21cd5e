import type { Environment, Event, Seat } from '../../src/core/environment.js';
import { type Json, lanes } from '../../src/core/json.js';
import type { Move } from '../../src/core/space.js';

/** What a seat knows when it is asked: an `ActRequest` is one. `view` is read only where the environment has a key. */
export interface Known {
  readonly seat: Seat;
  readonly view: Json;
  readonly events: readonly Event[];
  readonly moves: readonly Move[];
}

/**
 * The name of an information state, as trees and saved policies write it: the seat, then the environment's own key of
 * the view, or where it has none 16 hexadecimal digits that stand for every event told to the seat and every move it
 * made, each list in its order.
 */
export function informationName(environment: Environment, known: Known): string {
  if (environment.key !== undefined) return keyName(environment, known.seat, known.view);
  const told = new Running();
  const made = new Running();
  for (const event of known.events) told.add(lanes(JSON.stringify(event)));
  for (const move of known.moves) made.add(lanes(JSON.stringify(move)));
  return sequenceName(known.seat, told, made);
}

/** The same name for a seat that is told things one after another, at a constant cost for each. */
export class InformationTracker {
  readonly #environment: Environment;
  readonly #seat: Seat;
  readonly #told = new Running();
  readonly #made = new Running();

  constructor(environment: Environment, seat: Seat) {
    this.#environment = environment;
    this.#seat = seat;
  }

  told(event: Event): void {
    if (this.#environment.key === undefined) this.#told.add(lanes(JSON.stringify(event)));
  }

  moved(move: Move): void {
    if (this.#environment.key === undefined) this.#made.add(lanes(JSON.stringify(move)));
  }

  /** @param view makes the seat's view; asked only where the environment has a key */
  name(view: () => Json): string {
    if (this.#environment.key !== undefined) return keyName(this.#environment, this.#seat, view());
    return sequenceName(this.#seat, this.#told, this.#made);
  }
}

/** A 64-bit fingerprint of a growing list, in two 32-bit lanes. Adding an item maps the states one to one. */
export class Running {
  a = 0x243f6a88;
  b = 0x05a308d3;

  /** @param item the fingerprint of the item's text, as `lanes` gives it */
  add([a, b]: readonly [number, number]): void {
    const left = Math.imul(this.a ^ a, 0x9e3779b1);
    const right = (Math.imul(this.b ^ b, 0x5f356495) + ((left << 15) | (left >>> 17))) | 0;
    this.a = left ^ (right >>> 13);
    this.b = right ^ Math.imul(this.a, 0x85ebca6b);
  }
}

export function keyName(environment: Environment, seat: Seat, view: Json): string {
  return `${seat}:${environment.key?.(view)}`;
}

export function sequenceName(seat: Seat, told: Running, made: Running): string {
  const both = new Running();
  both.add([told.a, told.b]);
  both.add([made.a, made.b]);
  return `${seat}:${hex(both.a)}${hex(both.b)}`;
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
