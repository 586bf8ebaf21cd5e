import { evenly, handsAt, type Payoff, type PerSeat, type PublicTree } from './public-tree.js';

/**
 * Where everything that a traversal works on stands in one array.
 * NOTE: one array and not six, since compiled loops then keep one base and one length in registers: a quarter faster.
 */
export class Layout {
  /** Where three stretches with one number an action start: summed regrets, summed strategies, what is played. */
  readonly regrets: number;
  readonly sums: number;
  readonly strategy: number;
  /** The probability of a seat's own moves on the way, by hand. */
  readonly reach: PerSeat<Places>;
  /** What a seat's hands are worth. */
  readonly value: PerSeat<Places>;
  /** By seat and option: where the matrix that is paid there starts, rows by the seat's hands; -1 where none is. */
  readonly payoffs: PerSeat<Int32Array>;
  readonly #tree: PublicTree;
  #size = 0;

  constructor(tree: PublicTree) {
    this.#tree = tree;
    this.regrets = this.#take(tree.action.length);
    this.sums = this.#take(tree.action.length);
    this.strategy = this.#take(tree.action.length);
    this.reach = [this.#reachPlaces(0), this.#reachPlaces(1)];
    this.value = [this.#valuePlaces(0), this.#valuePlaces(1)];
    this.payoffs = [this.#payoffPlaces(), this.#payoffPlaces()];
  }

  /** The array: nothing learnt, everybody playing evenly, nothing reached yet but the start. */
  open(): Float64Array {
    const { end, payoffs } = this.#tree;
    const memory = new Float64Array(this.#size);
    memory.set(evenly(this.#tree), this.strategy);
    for (const { option } of this.reach) memory[option[0] as number] = 1;
    for (const [option, payoff] of end.entries()) {
      if (payoff < 0) continue;
      memory.set((payoffs[payoff] as Payoff).weights, this.payoffs[0][option]);
      memory.set(turned(payoffs[payoff] as Payoff), this.payoffs[1][option]);
    }
    return memory;
  }

  #take(count: number): number {
    const start = this.#size;
    this.#size += count;
    return start;
  }

  #vector(seat: 0 | 1, situation: number): number {
    return this.#take(handsAt(this.#tree, seat, situation));
  }

  /** A seat's reach changes with its own moves, and where its hands part. */
  #reachPlaces(seat: 0 | 1): Places {
    const { actor, of, from } = this.#tree;
    const places = blank(this.#tree);
    this.#eachBundle((first, past) => {
      const situation = of[first] as number;
      const same = situation >= 0 && actor[situation] !== seat;
      for (let option = first; option < past; option++) {
        places.option[option] = same ? (places.situation[situation] as number) : this.#vector(seat, situation);
      }
      this.#eachNext(first, past, (next, option) => {
        places.situation[next] =
          from[seat][next] === null ? (places.option[option] as number) : this.#vector(seat, next);
      });
    });
    return places;
  }

  /** An option that one situation alone follows is worth what that is. */
  #valuePlaces(seat: 0 | 1): Places {
    const { of } = this.#tree;
    const places = blank(this.#tree);
    this.#eachBundle((first, past) => {
      for (let option = first; option < past; option++) {
        places.option[option] = this.#vector(seat, of[option] as number);
      }
      this.#eachNext(first, past, (next, option) => {
        const alone = followsAlone(this.#tree, seat, option);
        places.situation[next] = alone ? (places.option[option] as number) : this.#vector(seat, next);
      });
    });
    return places;
  }

  /** Calls back with the options of each situation, from the first to before `past`; with the start before all. */
  #eachBundle(visit: (first: number, past: number) => void): void {
    const { size, edge } = this.#tree;
    visit(0, 1);
    for (let situation = 0; situation < size; situation++) {
      visit(edge[situation] as number, edge[situation + 1] as number);
    }
  }

  #eachNext(first: number, past: number, visit: (next: number, option: number) => void): void {
    const { after } = this.#tree;
    for (let option = first; option < past; option++) {
      for (let next = after[option] as number; next < (after[option + 1] as number); next++) visit(next, option);
    }
  }

  #payoffPlaces(): Int32Array {
    const start = this.#tree.payoffs.map(({ weights }) => this.#take(weights.length));
    return this.#tree.end.map((payoff) => (payoff < 0 ? -1 : (start[payoff] as number)));
  }
}

/**
 * Where the vectors of a seat start, by situation and after each option. Vectors that are always equal share a place;
 * where a seat's options have vectors of their own, those of one situation stand one behind the other.
 */
export interface Places {
  readonly situation: Int32Array;
  readonly option: Int32Array;
}

/** Whether one situation is all that can come after an option, and each hand of the seat stays in its entry. */
export function followsAlone({ after, end, from }: PublicTree, seat: 0 | 1, option: number): boolean {
  const next = after[option] as number;
  return (after[option + 1] as number) - next === 1 && end[option] === -1 && from[seat][next] === null;
}

/** What seat 1 is paid: the other way round, rows by its own hands. */
export function turned({ rows, columns, weights }: Payoff): Float64Array {
  const own = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      own[column * rows + row] = -(weights[row * columns + column] as number);
    }
  }
  return own;
}

function blank({ size, edges }: PublicTree): Places {
  return { situation: new Int32Array(size), option: new Int32Array(edges) };
}
