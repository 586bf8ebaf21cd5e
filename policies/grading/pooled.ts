import { type GameTree, type Knowledge, TERMINAL } from '../tree/game-tree.js';
import type { Groups } from './responder.js';
import type { Side } from './sides.js';

/**
 * The information sets of one player who decides for all members of a side and knows whatever any of them knows, and
 * what it has decided so far. Who the members are it knows too; where that is still open, every seat that may turn out
 * to be one is heard, so that the player never knows less than the side.
 */
export function pooledGroups(tree: GameTree, knowledge: Knowledge, side: Side): Groups {
  const members = membersOf(tree, side);
  const of = new Int32Array(tree.size).fill(-1);
  const numbers = new Map<string, number>();
  /** By history: the player's last own option, options being counted through all groups; -1 before the first. */
  const last = new Int32Array(tree.size).fill(-1);
  const starts: number[] = [0];
  for (let at = 0; at < tree.size; at++) {
    const own = (tree.actor[at] as number) >= 0 && side.decides[tree.at[at] as number] === 1;
    const options = tree.children[at] as number;
    const child = tree.first[at] as number;
    if (!own) {
      for (let c = child; c < child + options; c++) last[c] = last[at] as number;
      continue;
    }
    const name = nameOf(tree, knowledge, members[at] as number, at, last[at] as number);
    let group = numbers.get(name);
    if (group === undefined) {
      group = numbers.size;
      numbers.set(name, group);
      starts.push((starts[group] as number) + options);
    }
    of[at] = group;
    for (let option = 0; option < options; option++) last[child + option] = (starts[group] as number) + option;
  }
  return { of, count: numbers.size };
}

/** NOTE: the state is named too, so that its options are the same throughout a group. */
function nameOf(tree: GameTree, knowledge: Knowledge, members: number, at: number, last: number): string {
  let name = `${tree.at[at]} ${members} ${last}`;
  for (let seat = 0; seat < tree.seats; seat++) {
    if (((members >> seat) & 1) === 1) name += ` ${(knowledge[seat] as Int32Array)[at]}`;
  }
  return name;
}

/** By history: the seats that are members at some end behind it. */
function membersOf(tree: GameTree, { members }: Side): Int32Array {
  const found = new Int32Array(tree.size);
  for (let at = tree.size - 1; at >= 0; at--) {
    if (tree.actor[at] === TERMINAL) {
      found[at] = members[tree.at[at] as number] as number;
      continue;
    }
    const child = tree.first[at] as number;
    let set = 0;
    for (let c = child; c < child + (tree.children[at] as number); c++) set |= found[c] as number;
    found[at] = set;
  }
  return found;
}
