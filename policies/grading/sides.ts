import type { Seat } from '../../src/core/environment.js';
import { suggestion, UserError } from '../../src/core/errors.js';
import type { GameTree } from '../tree/game-tree.js';

/** Seats that play together, as one tree has them. What an ending is worth to a side is the mean return of its members. */
export interface Side {
  /** By information state: whether the side decides there (1) or not (0). */
  readonly decides: Uint8Array;
  /** By ending: a set of seats, bit `s` for seat `s`. Empty where the side has no member. */
  readonly members: Int32Array;
}

/** A side of fixed seats. @throws UserError for a seat that is not there, or none at all */
export function sideOfSeats(tree: GameTree, seats: readonly Seat[]): Side {
  const wrong = seats.find((seat) => !(Number.isInteger(seat) && seat >= 0 && seat < tree.seats));
  if (wrong !== undefined) throw new UserError(`there is no seat ${wrong}; seats are 0 to ${tree.seats - 1} here`);
  if (seats.length === 0) throw new UserError('a side has at least one seat');
  const set = seats.reduce((bits, seat) => bits | (1 << seat), 0);
  return {
    decides: tree.states.seat.map((seat) => (set >> seat) & 1),
    members: new Int32Array(endingsOf(tree)).fill(set),
  };
}

/**
 * The side of all seats that bear a label, such as a role dealt by chance: a seat decides for it where it knows itself
 * to bear the label. @throws UserError when the tree keeps no labels or none of that name
 */
export function sideOfLabel(tree: GameTree, label: string): Side {
  const { labels } = tree;
  if (labels === undefined) throw new UserError('the tree keeps no labels; compile it with the option `labels`');
  const number = labels.names.indexOf(label);
  if (number < 0) throw new UserError(`there is no label "${label}"; ${suggestion(label, labels.names)}`);
  const bits = (_: number, ending: number): number => {
    let set = 0;
    for (let seat = 0; seat < tree.seats; seat++) {
      if (labels.endings[ending * tree.seats + seat] === number) set |= 1 << seat;
    }
    return set;
  };
  return {
    decides: Uint8Array.from(labels.states, (one) => (one === number ? 1 : 0)),
    members: new Int32Array(endingsOf(tree)).map(bits),
  };
}

/** What an ending is worth to a side: the mean return of its members, 0 where it has none. */
export function worthTo(tree: GameTree, { members }: Side, ending: number): number {
  const set = members[ending] as number;
  let sum = 0;
  let count = 0;
  for (let seat = 0; seat < tree.seats; seat++) {
    if (((set >> seat) & 1) === 0) continue;
    sum += tree.returns[ending * tree.seats + seat] as number;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

function endingsOf(tree: GameTree): number {
  return tree.returns.length / tree.seats;
}
