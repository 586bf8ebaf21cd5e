import { handsAt, type PerSeat, type PublicTree } from './public-tree.js';

/**
 * Where the vectors of one kind stand in one array, for each seat by situation and after each option. Vectors that are
 * always equal share a place.
 */
export interface Places {
  readonly situation: PerSeat<Int32Array>;
  readonly option: PerSeat<Int32Array>;
  /** How many numbers there are in all. */
  readonly total: number;
}

/** For the probability of a seat's own moves on the way, by hand: it changes only with its moves and where hands part. */
export function reachPlaces(tree: PublicTree): Places {
  const { actor, edges, of, after, from } = tree;
  const lot = new Lot(tree);
  for (const seat of [0, 1] as const) {
    const [situations, options] = [lot.situation[seat], lot.option[seat]];
    for (let option = 0; option < edges; option++) {
      const situation = of[option] as number;
      const same = situation >= 0 && actor[situation] !== seat;
      options[option] = same ? (situations[situation] as number) : lot.take(seat, situation);
      for (let next = after[option] as number; next < (after[option + 1] as number); next++) {
        const parted = from[seat][next] !== null;
        situations[next] = parted ? lot.take(seat, next) : (options[option] as number);
      }
    }
  }
  return lot;
}

/** For what a seat's hands are worth: an option that one situation alone follows is worth what that is. */
export function valuePlaces(tree: PublicTree): Places {
  const { edges, of, after } = tree;
  const lot = new Lot(tree);
  for (const seat of [0, 1] as const) {
    const [situations, options] = [lot.situation[seat], lot.option[seat]];
    for (let option = 0; option < edges; option++) {
      const next = after[option] as number;
      for (let each = next; each < (after[option + 1] as number); each++) situations[each] = lot.take(seat, each);
      const alone = followsAlone(tree, seat, option);
      options[option] = alone ? (situations[next] as number) : lot.take(seat, of[option] as number);
    }
  }
  return lot;
}

/** Whether one situation is all that can come after an option, and each hand of the seat stays in its entry. */
export function followsAlone({ after, end, from }: PublicTree, seat: 0 | 1, option: number): boolean {
  const next = after[option] as number;
  return (after[option + 1] as number) - next === 1 && end[option] === -1 && from[seat][next] === null;
}

class Lot implements Places {
  readonly situation: PerSeat<Int32Array>;
  readonly option: PerSeat<Int32Array>;
  total = 0;
  readonly #tree: PublicTree;

  constructor(tree: PublicTree) {
    this.#tree = tree;
    this.situation = [new Int32Array(tree.size), new Int32Array(tree.size)];
    this.option = [new Int32Array(tree.edges), new Int32Array(tree.edges)];
  }

  take(seat: 0 | 1, situation: number): number {
    const place = this.total;
    this.total += handsAt(this.#tree, seat, situation);
    return place;
  }
}
