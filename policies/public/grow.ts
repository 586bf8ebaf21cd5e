import { seatName } from '../../src/core/environment.js';
import { UserError } from '../../src/core/errors.js';
import { CHANCE, type GameTree, TERMINAL } from '../tree/game-tree.js';
import { type Laid, lay } from './hands.js';
import { Payoffs } from './payoffs.js';
import type { PerSeat, PublicTree } from './public-tree.js';

/**
 * The public form of a flat tree.
 *
 * @param tree compiled with what everybody knows at each history
 * @param entries what becomes of the entries of hands that nobody can hold any more (a card on the table): `close` ranks,
 *   for vectors as short as can be; `keep` them empty as long as they are few, and nothing has to be moved
 * @throws UserError when the game has no such form: not two seats, not zero-sum, or a move that not everybody sees
 */
export function publicTree(tree: GameTree, entries: 'close' | 'keep' = 'close'): PublicTree {
  if (tree.seats !== 2) throw new UserError(`${tree.environment} has ${tree.seats} seats here: ${TAKEN}`);
  if (!tree.zeroSum) throw new UserError(`what one seat wins in ${tree.environment} the other need not lose: ${TAKEN}`);
  return new Grower(tree, entries === 'keep').grow();
}

const TAKEN = 'vectors over hands take games of two seats and zero sum, whose moves and turns everybody sees';
/** Longer names of information states are cut short in messages. */
const LONGEST_NAME = 120;
const SEATS = [0, 1] as const;

class Grower {
  readonly #tree: GameTree;
  readonly #knows: PerSeat<Int32Array>;
  readonly #public: Int32Array;
  /** By history: the probability that chance leads there, and where each seat's hand stands since the last situation. */
  readonly #weight: Float64Array;
  readonly #hand: PerSeat<Int32Array>;
  /** By situation: its histories, and the hands of each seat. */
  readonly #members: (readonly number[])[] = [];
  readonly #hands: PerSeat<number[]> = [[], []];
  readonly #from: PerSeat<(Int32Array | null)[]> = [[], []];
  /** By option, the start first: the situations after it, and what is paid at its ends. */
  readonly #after: number[] = [0];
  readonly #end: number[] = [];
  readonly #payoffs = new Payoffs();
  readonly #known = new Set<number>();

  readonly #keep: boolean;

  constructor(tree: GameTree, keep: boolean) {
    const [first, second, everybody] = tree.knowledge ?? [];
    if (first === undefined || second === undefined || everybody === undefined)
      throw new TypeError('the tree was compiled without what the seats and the public know');
    this.#tree = tree;
    this.#keep = keep;
    this.#knows = [first, second];
    this.#public = everybody;
    this.#weight = weightsOf(tree);
    this.#hand = [new Int32Array(tree.size), new Int32Array(tree.size)];
  }

  grow(): PublicTree {
    this.#follow(-1, [0]);
    // NOTE: the list grows while it is walked, so situations stand in the order of the options they come from.
    for (const [situation, members] of this.#members.entries()) {
      for (let option = 0; option < this.#optionsOf(members); option++) {
        const histories = members.map((history) => this.#child(history, option));
        this.#follow(situation, histories);
      }
    }
    return this.#finished();
  }

  /** What can come of one option: play ends, or goes on to situations, one for each thing the public then knows. */
  #follow(before: number, histories: readonly number[]): void {
    const [rows, columns] = [this.#hands[0][before] ?? 1, this.#hands[1][before] ?? 1];
    const weights = new Float64Array(rows * columns);
    const groups = new Map<number, number[]>();
    const stack = [...histories].reverse();
    for (let history = stack.pop(); history !== undefined; history = stack.pop()) {
      const actor = this.#tree.actor[history] as number;
      if (actor === CHANCE) this.#fold(history, stack);
      else if (actor === TERMINAL) this.#pay(history, weights, columns);
      else groupOf(groups, this.#public[history] as number).push(history);
    }
    this.#end.push(this.#payoffs.add({ rows, columns, weights }));
    for (const [known, members] of groups) this.#open(before, known, members);
    this.#after.push(this.#members.length);
  }

  #fold(history: number, stack: number[]): void {
    const last = (this.#tree.children[history] as number) - 1;
    for (let outcome = last; outcome >= 0; outcome--) stack.push(this.#child(history, outcome));
  }

  #pay(history: number, weights: Float64Array, columns: number): void {
    const at = (this.#hand[0][history] as number) * columns + (this.#hand[1][history] as number);
    const returned = this.#tree.returns[2 * (this.#tree.at[history] as number)] as number;
    weights[at] = (weights[at] as number) + (this.#weight[history] as number) * returned;
  }

  #open(before: number, known: number, members: readonly number[]): void {
    if (this.#known.has(known)) this.#refuseHidden(before);
    this.#known.add(known);
    this.#checkAlike(members);
    for (const seat of SEATS) {
      const { count, from, at } = this.#laid(seat, before, members);
      this.#hands[seat].push(count);
      this.#from[seat].push(from);
      for (const [index, history] of members.entries()) this.#hand[seat][history] = at[index] as number;
    }
    this.#members.push(members);
  }

  #laid(seat: 0 | 1, before: number, members: readonly number[]): Laid {
    const [knows, hand] = [this.#knows[seat], this.#hand[seat]];
    const pairs = members.map((history) => [knows[history] as number, hand[history] as number] as const);
    const laid = lay(pairs, this.#hands[seat][before] ?? 1, this.#keep);
    if (laid === null) throw new UserError(`${seatName(seat)} forgets before ${this.#nameOf(members)}: ${TAKEN}`);
    return laid;
  }

  /** One seat decides in a situation, among the same options whatever everybody holds. */
  #checkAlike(members: readonly number[]): void {
    const actor = this.#tree.actor[members[0] as number] as number;
    const options = this.#idsOf(members[0] as number);
    for (const history of members) {
      if (this.#tree.actor[history] !== actor)
        throw new UserError(`whose turn it is at ${this.#nameOf(members)} is not public: ${TAKEN}`);
      if (!same(this.#idsOf(history), options))
        throw new UserError(`the options of ${seatName(actor)} at ${this.#nameOf(members)} are not public: ${TAKEN}`);
    }
  }

  #refuseHidden(before: number): never {
    const members = this.#members[before] as readonly number[];
    const mover = this.#tree.actor[members[0] as number] as number;
    throw new UserError(`${seatName(mover)}'s move at ${this.#nameOf(members)} is not public: ${TAKEN}`);
  }

  #nameOf(members: readonly number[]): string {
    const name = this.#tree.states.names[this.#stateOf(members[0] as number)] as string;
    return `"${name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}...` : name}"`;
  }

  #stateOf(history: number): number {
    return this.#tree.at[history] as number;
  }

  #idsOf(history: number): readonly string[] {
    return this.#tree.states.options[this.#stateOf(history)] as readonly string[];
  }

  #optionsOf(members: readonly number[]): number {
    return this.#tree.children[members[0] as number] as number;
  }

  /** A child of a history, holding what its parent holds until the next situation. */
  #child(history: number, index: number): number {
    const child = (this.#tree.first[history] as number) + index;
    for (const hand of this.#hand) hand[child] = hand[history] as number;
    return child;
  }

  #finished(): PublicTree {
    const size = this.#members.length;
    const actor = Uint8Array.from(this.#members, ([history]) => this.#tree.actor[history as number] as number);
    const options = Int32Array.from(this.#members, (members) => this.#optionsOf(members));
    const wide = Array.from(actor, (seat, situation) => {
      return (options[situation] as number) * (this.#hands[seat as 0 | 1][situation] as number);
    });
    const offset = summed(wide, 0);
    return {
      tree: this.#tree,
      size,
      actor,
      options,
      hands: [Int32Array.from(this.#hands[0]), Int32Array.from(this.#hands[1])],
      from: this.#from,
      edge: summed(options, 1),
      edges: this.#end.length,
      of: Int32Array.from([-1, ...numbered(options)]),
      came: Int32Array.from(numbered(this.#after.slice(1).map((end, option) => end - (this.#after[option] as number)))),
      after: Int32Array.from(this.#after),
      end: Int32Array.from(this.#end),
      payoffs: this.#payoffs.all,
      offset,
      action: this.#actions(actor, offset),
    };
  }

  /** By action of the public tree: the action of the flat one. */
  #actions(actor: Uint8Array, offset: Int32Array): Int32Array {
    const action = new Int32Array(offset[this.#members.length] as number).fill(-1);
    for (const [situation, members] of this.#members.entries()) {
      const seat = actor[situation] as 0 | 1;
      const count = this.#hands[seat][situation] as number;
      const start = offset[situation] as number;
      for (const history of members) {
        const first = this.#tree.states.offset[this.#stateOf(history)] as number;
        const at = start + (this.#hand[seat][history] as number);
        for (let option = 0; option < this.#optionsOf(members); option++) action[at + option * count] = first + option;
      }
    }
    return action;
  }
}

/** By history: the product of the probabilities of chance on the way there. */
function weightsOf({ size, first, children, chance }: GameTree): Float64Array {
  const weight = new Float64Array(size);
  weight[0] = 1;
  for (let history = 0; history < size; history++) {
    const start = first[history] as number;
    const end = start + (children[history] as number);
    for (let child = start; child < end; child++)
      weight[child] = (weight[history] as number) * (chance[child] as number);
  }
  return weight;
}

function groupOf(groups: Map<number, number[]>, known: number): number[] {
  const group = groups.get(known) ?? [];
  groups.set(known, group);
  return group;
}

/** Running totals from `start` on; one number more than there are counts. */
function summed(counts: ArrayLike<number>, start: number): Int32Array {
  const totals = new Int32Array(counts.length + 1);
  totals[0] = start;
  for (let at = 0; at < counts.length; at++) totals[at + 1] = (totals[at] as number) + (counts[at] as number);
  return totals;
}

/** Each position as often as its count says, in order. */
function numbered(counts: ArrayLike<number>): number[] {
  return Array.from(counts).flatMap((count, at) => new Array<number>(count).fill(at));
}

function same(x: readonly string[], y: readonly string[]): boolean {
  return x === y || (x.length === y.length && x.every((id, at) => id === y[at]));
}
