import { type Environment, type Seat, seatName } from '../../src/core/environment.js';
import { UserError } from '../../src/core/errors.js';
import type { Json } from '../../src/core/json.js';
import { bytes, Column, ints } from './column.js';
import { keyName } from './information.js';
import type { Paths } from './paths.js';

/** The information states met so far: one for each path at which a seat decides. */
export class StateBook {
  readonly names: string[] = [];
  readonly options: (readonly string[])[] = [];
  readonly seats = new Column(bytes);
  /** Labels in the order met, and their numbers by state and by ending and seat. */
  readonly labels: string[] = [];
  readonly stateLabels = new Column(ints);
  readonly endLabels = new Column(ints);
  readonly #environment: Environment;
  readonly #paths: Paths;
  readonly #label: ((view: Json, seat: Seat) => string) | null;
  /** By path: the number of its state plus 1, 0 where nobody decides. */
  readonly #byPath = new Column(ints);
  readonly #names = new Set<string>();
  readonly #byLabel = new Map<string, number>();

  constructor(environment: Environment, paths: Paths, label: ((view: Json, seat: Seat) => string) | null) {
    this.#environment = environment;
    this.#paths = paths;
    this.#label = label;
  }

  /**
   * The number of the state of a path.
   * @throws UserError where a seat is offered different options at histories that it cannot tell apart, or where two
   *   states have one name
   */
  number(seat: Seat, path: number, options: readonly string[], state: Json): number {
    const known = path < this.#byPath.length ? this.#byPath.get(path) - 1 : -1;
    if (known < 0) return this.#add(seat, path, options, state);
    if (this.options[known] !== options) throw new UserError(this.#differs(seat, this.options[known] ?? [], options));
    return known;
  }

  labelEnd(state: Json, seat: Seat): void {
    if (this.#label !== null) this.endLabels.push(this.#labelOf(state, seat, this.#label));
  }

  #add(seat: Seat, path: number, options: readonly string[], state: Json): number {
    const number = this.names.length;
    const name = this.#nameOf(seat, path, state);
    if (this.#names.has(name)) throw new UserError(this.#clash(seat, name));
    this.#names.add(name);
    while (this.#byPath.length <= path) this.#byPath.push(0);
    this.#byPath.set(path, number + 1);
    this.names.push(name);
    this.options.push(options);
    this.seats.push(seat);
    if (this.#label !== null) this.stateLabels.push(this.#labelOf(state, seat, this.#label));
    return number;
  }

  #nameOf(seat: Seat, path: number, state: Json): string {
    if (this.#environment.key === undefined) return this.#paths.name(seat, path);
    return keyName(this.#environment, seat, this.#environment.view(state, seat));
  }

  #labelOf(state: Json, seat: Seat, label: (view: Json, seat: Seat) => string): number {
    const text = label(this.#environment.view(state, seat), seat);
    const known = this.#byLabel.get(text);
    if (known !== undefined) return known;
    this.#byLabel.set(text, this.labels.length);
    return this.labels.push(text) - 1;
  }

  #differs(seat: Seat, before: readonly string[], now: readonly string[]): string {
    const { id } = this.#environment.spec;
    return `${id}: ${seatName(seat)} is told the same and offered "${before.join(', ')}" once, "${now.join(', ')}" another time`;
  }

  #clash(seat: Seat, name: string): string {
    const { id } = this.#environment.spec;
    const why =
      this.#environment.key === undefined
        ? 'the same events and own moves came in two orders, so let an event say what came first'
        : 'the key of its view leaves out something that it was told or did';
    return `${id}: two information states of ${seatName(seat)} have the name ${name}: ${why}`;
  }
}
