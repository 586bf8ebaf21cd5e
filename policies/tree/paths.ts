import type { Event, Seat } from '../../src/core/environment.js';
import { lanes } from '../../src/core/json.js';
import { Column, ints } from './column.js';
import { Edges } from './edges.js';
import { Running, sequenceName } from './information.js';

/**
 * Every sequence of events and own moves that a viewer can go through, as a numbered path in one tree of edges: a known
 * path and what came next give the longer path. Exact: texts are compared whole and edges by both their ends. Viewers
 * start at paths of their own, 0 and up.
 */
export class Paths {
  readonly #moves = new Map<string, number>();
  readonly #events = new Map<string, number>();
  /** By symbol: two lanes of its text's fingerprint; moves and events have the same fingerprints as in names. */
  readonly #lanes: (readonly [number, number])[] = [];
  readonly #edges = new Edges();
  /** By path: four lanes, of the events told and of the moves made. */
  readonly #prints = new Column(ints);
  readonly #told = new Running();
  readonly #made = new Running();
  #count = 0;

  constructor(viewers: number) {
    for (let viewer = 0; viewer < viewers; viewer++) this.#add();
  }

  get count(): number {
    return this.#count;
  }

  /** The symbol of an own move. */
  move(id: string): number {
    return this.#moves.get(id) ?? this.#symbol(this.#moves, id, JSON.stringify(id));
  }

  event(event: Event): number {
    const text = JSON.stringify(event);
    return this.#events.get(text) ?? this.#symbol(this.#events, text, text);
  }

  afterEvent(path: number, symbol: number): number {
    return this.#longer(path, symbol, this.#told);
  }

  afterMove(path: number, symbol: number): number {
    return this.#longer(path, symbol, this.#made);
  }

  name(seat: Seat, path: number): string {
    this.#load(path);
    return sequenceName(seat, this.#told, this.#made);
  }

  #symbol(among: Map<string, number>, name: string, text: string): number {
    const symbol = this.#lanes.length;
    among.set(name, symbol);
    this.#lanes.push(lanes(text));
    return symbol;
  }

  #longer(path: number, symbol: number, grows: Running): number {
    const known = this.#edges.find(path, symbol);
    if (known >= 0) return known;
    this.#load(path);
    grows.add(this.#lanes[symbol] as readonly [number, number]);
    this.#edges.add(path, symbol, this.#count);
    return this.#add();
  }

  #load(path: number): void {
    const at = 4 * path;
    this.#told.a = this.#prints.get(at);
    this.#told.b = this.#prints.get(at + 1);
    this.#made.a = this.#prints.get(at + 2);
    this.#made.b = this.#prints.get(at + 3);
  }

  #add(): number {
    this.#prints.push(this.#told.a);
    this.#prints.push(this.#told.b);
    this.#prints.push(this.#made.a);
    this.#prints.push(this.#made.b);
    return this.#count++;
  }
}
