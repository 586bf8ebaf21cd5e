import {
  type ActTurn,
  actors,
  type Environment,
  type Event,
  isTold,
  type Moves,
  type Rewards,
  type Seat,
  type Viewer,
  weightsOf,
} from '../../src/core/environment.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { Move } from '../../src/core/space.js';
import { bytes, Column, floats, ints, shorts } from './column.js';
import { CHANCE, TERMINAL } from './game-tree.js';
import type { Guard } from './guard.js';
import { Paths } from './paths.js';
import { StateBook } from './states.js';
import { OptionLists, outcomesOf } from './turns.js';

export interface WalkOptions {
  readonly knowledge: boolean;
  readonly labels: ((view: Json, seat: Seat) => string) | null;
  readonly guard: Guard;
}

/** What came with the last step or pick into a history: who picked what, and what was told. */
interface Came {
  seat: Seat;
  move: string;
  events: readonly Event[];
  /** The events as symbols; made when first asked for. */
  symbols: number[] | null;
}

const NOBODY = -1;
const SILENCE: readonly Event[] = [];

/**
 * The whole game depth first, each history as one row of some columns. Only the states of one line of play are alive
 * at a time. What a viewer knows at a history is worked out when first asked for and kept while the walk is below it:
 * half of all histories are endings, where nobody decides.
 */
export class Walk {
  readonly actor = new Column(bytes);
  readonly children = new Column(ints);
  readonly at = new Column(ints);
  readonly chance = new Column(floats);
  readonly depth = new Column(shorts);
  readonly returns = new Column(floats);
  readonly book: StateBook;
  /** By viewer, the public last: the path known at each history; empty unless asked for. */
  readonly knowledge: readonly Column<Int32Array>[];
  readonly seats: number;
  readonly #paths: Paths;
  readonly #environment: Environment;
  readonly #options: WalkOptions;
  readonly #lists: OptionLists;
  readonly #weights: { readonly [part: string]: number };
  readonly #viewers: number;
  /** By depth: what came, and by depth and viewer the path known there, -1 where not worked out yet. */
  readonly #came: Came[] = [];
  readonly #known: number[] = [];
  /** By depth and seat: the weighted return so far. */
  readonly #paid: number[] = [];
  #endings = 0;

  constructor(environment: Environment, config: JsonObject, options: WalkOptions) {
    this.#environment = environment;
    this.#options = options;
    this.seats = environment.spec.facts(config).seats;
    this.#viewers = this.seats + 1;
    this.#weights = weightsOf(environment.spec, config);
    this.#lists = new OptionLists(environment);
    this.#paths = new Paths(this.#viewers);
    this.book = new StateBook(environment, this.#paths, options.labels);
    this.knowledge = options.knowledge ? Array.from({ length: this.#viewers }, () => new Column(ints)) : [];
    this.#enter(0, NOBODY, '', SILENCE);
    for (let viewer = 0; viewer < this.#viewers; viewer++) this.#known[viewer] = viewer;
    for (let seat = 0; seat < this.seats; seat++) this.#paid[seat] = 0;
    this.#grow(environment.start(config), 0, 1);
  }

  get histories(): number {
    return this.actor.length;
  }

  get endings(): number {
    return this.#endings;
  }

  get paths(): number {
    return this.#paths.count;
  }

  get states(): number {
    return this.book.names.length;
  }

  #grow(state: Json, depth: number, chance: number): void {
    const turn = this.#environment.turn(state);
    if (turn.kind === 'over') this.#end(state, depth, chance);
    else if (turn.kind === 'act') this.#decide(state, turn, actors(turn, this.seats), 0, {}, depth, chance);
    else {
      const outcomes = outcomesOf(this.#environment, turn);
      this.#add(CHANCE, outcomes.length, -1, chance, depth);
      for (const [move, probability] of outcomes) {
        this.#apply(state, { chance: move }, NOBODY, '', depth + 1, probability);
      }
    }
  }

  /** Seats that move at once pick in seat order; only the last pick is followed by a step. */
  #decide(
    state: Json,
    turn: ActTurn,
    asked: readonly Seat[],
    index: number,
    picked: { readonly [seat: number]: Move },
    depth: number,
    chance: number,
  ): void {
    const seat = asked[index] as Seat;
    const ids = this.#lists.of(turn.spaces[seat] as ActTurn['spaces'][number], seat);
    const at = this.book.number(seat, this.#path(seat, depth), ids, state);
    this.#add(seat, ids.length, at, chance, depth);
    for (const id of ids) {
      const moves = index === 0 ? { [seat]: id } : { ...picked, [seat]: id };
      if (index === asked.length - 1) this.#apply(state, { seats: moves }, seat, id, depth + 1, 1);
      else {
        this.#enter(depth + 1, seat, id, SILENCE);
        this.#pay(depth + 1, undefined);
        this.#decide(state, turn, asked, index + 1, moves, depth + 1, 1);
      }
    }
  }

  #apply(state: Json, moves: Moves, seat: Seat, move: string, depth: number, chance: number): void {
    const step = this.#environment.apply(state, moves);
    this.#enter(depth, seat, move, step.events ?? SILENCE);
    this.#pay(depth, step.rewards);
    this.#grow(step.state, depth, chance);
  }

  #end(state: Json, depth: number, chance: number): void {
    this.#add(TERMINAL, 0, this.#endings++, chance, depth);
    for (let seat = 0; seat < this.seats; seat++) {
      this.returns.push(this.#paid[depth * this.seats + seat] as number);
      this.book.labelEnd(state, seat);
    }
  }

  #add(actor: number, children: number, at: number, chance: number, depth: number): void {
    this.actor.push(actor);
    this.children.push(children);
    this.at.push(at);
    this.chance.push(chance);
    this.depth.push(depth);
    for (const [viewer, column] of this.knowledge.entries()) column.push(this.#path(viewer, depth));
    this.#options.guard.check(this);
  }

  #enter(depth: number, seat: Seat, move: string, events: readonly Event[]): void {
    const came = this.#came[depth];
    if (came === undefined) {
      this.#options.guard.depth(depth);
      this.#came.push({ seat, move, events, symbols: null });
    } else {
      came.seat = seat;
      came.move = move;
      came.events = events;
      came.symbols = null;
    }
    const first = depth * this.#viewers;
    for (let viewer = 0; viewer < this.#viewers; viewer++) this.#known[first + viewer] = -1;
  }

  /** What a viewer knows at the history that the walk has reached at a depth. */
  #path(viewer: number, depth: number): number {
    const slot = depth * this.#viewers + viewer;
    let path = this.#known[slot] as number;
    if (path >= 0) return path;
    const came = this.#came[depth] as Came;
    path = this.#path(viewer, depth - 1);
    if (came.seat === viewer) path = this.#paths.afterMove(path, this.#paths.move(came.move));
    came.symbols ??= came.events.map((event) => this.#paths.event(event));
    const who: Viewer = viewer === this.seats ? 'public' : viewer;
    for (let index = 0; index < came.events.length; index++) {
      if (isTold(came.events[index] as Event, who)) path = this.#paths.afterEvent(path, came.symbols[index] as number);
    }
    this.#known[slot] = path;
    return path;
  }

  #pay(depth: number, rewards: Rewards | undefined): void {
    const to = depth * this.seats;
    for (let seat = 0; seat < this.seats; seat++) {
      let sum = this.#paid[to - this.seats + seat] as number;
      const parts = rewards?.[seat];
      for (const part in parts) sum += (parts[part] as number) * this.#weight(part);
      this.#paid[to + seat] = sum;
    }
  }

  #weight(part: string): number {
    const weight = this.#weights[part];
    if (weight === undefined) throw new Error(`paid a part "${part}" the spec does not declare`);
    return weight;
  }
}
