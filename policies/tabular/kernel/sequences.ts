import { UserError } from '../../../src/core/errors.js';
import { actionsOf, CHANCE, type GameTree, type Profile, TERMINAL } from '../../tree/game-tree.js';

/**
 * A seat's own moves, seen as sequences: each action of an information state is the last move of exactly one sequence,
 * so the number of the action names it. The empty sequence of every seat is the number `empty`.
 * SEE: Koller, Megiddo, von Stengel, "Efficient Computation of Equilibria for Extensive Two-Person Games", 1996.
 */
export interface Sequences {
  readonly empty: number;
  /** By information state: the sequence that its seat has played up to there. */
  readonly before: Int32Array;
  /** By seat: its information states, each after those that lead to it. */
  readonly order: readonly Int32Array[];
}

/**
 * The sequences of a tree.
 * @throws UserError when a seat forgets its own moves: then a state is reached by several of its sequences
 */
export function sequencesOf(tree: GameTree): Sequences {
  const empty = actionsOf(tree);
  const before = new Int32Array(tree.states.count).fill(-1);
  const order = Array.from({ length: tree.seats }, (_, seat) => {
    const played = playedBy(tree, seat);
    const found: number[] = [];
    for (let node = 0; node < tree.size; node++) {
      if (tree.actor[node] !== seat) continue;
      const state = tree.at[node] as number;
      if (before[state] === -1) found.push(state);
      else if (before[state] !== played[node]) throw forgetful(tree, state);
      before[state] = played[node] as number;
    }
    // NOTE: histories come parents first, so the states of a seat are found in the order in which they lead to one another.
    return Int32Array.from(found);
  });
  return { empty, before, order };
}

/** By history: the last action that a seat has played on the way there, or the number of its empty sequence. */
export function playedBy(tree: GameTree, seat: number): Int32Array {
  const { actor, first, children, at, size } = tree;
  const played = new Int32Array(size);
  played[0] = actionsOf(tree);
  for (let node = 0; node < size; node++) {
    const from = first[node] as number;
    const count = children[node] as number;
    if (actor[node] !== seat) played.fill(played[node] as number, from, from + count);
    else for (let i = 0; i < count; i++) played[from + i] = (tree.states.offset[at[node] as number] as number) + i;
  }
  return played;
}

/**
 * Writes a seat's realisation plan: for each of its sequences the probability that its own moves follow it when chance
 * and the others let it. `plan` has one number a sequence, and 1 for the empty one.
 */
export function realise(
  tree: GameTree,
  { before, order }: Sequences,
  seat: number,
  play: Profile,
  plan: Profile,
): void {
  const { offset } = tree.states;
  const states = order[seat] as Int32Array;
  for (let i = 0; i < states.length; i++) {
    const state = states[i] as number;
    const reached = plan[before[state] as number] as number;
    const end = offset[state + 1] as number;
    for (let j = offset[state] as number; j < end; j++) plan[j] = reached * (play[j] as number);
  }
}

/** By history: the probability with which chance alone leads there. */
export function chanceReach(tree: GameTree): Float64Array {
  const reach = new Float64Array(tree.size);
  reach[0] = 1;
  for (let node = 0; node < tree.size; node++) {
    if (tree.actor[node] === TERMINAL) continue;
    const from = tree.first[node] as number;
    const end = from + (tree.children[node] as number);
    const own = reach[node] as number;
    for (let child = from; child < end; child++) {
      reach[child] = tree.actor[node] === CHANCE ? own * (tree.chance[child] as number) : own;
    }
  }
  return reach;
}

function forgetful(tree: GameTree, state: number): UserError {
  const name = tree.states.names[state] as string;
  return new UserError(
    `${tree.environment}: player_${tree.states.seat[state]} forgets its own moves: "${name}" is reached by several sequences of them; tabular solvers take games with perfect recall`,
  );
}
