import type { Rng } from '../../src/core/rng.js';
import { type Continuations, continuationsOf } from './continuations.js';
import type { GameTree } from './game-tree.js';

/** What random games paid: by seat the mean return and its standard error. */
export interface Playouts {
  readonly games: number;
  readonly mean: Float64Array;
  readonly error: Float64Array;
}

/** Plays random games on a tree: every option equally likely, chance as the rules weigh it. Nothing is made per game. */
export class RandomPlay {
  readonly #seats: number;
  readonly #continuations: Continuations;

  /** Looks at every history once. */
  constructor(tree: GameTree) {
    this.#seats = tree.seats;
    this.#continuations = continuationsOf(tree);
  }

  /** @param rng moved on by four draws, however many games are played */
  play(games: number, rng: Rng): Playouts {
    const counts = new Float64Array(this.#continuations.endings.length);
    countEndings(this.#continuations, games, counts, rng.next() | 1, rng.next(), rng.next(), rng.next());
    return summed(counts, this.#continuations.endings, this.#seats, games);
  }
}

const TWO_24 = 2 ** 24;

/**
 * The games themselves: a generator (xoshiro128**, as `Rng` has it) in four local numbers, and one array.
 * NOTE: longer than most functions, because calls and fields cost more than all else it does. A branch of n is picked
 * by the upper 24 bits of a draw, so one may be more likely than another by n / 2^24, far below what is ever measured;
 * the product has 32 bits, since n is at most 256.
 */
function countEndings(
  { code, upTo, root }: Continuations,
  games: number,
  counts: Float64Array,
  seedA: number,
  seedB: number,
  seedC: number,
  seedD: number,
): void {
  let a = seedA | 0;
  let b = seedB | 0;
  let c = seedC | 0;
  let d = seedD | 0;
  for (let game = 0; game < games; game++) {
    let at = root;
    let branches = code[at] as number;
    while (branches !== 0) {
      const product = Math.imul(b, 5);
      const draw = Math.imul((product << 7) | (product >>> 25), 9) >>> 8;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      let branch = 0;
      if (branches > 0) branch = Math.imul(draw, branches) >>> 24;
      else while (branch < -branches - 1 && draw >= (upTo[at + 1 + branch] as number) * TWO_24) branch++;
      at = code[at + 1 + branch] as number;
      branches = code[at] as number;
    }
    const ending = code[at + 1] as number;
    counts[ending] = (counts[ending] as number) + 1;
  }
}

/** Mean and standard error from how often each ending came. */
function summed(counts: Float64Array, endings: readonly Float64Array[], seats: number, games: number): Playouts {
  const mean = new Float64Array(seats);
  const error = new Float64Array(seats);
  for (let seat = 0; seat < seats; seat++) {
    let sum = 0;
    for (const [ending, returns] of endings.entries()) sum += (counts[ending] as number) * (returns[seat] as number);
    const middle = sum / games;
    let squares = 0;
    for (const [ending, returns] of endings.entries()) {
      squares += (counts[ending] as number) * ((returns[seat] as number) - middle) ** 2;
    }
    mean[seat] = middle;
    error[seat] = Math.sqrt(squares / Math.max(1, games - 1) / games);
  }
  return { games, mean, error };
}
